import fc from 'fast-check';
import { isVitaleError } from '../../../src/teletrans/domain/errors';
import {
  canStepFile,
  canStepLot,
  canStepPart,
  deriveState,
  stepFile,
  stepLot,
  stepPart,
  type FileState,
  type LotState,
  type PartState,
} from '../../../src/teletrans/domain/states';

/** `from,from -> to,to` for each row of spec/lots-and-files.md § 6 that changes a state; after `+`, the steps we added and why. */
const PART_ROWS = `
4 RECEIVED -> READY
5 RECEIVED -> HELD
6 HELD -> READY
7 READY -> HELD
8 RECEIVED,HELD,READY -> CANCELLED
9 READY -> IN_LOT
10 IN_LOT -> READY
11 IN_LOT -> SEALED
12 SEALED -> SENT
13 SEALED -> UNCERTAIN
14 SEALED -> NO_ACK_EXPECTED
14b NO_ACK_EXPECTED -> NACKED
15 UNCERTAIN -> ACKED
16 UNCERTAIN -> NACKED
17 UNCERTAIN -> SENT
18 UNCERTAIN -> SEALED
20 SENT -> ACKED
21 SENT -> NACKED
22 SENT -> ACK_OVERDUE
23 ACK_OVERDUE -> ACKED,NACKED
24 ACK_OVERDUE -> SENT
25 ACK_OVERDUE,NACKED -> PAPER_DUPLICATE
26 NACKED -> READY
27 NACKED -> TO_CORRECT
28 TO_CORRECT -> RECYCLED
29 TO_CORRECT -> CANCELLED
30 ACKED -> CLOSED_NO_RSP
31 ACKED,SENT,ACK_OVERDUE,UNCERTAIN -> PAID
32 ACKED,SENT,ACK_OVERDUE,UNCERTAIN -> PART_PAID
33 ACKED,SENT,ACK_OVERDUE,UNCERTAIN -> REJECTED
35 PAID,PART_PAID -> PART_PAID,REVERSED
36 REJECTED -> RECYCLED
37 REJECTED,PART_PAID -> CLOSED_BY_PERSON
38 PART_PAID -> PAID
39 NO_ACK_EXPECTED -> CLOSED_NO_RSP,PAID,PART_PAID,REJECTED
40 PAPER_DUPLICATE -> PAID,REJECTED,CLOSED_BY_PERSON
41 PAID,CLOSED_NO_RSP,CLOSED_BY_PERSON,RECYCLED,CANCELLED,REVERSED -> ARCHIVED
+impossible-to-write IN_LOT -> HELD
+held-for-good HELD -> PAPER_DUPLICATE
+lot-cancelled SEALED -> READY
+degraded-in-doubt-then-handed-over UNCERTAIN -> NO_ACK_EXPECTED
+lot-declared-impossible UNCERTAIN -> PAPER_DUPLICATE
+answered-after-a-refusal NACKED,TO_CORRECT -> PAID,PART_PAID,REJECTED
+paid-after-all REJECTED,REVERSED -> PAID,PART_PAID
+paper-part-paid PAPER_DUPLICATE -> PART_PAID`;

const LOT_ROWS = `
5 NUMBERED -> SEALING
6 NUMBERED -> CANCELLED
7 SEALING -> SEALED
8,9 SEALING -> NUMBERED
10 SEALED -> IN_FILE
11 IN_FILE -> SEALED
12 SEALED -> CANCELLED
13 IN_FILE -> SENT
14 IN_FILE -> UNCERTAIN
15 UNCERTAIN -> ACKED,NACKED,SENT,IN_FILE
16 SENT -> ACKED,NACKED,ACK_OVERDUE
17 ACK_OVERDUE -> ACKED,NACKED
18 ACK_OVERDUE -> SENT
19 NACKED -> ABANDONED
20 ACK_OVERDUE,NACKED,UNCERTAIN -> ABANDONED
21 ACKED,ABANDONED,CANCELLED -> ARCHIVED
+all-its-invoices-settled-without-an-arl SENT,ACK_OVERDUE -> ARCHIVED`;

const FILE_ROWS = `
2 PREPARED -> FROZEN
3 PREPARED -> CANCELLED
4 FROZEN -> ATTEMPT
5 ATTEMPT -> HANDED_OVER
6 ATTEMPT -> TEMP_FAILED
7 ATTEMPT -> PERM_FAILED
8,9 ATTEMPT -> UNCERTAIN
10 TEMP_FAILED -> ATTEMPT
12 PERM_FAILED -> FROZEN
12b PERM_FAILED,TEMP_FAILED -> FROZEN
13 PERM_FAILED -> CANCELLED
14 UNCERTAIN -> ACKED,REJECTED,MIXED
15 UNCERTAIN -> HANDED_OVER,TEMP_FAILED
16 UNCERTAIN -> ATTEMPT
17 HANDED_OVER -> ACKED,REJECTED,MIXED
19 HANDED_OVER -> PERM_FAILED,TEMP_FAILED
20 HANDED_OVER -> OVERDUE
21 OVERDUE -> ACKED,REJECTED,MIXED
22 OVERDUE -> ATTEMPT
23 ACKED,REJECTED,MIXED,CANCELLED -> ARCHIVED
+lots-back-to-sealed-before-any-attempt FROZEN -> CANCELLED
+sent-again-in-vain-the-first-handing-over-stands ATTEMPT -> OVERDUE
+all-its-lots-archived HANDED_OVER,OVERDUE -> ARCHIVED`;

