/**
 * The insurer's own reading of a B2 file (spec/b2.md §§ 1-2): cuts it into records, checks their order, and gives the lots and invoices with the raw bytes
 * a seal covers. It judges nothing but the structure.
 */
import {
  ACT,
  BENEFICIARY,
  BENEFICIARY_NIR,
  CCAM,
  FILE_HEADER,
  FILE_TRAILER,
  INSURER,
  INVOICE_HEADER,
  INVOICE_KEY,
  INVOICE_TRAILER,
  LOT_HEADER,
  LOT_TRAILER,
  type Span,
} from './b2-positions';

export const RECORD = 128;

type Fields<T extends Record<string, Span>> = Readonly<Record<keyof T, string>>;

export interface ReadAct {
  readonly key: Fields<typeof INVOICE_KEY>;
  readonly fields: Fields<typeof ACT>;
  readonly ccam: readonly Fields<typeof CCAM>[];
}

export interface ReadInvoice {
  readonly key: Fields<typeof INVOICE_KEY>;
  readonly header: Fields<typeof INVOICE_HEADER>;
  /** Complementary insurer, record 2M. */
  readonly insurer: Fields<typeof INSURER> | null;
  readonly beneficiary: Fields<typeof BENEFICIARY> | null;
  readonly beneficiaryNir: Fields<typeof BENEFICIARY_NIR> | null;
  /** Number of records 2, complements included. */
  readonly type2: number;
  readonly acts: readonly ReadAct[];
  readonly trailer: Fields<typeof INVOICE_TRAILER>;
  /** Keys of all its records: they must agree. */
  readonly keys: readonly Fields<typeof INVOICE_KEY>[];
  /** Records 2 to 5. */
  readonly bytes: Buffer;
}

export interface ReadLot {
  readonly header: Fields<typeof LOT_HEADER>;
  readonly trailer: Fields<typeof LOT_TRAILER>;
  readonly invoices: readonly ReadInvoice[];
  /** Records 1 to 6. */
  readonly bytes: Buffer;
}

export interface ReadFile {
  readonly header: Fields<typeof FILE_HEADER>;
  readonly trailer: Fields<typeof FILE_TRAILER>;
  readonly lots: readonly ReadLot[];
  /** Number of records, 000 and 999 included. */
  readonly records: number;
}

function cut<T extends Record<string, Span>>(record: string, spans: T): Fields<T> {
  return Object.fromEntries(Object.entries(spans).map(([name, [first, last]]) => [name, record.slice(first - 1, last)])) as Fields<T>;
}

/** Order of the complements of records 2 and 4. */
const COMPLEMENTS: Readonly<Record<'2' | '4', string>> = { '2': ' SMPBC', '4': ' SEMD' };
const REPEATED = new Set(['4M', '4D']);

class StructureFault extends Error {}

/** Walks through the records with one record of look-ahead. */
class Walk {
  private index = 0;

  constructor(private readonly records: readonly string[]) {}

  /** `000`, `1`, `2`, `2S`, `4M`, `6`, `999`…; empty past the end. */
  get type(): string {
    const record = this.records[this.index];
    if (record === undefined) return '';
    if (this.index === 0) return record.slice(0, 3);
    if (this.index === this.records.length - 1) return record.slice(0, 3);
    const first = record.slice(0, 1);
    return first === '2' || first === '4' ? `${first}${record.slice(35, 36).trim()}` : first;
  }

  get position(): number {
    return this.index;
  }

  take(type: string): string {
    const record = this.records[this.index];
    if (record === undefined || this.type !== type) throw new StructureFault(`record ${this.index + 1}`);
    this.index += 1;
    return record;
  }

