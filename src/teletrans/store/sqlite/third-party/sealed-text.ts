/** Words that people or payers write freely: encrypted, each bound to its place. */
import { placeOf, type Envelope } from '../../keys/envelope';
import { openBody } from '../bodies';
import type { SqlRow } from '../engine';
import { blob } from '../rows';

type Place = readonly [table: string, row: string];

export function sealText(envelope: Envelope, words: string, [table, row]: Place): Uint8Array {
  return envelope.seal(Buffer.from(words, 'utf8'), placeOf(table, row, 'text'));
}

/** Errors: STO-003 when it does not open. */
export function openText(envelope: Envelope, row: SqlRow, column: string, [table, id]: Place): string {
  return openBody(envelope, blob(row, column), placeOf(table, id, 'text')).toString('utf8');
}
