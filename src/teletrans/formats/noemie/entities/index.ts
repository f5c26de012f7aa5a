import { ENTITY_000 } from './entity-000';
import { ENTITY_020 } from './entity-020';
import { ENTITY_040 } from './entity-040';
import { ENTITY_070 } from './entity-070';
import { ENTITY_071 } from './entity-071';
import { ENTITY_080 } from './entity-080';
import { ENTITY_081 } from './entity-081';
import { ENTITY_100 } from './entity-100';
import { ENTITY_102 } from './entity-102';
import { ENTITY_103 } from './entity-103';
import { ENTITY_110 } from './entity-110';
import { ENTITY_120 } from './entity-120';
import { ENTITY_150 } from './entity-150';
import { ENTITY_160 } from './entity-160';
import { ENTITY_198 } from './entity-198';
import { ENTITY_199 } from './entity-199';
import { ENTITY_210 } from './entity-210';
import { ENTITY_250 } from './entity-250';
import { ENTITY_261 } from './entity-261';
import { ENTITY_262 } from './entity-262';
import { ENTITY_290 } from './entity-290';
import { ENTITY_294 } from './entity-294';
import { ENTITY_295 } from './entity-295';
import { ENTITY_990 } from './entity-990';
import { ENTITY_999 } from './entity-999';

/** Every entity of NOEMIE-PS, by name. */
export const NOEMIE_LAYOUTS = {
  '000': ENTITY_000,
  '020': ENTITY_020,
  '040': ENTITY_040,
  '070': ENTITY_070,
  '071': ENTITY_071,
  '080': ENTITY_080,
  '081': ENTITY_081,
  '100': ENTITY_100,
  '102': ENTITY_102,
  '103': ENTITY_103,
  '110': ENTITY_110,
  '120': ENTITY_120,
  '150': ENTITY_150,
  '160': ENTITY_160,
  '198': ENTITY_198,
  '199': ENTITY_199,
  '210': ENTITY_210,
  '250': ENTITY_250,
  '261': ENTITY_261,
  '262': ENTITY_262,
  '290': ENTITY_290,
  '294': ENTITY_294,
  '295': ENTITY_295,
  '990': ENTITY_990,
  '999': ENTITY_999,
} as const;
