import { serve } from '../../../../support/virtual-pcsc/serve';
import { Rig } from './rig';
import { SCENARIOS } from './scenarios';

void serve(() => Rig.make(), SCENARIOS);
