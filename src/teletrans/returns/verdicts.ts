/** From the results of an ARL to one verdict a lot. Pure. */
import type { Acknowledgement, ArlClass, ArlResult } from '../domain/acknowledgement';
import type { StoredLot } from '../store/port';
import { matchLot } from './matching';

export interface LotVerdict {
  readonly lot: StoredLot;
  readonly class: ArlClass;
  readonly code: string;
  readonly label: string;
  /** Refused invoices of the lot, by number, with their first reason. */
  readonly refused: ReadonlyMap<string, { readonly code: string; readonly label: string }>;
}

/**
 * @param lots the lots of the file the ARL answers.
 * @returns the verdicts, and the results about lots that are not in the file.
 */
export function verdictsOf(
  ack: Acknowledgement,
  lots: readonly StoredLot[],
): { readonly verdicts: readonly LotVerdict[]; readonly strangers: readonly ArlResult[] } {
  const file = ack.results.find((result) => result.level === 'file');
  if (file !== undefined && (file.class === 'negative' || !ack.results.some((result) => result.level === 'lot'))) {
    // A refusal of the file, or a notice about it, holds for every lot of it.
    return {
      verdicts: lots.map((lot) => ({ lot, class: file.class, code: file.code, label: file.label, refused: new Map() })),
      strangers: [],
    };
  }
  const verdicts: LotVerdict[] = [];
  const strangers: ArlResult[] = [];
  for (const result of ack.results) {
    if (result.level !== 'lot') continue;
    const lot = matchLot(lots, result);
    if (lot === null) strangers.push(result);
    else verdicts.push({ lot, class: result.class, code: result.code, label: result.label, refused: refusedOf(ack, result) });
  }
  return { verdicts, strangers };
}

function refusedOf(ack: Acknowledgement, lot: ArlResult): LotVerdict['refused'] {
  const refused = new Map<string, { code: string; label: string }>();
  for (const result of ack.results) {
    if (result.level !== 'invoice' || result.invoiceNumber === undefined) continue;
    const sameLot = result.billingNumber === lot.billingNumber && result.lotNumber === lot.lotNumber && result.lotDate === lot.lotDate;
    if (sameLot && !refused.has(result.invoiceNumber)) refused.set(result.invoiceNumber, { code: result.code, label: result.label });
  }
  return refused;
}
