/**
 * Writes one record of a layout into a buffer. What we write is never cut: a value that does not fit, is not made of digits, or leaves the character set
 * is an error naming the record, the field and the position.
 *
 * Records of one kind follow one another and most of their fields repeat: each plan keeps the last record it wrote and touches only the fields that
 * changed. A plan serves the values that name the same fields in the same order, so that no field is ever looked up by name.
 */
import { VitaleError } from '../../domain/errors';
import { MISSING, WRITTEN, writeField } from './field-writers';
import { LayoutError, type Layout } from './layout';
import { RecordCopier } from './record-copier';
import { emptyRecord, slotOf, type FieldInput, type Slot } from './slots';

export type AnyInput = Readonly<Record<string, FieldInput>>;

/** Plans kept by an encoder; more shapes than this make it learn again, no more. */
const MOST_PLANS = 8;

/** A name that the layout does not hold: read past. */
const IGNORED: Omit<Slot, 'name'> = { at: 0, length: 0, digits: false, required: false, limit: 0 };
/** Differs from every input: the field has not been written yet. */
const UNWRITTEN = null;
const NO_FAILURE = -1;
/** The object names other fields than the plan, or in another order. */
const OTHER_NAMES = -2;

/** The fields of a record in one order, and the last record written with them. */
class Plan {
  readonly #names: readonly string[];
  readonly #slots: readonly Slot[];
  readonly #last: (FieldInput | typeof UNWRITTEN)[];
  readonly record: Buffer;
  /** What the writer said of the field that failed. */
  outcome = WRITTEN;

  constructor(names: readonly string[], slots: ReadonlyMap<string, Slot>, empty: Buffer) {
    this.#names = names;
    this.#slots = names.map((name) => slots.get(name) ?? { ...IGNORED, name });
    this.#last = names.map(() => UNWRITTEN);
    this.record = Buffer.from(empty);
  }

  slot(index: number): Slot {
    return this.#slots[index] ?? { ...IGNORED, name: '' };
  }

  /** As {@link apply} for an object; `OTHER_NAMES` when it names other fields: what was written until then does no harm, the record and `#last` agree. */
  applyObject(values: AnyInput): number {
    const names = this.#names;
    const last = this.#last;
    let index = 0;
    for (const name in values) {
      if (names[index] !== name) return OTHER_NAMES;
      const value = values[name];
      if (value !== last[index] && !this.#update(index, value)) return index;
      index += 1;
    }
    return index === names.length ? NO_FAILURE : OTHER_NAMES;
  }

  /** Brings the record up to date. @returns the index of the field that failed, or `NO_FAILURE`. */
  apply(row: readonly FieldInput[]): number {
    const last = this.#last;
    for (let index = 0; index < last.length; index++) {
      const value = row[index];
      if (value !== last[index] && !this.#update(index, value)) return index;
    }
    return NO_FAILURE;
  }

  #update(index: number, value: FieldInput): boolean {
    const slot = this.slot(index);
    this.outcome = slot.length === 0 ? WRITTEN : writeField(slot, value, this.record);
    this.#last[index] = this.outcome === WRITTEN ? value : UNWRITTEN;
    return this.outcome === WRITTEN;
  }
}

/** Writes rows: the values of the fields it was made for, in their order. */
export type RowWrite = (row: readonly FieldInput[], target: Uint8Array, offset: number) => number;

export class Encoder {
  readonly #layout: Layout;
  readonly #empty: Buffer;
  readonly #slots: ReadonlyMap<string, Slot>;
  readonly #required: readonly Slot[];
  readonly #copier: RecordCopier;
  /** The plan that served last comes first. */
  readonly #plans: Plan[] = [];

  constructor(layout: Layout) {
    const slots = layout.fields.filter((row) => row.constant === undefined).map(slotOf);
    this.#layout = layout;
    this.#empty = emptyRecord(layout);
    this.#slots = new Map(slots.map((slot) => [slot.name, slot]));
    this.#required = slots.filter((slot) => slot.required);
    this.#copier = new RecordCopier(layout.length);
  }

  /**
   * Writes the record at `offset` and returns the offset after it.
   * Errors: FAC-001 when a mandatory field is missing or blank, FAC-011 when a value does not fit its field.
   */
  write(values: AnyInput, target: Uint8Array, offset: number): number {
    const current = this.#plans[0];
    const failed = current === undefined ? OTHER_NAMES : current.applyObject(values);
    if (failed === NO_FAILURE && current !== undefined) return this.#copier.copy(current.record, target, offset);
    if (failed >= 0 && current !== undefined) throw this.#refusal(current.slot(failed), current.outcome);
    return this.#writeOther(values, target, offset);
  }

  /** The same for rows of values in the order of `names`: nothing is looked up. Errors: {@link LayoutError} when a name is unknown or a mandatory field not named. */
  rowWriter(names: readonly string[]): RowWrite {
    for (const name of names) if (!this.#slots.has(name)) throw new LayoutError(this.#layout, `no field ${name} to write`);
    for (const slot of this.#required)
      if (!names.includes(slot.name)) throw new LayoutError(this.#layout, `mandatory field ${slot.name} is not written`);
    const plan = new Plan(names, this.#slots, this.#empty);
    return (row, target, offset) => this.#writeRow(plan, row, target, offset);
  }

  #writeRow(plan: Plan, row: readonly FieldInput[], target: Uint8Array, offset: number): number {
    const failed = plan.apply(row);
    if (failed !== NO_FAILURE) throw this.#refusal(plan.slot(failed), plan.outcome);
    return this.#copier.copy(plan.record, target, offset);
  }

  /** Writes an object whose fields are named otherwise than those of the last one. */
  #writeOther(values: AnyInput, target: Uint8Array, offset: number): number {
    for (const [index, plan] of this.#plans.entries()) {
      const failed = plan.applyObject(values);
      if (failed === OTHER_NAMES) continue;
      if (failed !== NO_FAILURE) throw this.#refusal(plan.slot(failed), plan.outcome);
      this.#bringForward(plan, index);
      return this.#copier.copy(plan.record, target, offset);
    }
    return this.#writeRow(this.#newPlan(values), Object.values(values), target, offset);
  }

  #newPlan(values: AnyInput): Plan {
    for (const slot of this.#required) if (values[slot.name] === undefined) throw this.#refusal(slot, MISSING);
    const plan = new Plan(Object.keys(values), this.#slots, this.#empty);
    this.#plans.length = Math.min(this.#plans.length, MOST_PLANS - 1);
    this.#plans.unshift(plan);
    return plan;
  }

  #bringForward(plan: Plan, index: number): void {
    this.#plans.splice(index, 1);
    this.#plans.unshift(plan);
  }

  #refusal(slot: Slot, outcome: number): VitaleError {
    const label = this.#layout.fields.find((row) => row.name === slot.name)?.label ?? slot.name;
    const position = slot.at + 1 + (outcome === MISSING ? 0 : Math.min(outcome, slot.length - 1));
    return new VitaleError(outcome === MISSING ? 'FAC-001' : 'FAC-011', {
      champ: label,
      record: this.#layout.record,
      field: slot.name,
      position,
    });
  }
}