const PARTS: readonly PartState[] = [
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
];
const LOTS: readonly LotState[] = [
  'NUMBERED',
  'SEALING',
  'SEALED',
  'IN_FILE',
  'SENT',
  'UNCERTAIN',
  'ACKED',
  'NACKED',
  'ACK_OVERDUE',
  'CANCELLED',
  'ABANDONED',
  'ARCHIVED',
];
const FILES: readonly FileState[] = [
  'PREPARED',
  'FROZEN',
  'ATTEMPT',
  'HANDED_OVER',
  'TEMP_FAILED',
  'PERM_FAILED',
  'UNCERTAIN',
  'ACKED',
  'REJECTED',
  'MIXED',
  'OVERDUE',
  'CANCELLED',
  'ARCHIVED',
];

/** Every allowed step of a table of rows, `from>to`. */
function stepsOf(rows: string): string[] {
  const steps = new Set<string>();
  for (const [, from = '', to = ''] of rows.matchAll(/^\S+ (\S+) -> (\S+)$/gm)) {
    for (const a of from.split(',')) for (const b of to.split(',')) steps.add(`${a}>${b}`);
  }
  return [...steps].sort();
}

function allowed<S extends string>(states: readonly S[], can: (from: S, to: S) => boolean): string[] {
  return states.flatMap((from) => states.filter((to) => can(from, to)).map((to) => `${from}>${to}`)).sort();
}

describe('the state machines', () => {
  it('allow to an invoice part the steps of the spec and no other', () => {
    expect(allowed(PARTS, canStepPart)).toEqual(stepsOf(PART_ROWS));
  });

  it('allow to a lot the steps of the spec and no other', () => {
    expect(allowed(LOTS, canStepLot)).toEqual(stepsOf(LOT_ROWS));
  });

  it('allow to a file the steps of the spec and no other', () => {
    expect(allowed(FILES, canStepFile)).toEqual(stepsOf(FILE_ROWS));
  });

  it('refuse with STO-010, naming both states', () => {
    expect(stepPart('READY', 'IN_LOT')).toBe('IN_LOT');
    expect(stepLot('SEALED', 'IN_FILE')).toBe('IN_FILE');
    expect(stepFile('FROZEN', 'ATTEMPT')).toBe('ATTEMPT');
    const refusals: readonly (readonly [() => string, string, string])[] = [
      [() => stepPart('SENT', 'READY'), 'SENT', 'READY'],
      [() => stepLot('SENT', 'SEALED'), 'SENT', 'SEALED'],
      [() => stepFile('UNCERTAIN', 'FROZEN'), 'UNCERTAIN', 'FROZEN'],
    ];
    for (const [step, a, b] of refusals) {
      let thrown: unknown;
      try {
        step();
      } catch (error) {
        thrown = error;
      }
      expect(isVitaleError(thrown, 'STO-010') && thrown.details).toEqual({ a, b });
    }
  });

  it('let nothing that may have been received go out again as new: a sent part is free only after a refusal', () => {
    for (const from of ['SENT', 'UNCERTAIN', 'ACKED', 'ACK_OVERDUE'] as const) expect(canStepPart(from, 'READY')).toBe(false);
    for (const from of ['ATTEMPT', 'HANDED_OVER', 'UNCERTAIN', 'OVERDUE'] as const) {
      expect(canStepFile(from, 'FROZEN') || canStepFile(from, 'CANCELLED')).toBe(false);
    }
    for (const from of ['SENT', 'UNCERTAIN', 'ACKED', 'ACK_OVERDUE'] as const) {
      expect(canStepLot(from, 'SEALED') || canStepLot(from, 'CANCELLED')).toBe(false);
    }
  });

  it('leave nothing after the archive', () => {
    for (const to of PARTS) expect(canStepPart('ARCHIVED', to)).toBe(false);
    for (const to of LOTS) expect(canStepLot('ARCHIVED', to)).toBe(false);
    for (const to of FILES) expect(canStepFile('ARCHIVED', to)).toBe(false);
  });
});

describe('the state of the whole invoice', () => {
  const part = fc.constantFrom(...PARTS);
  const PRESSING: readonly PartState[] = ['UNCERTAIN', 'HELD', 'NACKED', 'REJECTED', 'TO_CORRECT', 'ACK_OVERDUE'];

  it('is that of its only part', () => {
    for (const state of PARTS) {
      expect(deriveState(state, null)).toBe(state);
      expect(deriveState(null, state)).toBe(state);
      expect(deriveState(state, state)).toBe(state);
    }
  });

  it('is always the state of one of its parts, whichever stands first', () => {
    fc.assert(
      fc.property(part, part, (amo, amc) => {
        const whole = deriveState(amo, amc);
        return (whole === amo || whole === amc) && whole === deriveState(amc, amo);
      }),
    );
  });

  it('is the part that needs a person most', () => {
    fc.assert(
      fc.property(part, part, (amo, amc) => {
        const most = PRESSING.find((state) => state === amo || state === amc);
        return most === undefined || deriveState(amo, amc) === most;
      }),
    );
  });

  it.each<[PartState, PartState, PartState]>([
    ['READY', 'ACKED', 'READY'],
    ['PAID', 'SENT', 'SENT'],
    ['PAID', 'ACKED', 'ACKED'],
    ['PAID', 'PART_PAID', 'PART_PAID'],
    ['ACKED', 'NO_ACK_EXPECTED', 'NO_ACK_EXPECTED'],
    ['PAID', 'REJECTED', 'REJECTED'],
    ['ARCHIVED', 'PAID', 'PAID'],
    ['SEALED', 'IN_LOT', 'IN_LOT'],
  ])('of %s and %s is %s', (amo, amc, whole) => {
    expect(deriveState(amo, amc)).toBe(whole);
  });
});