  /** The base record and its complements, in their order. */
  takeGroup(base: '2' | '4'): readonly { readonly type: string; readonly record: string }[] {
    const group = [{ type: base as string, record: this.take(base) }];
    let rank = 0;
    while (this.type.startsWith(base) && this.type !== base) {
      const { type } = this;
      const previous = group.at(-1)?.type;
      const place = COMPLEMENTS[base].indexOf(type.slice(1));
      if (place < rank || (place === rank && !REPEATED.has(type)) || (type === '4E' && previous !== '4S'))
        throw new StructureFault(`record ${this.index + 1}`);
      rank = place;
      group.push({ type, record: this.take(type) });
    }
    return group;
  }
}

function readAct(walk: Walk): { readonly act: ReadAct; readonly keys: readonly Fields<typeof INVOICE_KEY>[] } {
  const group = walk.takeGroup('4');
  const keys = group.map(({ record }) => cut(record, INVOICE_KEY));
  const base = group[0]?.record ?? '';
  const ccam = group.filter(({ type }) => type === '4M').map(({ record }) => cut(record, CCAM));
  return { act: { key: cut(base, INVOICE_KEY), fields: cut(base, ACT), ccam }, keys };
}

function readInvoice(walk: Walk, content: Buffer): ReadInvoice {
  const start = walk.position;
  const group = walk.takeGroup('2');
  const found = (type: string): string | undefined => group.find((record) => record.type === type)?.record;
  const base = group[0]?.record ?? '';
  const keys = group.map(({ record }) => cut(record, INVOICE_KEY));
  const acts: ReadAct[] = [];
  while (walk.type === '4') {
    const { act, keys: actKeys } = readAct(walk);
    acts.push(act);
    keys.push(...actKeys);
  }
  if (acts.length === 0) throw new StructureFault(`record ${walk.position + 1}`);
  const last = walk.take('5');
  keys.push(cut(last, INVOICE_KEY));
  const insurer = found('2M');
  const beneficiary = found('2B');
  const beneficiaryNir = found('2S');
  return {
    key: cut(base, INVOICE_KEY),
    header: cut(base, INVOICE_HEADER),
    insurer: insurer === undefined ? null : cut(insurer, INSURER),
    beneficiary: beneficiary === undefined ? null : cut(beneficiary, BENEFICIARY),
    beneficiaryNir: beneficiaryNir === undefined ? null : cut(beneficiaryNir, BENEFICIARY_NIR),
    type2: group.length,
    acts,
    trailer: cut(last, INVOICE_TRAILER),
    keys,
    bytes: content.subarray(start * RECORD, walk.position * RECORD),
  };
}

function readLot(walk: Walk, content: Buffer): ReadLot {
  const start = walk.position;
  const header = cut(walk.take('1'), LOT_HEADER);
  const invoices: ReadInvoice[] = [];
  while (walk.type === '2') invoices.push(readInvoice(walk, content));
  if (invoices.length === 0) throw new StructureFault(`record ${walk.position + 1}`);
  const trailer = cut(walk.take('6'), LOT_TRAILER);
  return { header, trailer, invoices, bytes: content.subarray(start * RECORD, walk.position * RECORD) };
}

/** The file, or null when its structure is wrong: length, character, unknown record or order (code F002 of spec/arl.md § 3.4). */
export function readB2(content: Buffer): ReadFile | null {
  if (content.length === 0 || content.length % RECORD !== 0) return null;
  const text = content.toString('latin1');
  if (!/^[A-Z0-9 '\-./]*$/.test(text)) return null;
  const records = text.match(/.{128}/g) ?? [];
  const walk = new Walk(records);
  try {
    const header = cut(walk.take('000'), FILE_HEADER);
    if (header.recordLength !== '128') return null;
    const lots: ReadLot[] = [];
    while (walk.type === '1') lots.push(readLot(walk, content));
    const trailer = cut(walk.take('999'), FILE_TRAILER);
    return lots.length === 0 || walk.position !== records.length ? null : { header, trailer, lots, records: records.length };
  } catch (error) {
    if (error instanceof StructureFault) return null;
    throw error;
  }
}
