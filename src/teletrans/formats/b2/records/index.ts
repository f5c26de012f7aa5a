import { RECORD_000 } from './record-000';
import { RECORD_1 } from './record-1';
import { RECORD_2 } from './record-2';
import { RECORD_2S } from './record-2s';
import { RECORD_2M } from './record-2m';
import { RECORD_2P } from './record-2p';
import { RECORD_2B } from './record-2b';
import { RECORD_2C } from './record-2c';
import { RECORD_4 } from './record-4';
import { RECORD_4S } from './record-4s';
import { RECORD_4E } from './record-4e';
import { RECORD_4M } from './record-4m';
import { RECORD_4D } from './record-4d';
import { RECORD_5 } from './record-5';
import { RECORD_6 } from './record-6';
import { RECORD_999 } from './record-999';

/** Every record of the PS variant of B2 in its base version, by name. */
export const B2_LAYOUTS = {
  '000': RECORD_000,
  '1': RECORD_1,
  '2': RECORD_2,
  '2S': RECORD_2S,
  '2M': RECORD_2M,
  '2P': RECORD_2P,
  '2B': RECORD_2B,
  '2C': RECORD_2C,
  '4': RECORD_4,
  '4S': RECORD_4S,
  '4M': RECORD_4M,
  '4D': RECORD_4D,
  '5': RECORD_5,
  '6': RECORD_6,
  '999': RECORD_999,
} as const;

/** Every record that a PS file may hold, whatever its version: one that the base does not know shows by itself that the file is of a later one. */
export const B2_RECORDS = { ...B2_LAYOUTS, '4E': RECORD_4E } as const;
