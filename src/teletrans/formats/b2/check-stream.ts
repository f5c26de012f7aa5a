/**
 * Every fault of a B2 file of any size, record after record, with flat memory: what {@link checkB2} says of a file held whole. Of a lot only what its checks
 * compare is kept, and no longer than the lot.
 */
import { envelopeFaults } from './checks/envelope';
import { lotFaults } from './checks/lot';
import { isRead } from './checks/numbers';
import { OwnFaults } from './checks/own-faults';
import { UniqueNumbers } from './checks/unique';
import type { CheckOptions } from './check';
import { b2Fault, type B2Fault } from './fault';
import type { B2Record } from './model';
import { readB2Records, type StreamedRecord } from './streaming';
import { TreeBuilder } from './tree';

/** What the checks compare of the records of an invoice. */
const COMPARED = [
  'ps_billing_no',
  'insured_nir',
  'insured_nir_key',
  'invoice_no',
  'sequence',
  'marking',
  'invoice_date',
  'act_date',
  'session_date',
  'fee_amount',
  'amo_amount',
  'amc_amount',
];
/** A lot of 999 invoices has far fewer records (spec/b2.md § 9); in a larger one nothing is compared any more. */
const MOST_RECORDS = 150_000;
const NO_BYTES = Buffer.alloc(0);

/** The record without what no check compares. */
function compared(record: B2Record): B2Record {
  const isOfInvoice = record.type.startsWith('2') || record.type.startsWith('4');
  const kept = isOfInvoice ? COMPARED.flatMap((name) => (name in record.values ? [[name, record.values[name] ?? '']] : [])) : null;
  return {
    ...record,
    bytes: NO_BYTES,
    faults: [],
    values: kept === null ? record.values : (Object.fromEntries(kept) as B2Record['values']),
  };
}

/** One record of the file and the faults known once it has come, its own among them. */
export interface CheckedRecord {
  readonly record: B2Record;
  readonly faults: readonly B2Fault[];
}

export class StreamChecker {
  readonly #tree = new TreeBuilder();
  readonly #numbers = new UniqueNumbers();
  readonly #own = new OwnFaults();
  readonly #countContinuations: boolean;
  #lots = 0;
  #isAllRead = true;
  /** Records since the last lot opened. */
  #inLot = 0;
  #isTooLarge = false;

  constructor(options: Pick<CheckOptions, 'countContinuations'> = {}) {
    this.#countContinuations = options.countContinuations ?? false;
  }

  /** Takes the next record. @returns the faults known with it; one of them may be of an earlier record of its lot. */
  add({ record, faults: cutting }: StreamedRecord): readonly B2Fault[] {
    const faults = [...this.#limit(record), ...this.#own.add(record)];
    this.#isAllRead &&= isRead(record);
    this.#tree.add(compared(record));
    const order = this.#tree.takeFaults();
    const isAfterEnd = order.some(({ kind }) => kind === 'after-trailer');
    // A fragment after 999 is one fault, not also a wrong length.
    return [...cutting.filter(({ kind }) => !isAfterEnd || kind !== 'length'), ...order, ...faults, ...this.#lotsEnded()];
  }

  /** @returns what is missing at either end, and what 999 says wrong. */
  end(): readonly B2Fault[] {
    const { header, trailer } = this.#tree.end();
    return [
      ...this.#tree.takeFaults(),
      ...this.#own.end(),
      ...this.#lotsEnded(),
      ...envelopeFaults(header, trailer, this.#lots, this.#isAllRead),
    ];
  }

  #limit(record: B2Record): readonly B2Fault[] {
    this.#inLot = record.type === '1' ? 1 : this.#inLot + 1;
    if (record.type === '1') this.#isTooLarge = false;
    if (this.#inLot % MOST_RECORDS !== 0) return [];
    this.#tree.emptyLot();
    const isFirst = !this.#isTooLarge;
    this.#isTooLarge = true;
    return isFirst
      ? [b2Fault('count', record.index, `plus de ${MOST_RECORDS} enregistrements dans un lot : ses totaux ne sont pas vérifiés.`)]
      : [];
  }

  #lotsEnded(): readonly B2Fault[] {
    return this.#tree.takeLots().flatMap((lot) => {
      this.#lots += 1;
      return lot.isWhole ? [...lotFaults(lot, { countContinuations: this.#countContinuations }), ...this.#numbers.lot(lot)] : [];
    });
  }
}

/** Every record as it comes with the faults known by then; last, without a record, the faults of the whole. Errors: those of the source alone. */
export async function* checkB2Stream(
  source: AsyncIterable<Buffer>,
  options: Pick<CheckOptions, 'countContinuations'> = {},
): AsyncGenerator<CheckedRecord | { readonly record: null; readonly faults: readonly B2Fault[] }> {
  const checker = new StreamChecker(options);
  for await (const streamed of readB2Records(source)) yield { record: streamed.record, faults: checker.add(streamed) };
  yield { record: null, faults: checker.end() };
}
