/** The NOEMIE entities, compiled. */
import { compileAll } from '../fixed-width/codec';
import { NOEMIE_LAYOUTS } from './entities';

export const NOEMIE_CODECS = compileAll(NOEMIE_LAYOUTS);

export type NoemieEntityCode = keyof typeof NOEMIE_LAYOUTS;

/** True for the code of an entity of the stream (000 and 999 stand outside it). */
export function isStreamEntity(code: string): code is Exclude<NoemieEntityCode, '000' | '999'> {
  return code in NOEMIE_LAYOUTS && code !== '000' && code !== '999';
}
