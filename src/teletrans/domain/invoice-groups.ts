/** Groups of invoice states: which invoices each count of the day stands for, so that a count and the list it opens agree. */
import type { PartState } from './states';

/** due: legal date today; late: legal date passed; both unsent. */
export type InvoiceGroup = 'ready' | 'due' | 'late' | 'held' | 'sent' | 'acked' | 'uncertain' | 'refused';

/** States in which the legal clock still runs. */
export const UNSENT: ReadonlySet<PartState> = new Set<PartState>(['RECEIVED', 'READY', 'HELD', 'IN_LOT', 'SEALED']);
/** An ARL is still to come. */
export const AWAITING_ACK: ReadonlySet<PartState> = new Set<PartState>(['SENT', 'ACK_OVERDUE']);

const STATES: Readonly<Record<Exclude<InvoiceGroup, 'due' | 'late'>, ReadonlySet<PartState>>> = {
  ready: new Set<PartState>(['RECEIVED', 'READY', 'IN_LOT', 'SEALED']),
  held: new Set<PartState>(['HELD']),
  sent: new Set<PartState>(['SENT', 'NO_ACK_EXPECTED', 'ACK_OVERDUE']),
  acked: new Set<PartState>(['ACKED', 'CLOSED_NO_RSP', 'PAID', 'PART_PAID', 'REVERSED']),
  uncertain: new Set<PartState>(['UNCERTAIN']),
  refused: new Set<PartState>(['NACKED', 'TO_CORRECT', 'REJECTED']),
};

/** States in which an invoice is not settled with its payer's front end: what a badge must count without looking at everything ever sent. */
export const PENDING: readonly PartState[] = [...STATES.ready, ...STATES.held, ...STATES.sent, ...STATES.uncertain, ...STATES.refused];

/** True when an invoice in this state belongs to the group, whatever its date. */
export function stateInGroup(state: PartState, group: Exclude<InvoiceGroup, 'due' | 'late'>): boolean {
  return STATES[group].has(state);
}
