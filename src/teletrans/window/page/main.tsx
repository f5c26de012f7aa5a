import { render } from 'preact';
import { App } from './app';
import './styles/tokens.css';
import './styles/base.css';
import './styles/frame.css';
import './styles/today.css';
import './styles/lists.css';
import './styles/print.css';

const place = document.getElementById('fenetre');
if (place !== null) render(<App />, place);
