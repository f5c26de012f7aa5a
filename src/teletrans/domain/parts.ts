/** The AMO part and the AMC part of an invoice, each with its own life (spec/lots-and-files.md § 6.1, contract § 3). */
import type { Invoice } from './invoice';
import { canStepPart, stepPart, type PartState } from './states';

export interface PartStates {
  readonly amoState: PartState | null;
  readonly amcState: PartState | null;
}

/** Which parts an invoice has: an FSE has no AMC part when a DRE carries it, a DRE has no AMO part. */
export function partsOf(invoice: Pick<Invoice, 'kind' | 'thirdParty' | 'split'>): { readonly amo: boolean; readonly amc: boolean } {
  if (invoice.kind === 'DRE') return { amo: false, amc: true };
  return { amo: true, amc: invoice.split !== 'practice' && (invoice.thirdParty === 'amo+amc' || invoice.thirdParty === 'amc') };
}

/** Both parts take the same step. Errors: STO-010 when the table forbids it for one of them. */
export function stepParts(parts: PartStates, to: PartState): PartStates {
  return {
    amoState: parts.amoState === null ? null : stepPart(parts.amoState, to),
    amcState: parts.amcState === null ? null : stepPart(parts.amcState, to),
  };
}

/** The parts that may take the step take it; the others stay (a late ARL about an invoice already paid, say). */
export function stepPartsWherePossible(parts: PartStates, to: PartState): PartStates {
  const move = (state: PartState | null): PartState | null => (state !== null && canStepPart(state, to) ? stepPart(state, to) : state);
  return { amoState: move(parts.amoState), amcState: move(parts.amcState) };
}

/** True when no payer owes the practice anything for the part: nothing more is awaited after a positive ARL. */
export function awaitsNoPayment(part: 'amo' | 'amc', thirdParty: Invoice['thirdParty']): boolean {
  return part === 'amo' ? thirdParty === 'none' || thirdParty === 'amc' : thirdParty === 'none' || thirdParty === 'amo';
}
