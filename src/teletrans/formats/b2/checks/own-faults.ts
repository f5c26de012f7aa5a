/**
 * What is wrong within each record alone, record after record, as people are told it. Every record of an invoice repeats who and which invoice it is, and every
 * invoice of a lot its practitioner: what is wrong there is told in full where it stands first; the same value wrong in the same way further on is told once
 * for all of its records, with how many they are.
 */
import type { FieldFault } from '../../fixed-width/faults';
import { b2Fault, type B2Fault } from '../fault';
import type { B2Record } from '../model';
import { PS_IDENTITY } from '../records/ps-identity';
import { isRead } from './numbers';
import { fieldFault } from './reporter';

const IDENTITY = new Set<string>(PS_IDENTITY.map(({ name }) => name));

/** The same wrong values in the records that follow one which told them. */
class Repeats {
  /** By field of the first record: where it came again first, and how many times. */
  readonly #again = new Map<string, { readonly fault: FieldFault; readonly record: number; count: number }>();

  /** @param within in French, what the first record opens. */
  constructor(
    private readonly first: B2Record,
    private readonly within: string,
  ) {}

  /** True when the first record told the same of the same value; it is then counted. */
  takes(record: B2Record, fault: FieldFault): boolean {
    if (!isSameIn(this.first, record, fault)) return false;
    const known = this.#again.get(`${fault.kind} ${fault.field}`);
    if (known === undefined) this.#again.set(`${fault.kind} ${fault.field}`, { fault, record: record.index, count: 1 });
    else known.count += 1;
    return true;
  }

  /** One fault for each field, where it came again first. */
  faults(): readonly B2Fault[] {
    return [...this.#again.values()].map(({ fault, record, count }) => ({
      ...b2Fault(fault.kind, record, `${fault.message} ${repeated(count, this.first.index, this.within)}`, fault.field, fault.position),
      occurrences: count,
    }));
  }
}

function repeated(count: number, first: number, within: string): string {
  const where = count === 1 ? `1 autre enregistrement ${within}` : `${count} autres enregistrements ${within}`;
  return `Même défaut que dans l’enregistrement ${first} : ${where}.`;
}

function isSameIn(first: B2Record, record: B2Record, { kind, field, position }: FieldFault): boolean {
  if (!IDENTITY.has(field) || !first.faults.some((one) => one.kind === kind && one.field === field && one.position === position))
    return false;
  return [field, `${field}_key`].every((name) => first.values[name] === record.values[name]);
}

/** Blanks and zeros alike mean that the number of the lot is missing: one fault, whatever else is wrong with blanks in a number. */
export function lacksLotNumber(record: B2Record): boolean {
  return isRead(record) && (record.type === '1' || record.type === '6') && /^[0 ]+$/.test(record.values['lot_no'] ?? '');
}

export class OwnFaults {
  #lot: Repeats | null = null;
  #invoice: Repeats | null = null;

  /** Takes the next record of the file. @returns its own faults, and what was repeated in the invoice or lot that ends with it. */
  add(record: B2Record): readonly B2Fault[] {
    const ended = this.#endedBefore(record);
    const own = this.#lotNumber(record);
    const told = own.filter((fault) => !this.#isRepeated(record, fault));
    if (record.type === '1') this.#lot = new Repeats(record, 'du lot');
    if (record.type === '2') this.#invoice = new Repeats(record, 'de la facture');
    return [
      ...ended,
      ...(lacksLotNumber(record) ? [fieldFault('lot-number', record, 'lot_no', 'le numéro du lot manque, 001 à 999 attendu')] : []),
      ...told.map(({ kind, field, position, message }) => b2Fault(kind, record.index, message, field, position)),
      ...this.#endedWith(record),
    ];
  }

  /** @returns what was repeated in what the file ends within. */
  end(): readonly B2Fault[] {
    return [...this.#endInvoice(), ...this.#endLot()];
  }

  #lotNumber(record: B2Record): readonly FieldFault[] {
    return lacksLotNumber(record) ? record.faults.filter(({ field }) => field !== 'lot_no') : record.faults;
  }

  #isRepeated(record: B2Record, fault: FieldFault): boolean {
    return this.#lot?.takes(record, fault) === true || this.#invoice?.takes(record, fault) === true;
  }

  #endedBefore({ type }: B2Record): readonly B2Fault[] {
    if (type === '2' || type === '6') return this.#endInvoice();
    return type === '000' || type === '1' || type === '999' ? this.end() : [];
  }

  #endedWith({ type }: B2Record): readonly B2Fault[] {
    if (type === '5') return this.#endInvoice();
    return type === '6' ? this.#endLot() : [];
  }

  #endInvoice(): readonly B2Fault[] {
    const faults = this.#invoice?.faults() ?? [];
    this.#invoice = null;
    return faults;
  }

  #endLot(): readonly B2Fault[] {
    const faults = this.#lot?.faults() ?? [];
    this.#lot = null;
    return faults;
  }
}
