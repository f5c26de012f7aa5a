/** From a matched line to entries of the ledger. */
import type { ClaimKey } from '../domain/claims';
import type { Identifiers } from '../domain/identifiers';
import type { LocalDate } from '../domain/invoice';
import type { StoreSession } from '../store/port';
import type { EntryKind, LedgerEntry } from '../store/third-party/port';
import type { DraftLine } from './remittance';

/** What one line books on one claim. Money is booked whatever the answer says; a refusal, a deferral or a notice carries none. Pure. */
export function entriesOf(line: Pick<DraftLine, 'answer' | 'amount'>): readonly { readonly kind: EntryKind; readonly amount: number }[] {
  const { answer, amount } = line;
  const entries: { kind: EntryKind; amount: number }[] = [];
  if (answer === 'recovered' || amount < 0) entries.push({ kind: 'recovery', amount });
  else if (answer === 'paid' || answer === 'part-paid' || amount > 0) entries.push({ kind: 'payment', amount });
  if (answer === 'rejected') entries.push({ kind: 'refusal', amount: 0 });
  if (answer === 'deferred') entries.push({ kind: 'deferral', amount: 0 });
  if (entries.length === 0) entries.push({ kind: 'notice', amount: 0 });
  return entries;
}

export type EntryFrame = Omit<LedgerEntry, 'id' | 'kind' | 'amount' | 'undoOf' | keyof ClaimKey> & { readonly valueDate: LocalDate };

/** Writes entries on one claim. */
export async function book(
  session: StoreSession,
  ids: Identifiers,
  claim: ClaimKey,
  entries: readonly { readonly kind: EntryKind; readonly amount: number }[],
  frame: EntryFrame,
): Promise<void> {
  for (const { kind, amount } of entries)
    await session.thirdParty.ledger.append({
      ...frame,
      id: ids.uuid(),
      invoiceId: claim.invoiceId,
      part: claim.part,
      kind,
      amount,
      undoOf: null,
    });
}
