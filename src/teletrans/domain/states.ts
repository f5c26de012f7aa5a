/**
 * The states of an invoice part, a lot and a file (spec/lots-and-files.md § 6), as pure tables: anything not in a table is forbidden (`STO-010`).
 * The row numbers in the comments are those of the spec.
 */
import { VitaleError } from './errors';

/** Every state of a part, in the order of its life. */
export const PART_STATES = [
  'RECEIVED',
  'READY',
  'HELD',
  'CANCELLED',
  'IN_LOT',
  'SEALED',
  'SENT',
  'UNCERTAIN',
  'NO_ACK_EXPECTED',
  'ACKED',
  'NACKED',
  'ACK_OVERDUE',
  'PAPER_DUPLICATE',
  'TO_CORRECT',
  'RECYCLED',
  'CLOSED_NO_RSP',
  'PAID',
  'PART_PAID',
  'REJECTED',
  'REVERSED',
  'CLOSED_BY_PERSON',
  'ARCHIVED',
] as const;

export type PartState = (typeof PART_STATES)[number];

export type LotState =
  | 'NUMBERED'
  | 'SEALING'
  | 'SEALED'
  | 'IN_FILE'
  | 'SENT'
  | 'UNCERTAIN'
  | 'ACKED'
  | 'NACKED'
  | 'ACK_OVERDUE'
  | 'CANCELLED'
  | 'ABANDONED'
  | 'ARCHIVED';

export type FileState =
  | 'PREPARED'
  | 'FROZEN'
  | 'ATTEMPT'
  | 'HANDED_OVER'
  | 'TEMP_FAILED'
  | 'PERM_FAILED'
  | 'UNCERTAIN'
  | 'ACKED'
  | 'REJECTED'
  | 'MIXED'
  | 'OVERDUE'
  | 'CANCELLED'
  | 'ARCHIVED';

type Transitions<S extends string> = Readonly<Partial<Record<S, readonly S[]>>>;

const PART: Transitions<PartState> = {
  RECEIVED: ['READY', 'HELD', 'CANCELLED'], // 4, 5, 8
  HELD: ['READY', 'CANCELLED', 'PAPER_DUPLICATE'], // 6, 8; on paper by decision: it can leave no more (decision 0041)
  READY: ['HELD', 'CANCELLED', 'IN_LOT'], // 7, 8, 9
  IN_LOT: ['READY', 'HELD', 'SEALED'], // 10, 11; HELD: found impossible to write while its lot is formed
  SEALED: ['SENT', 'UNCERTAIN', 'NO_ACK_EXPECTED', 'READY'], // 12, 13, 14; READY: lot cancelled before any attempt (6.2 row 12)
  NO_ACK_EXPECTED: ['NACKED', 'CLOSED_NO_RSP', 'PAID', 'PART_PAID', 'REJECTED'], // 14b, 39
  UNCERTAIN: ['ACKED', 'NACKED', 'SENT', 'NO_ACK_EXPECTED', 'SEALED', 'PAID', 'PART_PAID', 'REJECTED', 'PAPER_DUPLICATE'], // 15-19, 31-33
  SENT: ['ACKED', 'NACKED', 'ACK_OVERDUE', 'PAID', 'PART_PAID', 'REJECTED'], // 20-22, 31-33
  ACK_OVERDUE: ['ACKED', 'NACKED', 'SENT', 'PAPER_DUPLICATE', 'PAID', 'PART_PAID', 'REJECTED'], // 23-25, 31-33
  NACKED: ['PAPER_DUPLICATE', 'READY', 'TO_CORRECT', 'PAID', 'PART_PAID', 'REJECTED'], // 25-27; a payer's answer after all (decision 0060)
  TO_CORRECT: ['RECYCLED', 'CANCELLED', 'PAID', 'PART_PAID', 'REJECTED'], // 28, 29; the same
  ACKED: ['CLOSED_NO_RSP', 'PAID', 'PART_PAID', 'REJECTED'], // 30-33
  PAID: ['PART_PAID', 'REVERSED', 'ARCHIVED'], // 35, 41
  PART_PAID: ['PART_PAID', 'REVERSED', 'CLOSED_BY_PERSON', 'PAID'], // 35, 37, 38
  REJECTED: ['RECYCLED', 'CLOSED_BY_PERSON', 'PAID', 'PART_PAID'], // 36, 37; paid after all (decision 0060)
  PAPER_DUPLICATE: ['PAID', 'PART_PAID', 'REJECTED', 'CLOSED_BY_PERSON'], // 40
  CLOSED_NO_RSP: ['ARCHIVED'], // 41
  CLOSED_BY_PERSON: ['ARCHIVED'],
  RECYCLED: ['ARCHIVED'],
  CANCELLED: ['ARCHIVED'],
  REVERSED: ['PAID', 'PART_PAID', 'ARCHIVED'], // paid again (decision 0060)
};

/** What a person's undo may take a part back from, and to (decision 0060). */
const ANSWERED: ReadonlySet<PartState> = new Set<PartState>(['PAID', 'PART_PAID', 'REVERSED', 'REJECTED', 'CLOSED_BY_PERSON']);
const BEFORE_ANSWER: ReadonlySet<PartState> = new Set<PartState>([
  ...ANSWERED,
  'SENT',
  'ACKED',
  'ACK_OVERDUE',
  'UNCERTAIN',
  'NO_ACK_EXPECTED',
  'PAPER_DUPLICATE',
  'NACKED',
  'TO_CORRECT',
]);

