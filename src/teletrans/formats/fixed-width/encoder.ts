/**
 * Writes one record of a layout into a buffer. What we write is never cut: a value that does not fit, is not made of digits, or leaves the character set
 * is an error naming the record, the field and the position.
 */
import { VitaleError } from '../../domain/errors';
import type { FieldRow, Layout } from './layout';
import { RecordCopier } from './record-copier';
import { digits, MISSING, newMemory, text, UNWRITTEN, type FieldInput, type RecordMemory } from './record-memory';
import { ALL_PUT, emptyRecord, isRequired, writableRows, type AnyInput, type Shape } from './shape';

export class Encoder {
  readonly #layout: Layout;
  readonly #put: Shape['put'];
  readonly #memory: RecordMemory;
  readonly #copier: RecordCopier;

  constructor(layout: Layout, shape: Shape) {
    this.#layout = layout;
    this.#put = shape.put;
    this.#memory = newMemory(emptyRecord(layout), writableRows(layout).length);
    this.#copier = new RecordCopier(this.#memory.record);
  }

  /**
   * Writes the record at `offset` and returns the offset after it. Names that the layout does not hold are read past.
   * Errors: FAC-001 when a mandatory field is missing or blank, FAC-011 when a value does not fit its field.
   */
  write(values: AnyInput, target: Uint8Array, offset: number): number {
    const put = this.#put;
    const failed = put(values, this.#memory);
    if (failed !== ALL_PUT) throw this.#refusal(failed, values);
    return this.#copier.copy(target, offset);
  }

  #refusal(failed: number, values: AnyInput): VitaleError {
    this.#memory.last[failed] = UNWRITTEN;
    const row = writableRows(this.#layout)[failed];
    if (row === undefined) throw new RangeError(`no field ${failed}`);
    const outcome = this.#outcomeOf(row, values[row.name]);
    return new VitaleError(outcome === MISSING ? 'FAC-001' : 'FAC-011', {
      champ: row.label,
      record: this.#layout.record,
      field: row.name,
      position: row.start + (outcome === MISSING ? 0 : Math.min(outcome, row.length - 1)),
    });
  }

  /** Why a value cannot be put. */
  #outcomeOf(row: FieldRow, value: FieldInput): number {
    return (row.kind === 'N' ? digits : text)(this.#memory.record, value, row.start - 1, row.length, isRequired(row));
  }
}
