/** Which family a file belongs to: by its header, or by what can still be read of a damaged one. */
import { isPlausibleRecord } from './b2/record-type';
import { splitRecords } from './b2/split-records';
import { NOEMIE_LAYOUTS } from './noemie/entities';
import type { ExplainedFile } from './port';

/** Characters looked at in a damaged file: enough to tell, whatever its size. */
const SAMPLE = 64 * 1024;

function plausibleB2(bytes: Buffer): number {
  return splitRecords(bytes).slices.filter(({ offset }) => isPlausibleRecord(bytes, offset)).length;
}

/** Known entity codes with a two-digit level, at the start of the stream or after an end mark. */
function plausibleEntities(bytes: Buffer): number {
  const found = bytes.toString('latin1').matchAll(/[@01](\d{3})\d{2}/g);
  let count = 0;
  for (const [, code = ''] of found) if (code in NOEMIE_LAYOUTS && code !== '000' && code !== '999') count += 1;
  return bytes.includes('@') ? count : 0;
}

/** `arl0` or `b2` when the header says so; `noemie` when the structure fits; else whatever more of the file looks like. */
export function recogniseFamily(bytes: Buffer): ExplainedFile['family'] {
  if (bytes.toString('latin1', 0, 3) === '000') {
    if (bytes.toString('latin1', 61, 65) === 'ARL0') return 'arl0';
    if (bytes.toString('latin1', 65, 67) === 'B2') return 'b2';
    if (/^[01]\d{5}/.test(bytes.toString('latin1', 128, 134)) && bytes.includes('@')) return 'noemie';
  }
  const sample = bytes.subarray(0, SAMPLE);
  const b2 = plausibleB2(sample);
  const entities = plausibleEntities(sample);
  if (b2 === 0 && entities === 0) return 'unknown';
  if (b2 >= entities) return 'b2';
  return sample.includes('ARL0') ? 'arl0' : 'noemie';
}