const LOT: Transitions<LotState> = {
  NUMBERED: ['SEALING', 'CANCELLED'], // 5, 6
  SEALING: ['SEALED', 'NUMBERED'], // 7, 8, 9
  SEALED: ['IN_FILE', 'CANCELLED'], // 10, 12
  IN_FILE: ['SEALED', 'SENT', 'UNCERTAIN'], // 11, 13, 14
  UNCERTAIN: ['ACKED', 'NACKED', 'SENT', 'IN_FILE', 'ABANDONED'], // 15, 20
  SENT: ['ACKED', 'NACKED', 'ACK_OVERDUE', 'ARCHIVED'], // 16; ARCHIVED: its invoices are settled without an ARL (degraded, or paid)
  ACK_OVERDUE: ['ACKED', 'NACKED', 'SENT', 'ABANDONED', 'ARCHIVED'], // 17, 18, 20
  NACKED: ['ABANDONED'], // 19, 20
  ACKED: ['ARCHIVED'],
  ABANDONED: ['ARCHIVED'],
  CANCELLED: ['ARCHIVED'],
};

const FILE: Transitions<FileState> = {
  PREPARED: ['FROZEN', 'CANCELLED'], // 2, 3
  FROZEN: ['ATTEMPT', 'CANCELLED'], // 4; CANCELLED: its lots go back to SEALED before any attempt (6.2 row 11)
  ATTEMPT: ['HANDED_OVER', 'TEMP_FAILED', 'PERM_FAILED', 'UNCERTAIN', 'OVERDUE'], // 5-9; OVERDUE: sent again in vain, the first handing over stands
  TEMP_FAILED: ['ATTEMPT', 'FROZEN'], // 10, 12b
  PERM_FAILED: ['FROZEN', 'CANCELLED'], // 12, 12b, 13
  UNCERTAIN: ['ACKED', 'REJECTED', 'MIXED', 'HANDED_OVER', 'TEMP_FAILED', 'ATTEMPT'], // 14-16
  HANDED_OVER: ['ACKED', 'REJECTED', 'MIXED', 'PERM_FAILED', 'TEMP_FAILED', 'OVERDUE', 'ARCHIVED'], // 17, 19, 20; ARCHIVED: its lots are
  OVERDUE: ['ACKED', 'REJECTED', 'MIXED', 'ATTEMPT', 'ARCHIVED'], // 21, 22
  ACKED: ['ARCHIVED'],
  REJECTED: ['ARCHIVED'],
  MIXED: ['ARCHIVED'],
  CANCELLED: ['ARCHIVED'],
};

function step<S extends string>(table: Transitions<S>, from: S, to: S): S {
  if (!(table[from] ?? []).includes(to)) throw new VitaleError('STO-010', { a: from, b: to });
  return to;
}

function can<S extends string>(table: Transitions<S>, from: S, to: S): boolean {
  return (table[from] ?? []).includes(to);
}

/** The state after the step, or `STO-010` when the table forbids it. */
export const stepPart = (from: PartState, to: PartState): PartState => step(PART, from, to);
export const stepLot = (from: LotState, to: LotState): LotState => step(LOT, from, to);
export const stepFile = (from: FileState, to: FileState): FileState => step(FILE, from, to);
/** The state a part goes back to when what a payer's answer did to it is undone. Errors: STO-010 for any other way back. */
export function revertPart(from: PartState, to: PartState): PartState {
  if (!ANSWERED.has(from) || !BEFORE_ANSWER.has(to)) throw new VitaleError('STO-010', { a: from, b: to });
  return to;
}
export const canStepPart = (from: PartState, to: PartState): boolean => can(PART, from, to);
export const canStepLot = (from: LotState, to: LotState): boolean => can(LOT, from, to);
export const canStepFile = (from: FileState, to: FileState): boolean => can(FILE, from, to);

/** What needs a person most comes first (contract § 5, derived state of an invoice). */
const NEEDS_A_PERSON: readonly PartState[] = ['UNCERTAIN', 'HELD', 'NACKED', 'REJECTED', 'TO_CORRECT', 'ACK_OVERDUE'];

/** From the least to the most advanced. */
const ADVANCE: readonly PartState[] = [
  'RECEIVED',
  'READY',
  'IN_LOT',
  'SEALED',
  'SENT',
  'NO_ACK_EXPECTED',
  'PAPER_DUPLICATE',
  'ACKED',
  'PART_PAID',
  'REVERSED',
  'PAID',
  'CLOSED_NO_RSP',
  'CLOSED_BY_PERSON',
  'RECYCLED',
  'CANCELLED',
  'ARCHIVED',
];

/**
 * State of the whole invoice from its parts: the part that needs a person most, else the least advanced one.
 * @param parts the AMO and AMC states; null where the invoice has no such part.
 */
export function deriveState(amo: PartState | null, amc: PartState | null): PartState {
  const parts = [amo, amc].filter((part) => part !== null);
  for (const state of NEEDS_A_PERSON) if (parts.includes(state)) return state;
  const [first = 'RECEIVED'] = [...parts].sort((a, b) => ADVANCE.indexOf(a) - ADVANCE.indexOf(b));
  return first;
}
