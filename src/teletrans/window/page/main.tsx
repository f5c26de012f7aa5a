import { render } from 'preact';
import { App } from './app';
import { applyTypography } from './typography';
import './styles/tokens.css';
import './styles/base.css';
import './styles/frame.css';
import './styles/today.css';
import './styles/lists.css';
import './styles/third-party.css';
import './styles/charts.css';
import './styles/diagnostics.css';
import './styles/inspection.css';
import './styles/guide.css';
import './styles/settings.css';
import './styles/print.css';

applyTypography();
const place = document.getElementById('fenetre');
if (place !== null) render(<App />, place);
