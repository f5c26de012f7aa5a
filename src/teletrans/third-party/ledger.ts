/**
 * The ledger of third-party payments. Every figure is a sum over its entries, so that the order in which a payer's answers come changes nothing; what is undone is
 * undone by an opposite entry, never erased. Pure.
 */
import type { PartState } from '../domain/states';
import type { ClaimSums, EntryKind, LedgerEntry } from '../store/third-party/port';

/** No entry yet. */
export const NOTHING_BOOKED: ClaimSums = { paid: 0, adjusted: 0, payments: 0, recoveries: 0, refusals: 0, deferrals: 0, closures: 0 };

const COUNTED: Readonly<Partial<Record<EntryKind, keyof ClaimSums>>> = {
  payment: 'payments',
  recovery: 'recoveries',
  refusal: 'refusals',
  deferral: 'deferrals',
  closure: 'closures',
};

const isMoney = (kind: EntryKind): boolean => kind === 'payment' || kind === 'recovery';

/** The sums with one entry more. The store keeps the same ones beside each claim. */
export function withEntry(sums: ClaimSums, entry: Pick<LedgerEntry, 'kind' | 'amount' | 'undoOf'>): ClaimSums {
  const { kind, amount } = entry;
  const counter = COUNTED[kind];
  return {
    ...sums,
    ...(counter === undefined ? {} : { [counter]: sums[counter] + (entry.undoOf === null ? 1 : -1) }),
    ...(isMoney(kind) ? { paid: sums.paid + amount } : {}),
    ...(kind === 'adjustment' || kind === 'closure' ? { adjusted: sums.adjusted + amount } : {}),
  };
}

export interface Balance {
  /** Centimes. */
  readonly expected: number;
  readonly paid: number;
  readonly adjusted: number;
  /** What the payer still owes; negative when it has paid too much. */
  readonly due: number;
}

export function balanceOf(expected: number, { paid, adjusted }: Pick<ClaimSums, 'paid' | 'adjusted'>): Balance {
  return { expected, paid, adjusted, due: expected - paid - adjusted };
}

/**
 * What the payer's answers and people's decisions make of a part (spec/noemie.md § 4): money that came outweighs a refusal, whichever came first.
 * @returns null while nothing that changes a state has been said: the part stays as it was.
 */
export function outcomeOf(expected: number, sums: ClaimSums): PartState | null {
  if (sums.closures > 0) return 'CLOSED_BY_PERSON';
  if (sums.payments > 0 || sums.recoveries > 0) {
    if (sums.payments > 0 && sums.recoveries > 0 && sums.paid === 0) return 'REVERSED';
    // What a person wrote off is not awaited any more.
    return sums.paid + sums.adjusted === expected ? 'PAID' : 'PART_PAID';
  }
  return sums.refusals > 0 ? 'REJECTED' : null;
}

/** The entry that undoes another. */
export function undoing(entry: LedgerEntry, made: Pick<LedgerEntry, 'id' | 'at' | 'valueDate' | 'actor' | 'batch' | 'note'>): LedgerEntry {
  return { ...entry, ...made, amount: entry.amount === 0 ? 0 : -entry.amount, undoOf: entry.id };
}
