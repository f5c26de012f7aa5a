/** Which invoices an unmatched line may be about: the nearest first, with the difference in euros and its likely cause (spec/noemie.md § 5 point 4). */
import type { Part } from '../domain/claims';
import type { PartState } from '../domain/states';
import type { StoredInvoice, StoreSession } from '../store/port';
import type { StoredClaim, StoredLine } from '../store/third-party/port';
import { dueOf } from './ageing';
import { refusalToBook, stateOfPart } from './matching';
import type { LikelyCause } from './rules';

export interface Candidate {
  readonly invoice: StoredInvoice;
  readonly part: Part;
  readonly state: PartState;
  /** Centimes the payer owes for it. */
  readonly due: number;
  /** The line less what is due. */
  readonly difference: number;
  readonly likely: readonly LikelyCause[];
  /** Nothing can be booked on it now. */
  readonly bookable: boolean;
}

const MOST = 8;
const SAME_AMOUNT = 20;

/** What each likeness weighs. */
const WEIGHTS: Readonly<Record<LikelyCause, number>> = {
  'same-number': 50,
  'same-amount': 30,
  'near-number': 25,
  linked: 20,
  'same-lot': 15,
  'other-practitioner': -15,
  'already-paid': -20,
  'not-bookable': -30,
};

interface Found {
  readonly invoice: StoredInvoice;
  readonly likely: Set<LikelyCause>;
}

/** The best candidates, best first. */
export async function candidatesFor(session: StoreSession, line: StoredLine): Promise<readonly Candidate[]> {
  const found = new Map<string, Found>();
  const add = (invoice: StoredInvoice | null, likely: LikelyCause): void => {
    if (invoice === null) return;
    const known = found.get(invoice.id);
    if (known === undefined) found.set(invoice.id, { invoice, likely: new Set([likely]) });
    else known.likely.add(likely);
  };
  await byNumber(session, line, add);
  await byLot(session, line, add);
  if (line.amount > 0)
    for (const { invoiceId } of await session.thirdParty.claims.owing(line.amount, line.part, SAME_AMOUNT))
      add(await session.invoices.get(invoiceId), 'same-amount');
  const candidates: Candidate[] = [];
  for (const one of found.values()) {
    for (const part of ['amo', 'amc'] as const) {
      if (line.part !== null && line.part !== part) continue;
      const claim = await session.thirdParty.claims.get({ invoiceId: one.invoice.id, part });
      if (claim !== null) candidates.push(candidateOf(line, one, part, claim));
    }
  }
  return candidates.sort((a, b) => scoreOf(b) - scoreOf(a) || Math.abs(a.difference) - Math.abs(b.difference)).slice(0, MOST);
}

type Add = (invoice: StoredInvoice | null, likely: LikelyCause) => void;

async function byNumber(session: StoreSession, line: StoredLine, add: Add): Promise<void> {
  const { number, billingNumber } = line;
  if (number === null) return;
  for (const invoice of await session.invoices.list({ number })) {
    add(invoice, 'same-number');
    if (invoice.linkedTo !== null) add(await session.invoices.byNumber(invoice.billingNumber, invoice.linkedTo), 'linked');
    for (const other of await session.invoices.linkedTo(invoice.billingNumber, number)) add(other, 'linked');
  }
  if (billingNumber === null) return;
  for (const near of nearNumbers(number)) add(await session.invoices.byNumber(billingNumber, near), 'near-number');
}

async function byLot(session: StoreSession, { billingNumber, lotNumber, lotDate }: StoredLine, add: Add): Promise<void> {
  if (billingNumber === null || lotNumber === null || lotDate === null) return;
  for (const lot of await session.lots.byNumber(billingNumber, lotNumber, lotDate))
    for (const id of lot.invoiceIds) add(await session.invoices.get(id), 'same-lot');
}

/** Numbers that a slip makes of another: one digit wrong, or two neighbours exchanged. */
export function nearNumbers(number: string): readonly string[] {
  const near = new Set<string>();
  for (let at = 0; at < number.length; at++) {
    for (const digit of '0123456789') near.add(number.slice(0, at) + digit + number.slice(at + 1));
    if (at + 1 < number.length) near.add(number.slice(0, at) + number.charAt(at + 1) + number.charAt(at) + number.slice(at + 2));
  }
  near.delete(number);
  return [...near];
}

function candidateOf(line: StoredLine, { invoice, likely }: Found, part: Part, claim: StoredClaim): Candidate {
  const due = dueOf(claim);
  const bookable = refusalToBook(invoice, part) === null;
  const causes = new Set(likely);
  if (due === line.amount && line.amount !== 0) causes.add('same-amount');
  if (line.billingNumber !== null && invoice.billingNumber !== line.billingNumber) causes.add('other-practitioner');
  if (due <= 0 && line.amount > 0) causes.add('already-paid');
  if (!bookable) causes.add('not-bookable');
  return {
    invoice,
    part,
    state: stateOfPart(invoice, part) ?? 'RECEIVED',
    due,
    difference: line.amount - due,
    likely: [...causes],
    bookable,
  };
}

const scoreOf = ({ likely }: Candidate): number => likely.reduce((sum, cause) => sum + WEIGHTS[cause], 0);
