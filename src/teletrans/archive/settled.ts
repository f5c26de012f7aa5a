/**
 * Which invoices a purge takes: older than the retention and settled (spec/regulation.md § 5, spec/lots-and-files.md § 6.1 row 41). Pure. Whatever is not
 * settled stays without limit, with its reason.
 */
import type { LocalDate } from '../domain/invoice';
import { shownState, sheetOf, type ShownState } from '../domain/paper-sheet';
import type { HeldReason, StoredInvoice, StoredLot } from '../store/port';
import { keptUntil } from './retention';

/**
 * What each state of a part still waits for; null: nothing, the part is settled. Every state stands here: one that is added must say what it waits for.
 */
const AWAITS: Readonly<Record<ShownState, string | null>> = {
  RECEIVED: 'ARC-001',
  READY: 'ARC-001',
  HELD: 'ARC-001',
  IN_LOT: 'ARC-001',
  SEALED: 'ARC-001',
  SENT: 'ARC-002',
  ACK_OVERDUE: 'ARC-002',
  UNCERTAIN: 'ARC-003',
  NO_ACK_EXPECTED: 'ARC-004',
  SHEET_SENT: 'ARC-006',
  PAPER_DUPLICATE: 'ARC-005',
  ACKED: 'ARC-006',
  NACKED: 'ARC-007',
  TO_CORRECT: 'ARC-007',
  REJECTED: 'ARC-007',
  PART_PAID: 'ARC-008',
  PAID: null,
  CLOSED_NO_RSP: null,
  CLOSED_BY_PERSON: null,
  RECYCLED: null,
  CANCELLED: null,
  REVERSED: null,
  ARCHIVED: null,
};

/** Most pressing first: of two parts that wait, this one is told. */
const ORDER: readonly string[] = ['ARC-003', 'ARC-007', 'ARC-001', 'ARC-002', 'ARC-004', 'ARC-005', 'ARC-008', 'ARC-006'];

export interface PurgeFacts {
  readonly invoice: StoredInvoice;
  /** The lot the invoice is in, or was in last. */
  readonly lot: StoredLot | null;
  /** A return about its file waits for a person, or to be applied. */
  readonly openReturn: boolean;
}

/** Null: the purge takes it. Else why it stays. @param days of retention. */
export function whyKept({ invoice, lot, openReturn }: PurgeFacts, days: number, today: LocalDate): HeldReason | null {
  const parts = [invoice.amoState, invoice.amcState].filter((state) => state !== null);
  const awaited = parts.map((state) => AWAITS[shownState(state, sheetOf(invoice))]).filter((code) => code !== null);
  if (lot?.state === 'UNCERTAIN') awaited.push('ARC-003');
  const [first] = awaited.sort((a, b) => ORDER.indexOf(a) - ORDER.indexOf(b));
  if (first !== undefined) return { code: first, details: {} };
  if (openReturn) return { code: 'ARC-009', details: {} };
  const until = keptUntil(endOf(invoice, lot), days);
  return until >= today ? { code: 'ARC-010', details: { date: until.split('-').reverse().join('/') } } : null;
}

/** The later of sending and last ARL; an invoice that never left counts from its reception. */
function endOf(invoice: StoredInvoice, lot: StoredLot | null): string {
  const times = [invoice.sentAt, invoice.ackedAt, lot?.ack?.at ?? null].filter((time) => time !== null);
  return times.sort().at(-1) ?? invoice.receivedAt;
}

/** True for a reason that time alone ends: nobody has to do anything. */
export const isOnlyYoung = (reason: HeldReason): boolean => reason.code === 'ARC-010';
