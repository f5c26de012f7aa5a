/** The grammar of ARL0 results (spec/arl.md § 3.2), for the encoder. */
import type { ArlResult } from '../../domain/acknowledgement';
import { arlClass } from './codes';

export interface LotResults {
  readonly result: ArlResult;
  /** One or more results for each refused invoice. */
  readonly invoices: readonly (readonly ArlResult[])[];
}

export interface PractitionerResults {
  readonly billingNumber: string;
  readonly lots: readonly LotResults[];
}

export interface GroupedResults {
  readonly file: ArlResult;
  readonly practitioners: readonly PractitionerResults[];
}

/** The one lot code that lists invoices. */
export const REFUSED_BY_INVOICES = 'L008';

interface OpenLot extends LotResults {
  readonly invoices: ArlResult[][];
}

function addInvoice(lot: OpenLot | undefined, result: ArlResult): void {
  if (lot?.result.code !== REFUSED_BY_INVOICES) throw new Error('ARL0: an invoice result needs a lot refused because of invoices');
  const last = lot.invoices.at(-1);
  if (last?.[0]?.invoiceNumber === result.invoiceNumber) last?.push(result);
  else lot.invoices.push([result]);
}

/** Groups results by practitioner and lot. Throws an `Error` when they do not follow the grammar: a fault of the program that made them. */
export function groupResults(results: readonly ArlResult[]): GroupedResults {
  const [file, ...rest] = results;
  if (file?.level !== 'file') throw new Error('ARL0: the first result is about the file');
  if (arlClass(file.code) === 'negative' && rest.length > 0) throw new Error('ARL0: a refused file has no result about its lots');
  const groups = new Map<string, OpenLot[]>();
  let lot: OpenLot | undefined;
  for (const result of rest) {
    if (result.level === 'file') throw new Error('ARL0: one result about the file');
    if (result.level === 'invoice') addInvoice(lot, result);
    else {
      lot = { result, invoices: [] };
      const number = result.billingNumber ?? '';
      groups.set(number, [...(groups.get(number) ?? []), lot]);
    }
  }
  const practitioners = [...groups].map(([billingNumber, lots]) => ({ billingNumber, lots }));
  for (const one of practitioners.flatMap((group) => group.lots)) {
    if (one.result.code === REFUSED_BY_INVOICES && one.invoices.length === 0) throw new Error('ARL0: L008 names at least one invoice');
  }
  return { file, practitioners };
}
