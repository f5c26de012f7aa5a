import fc from 'fast-check';
import {
  endsIncident,
  incidentsIn,
  mayProbe,
  stops,
  type BrakeEvidence,
  type BrakeIncident,
  type BrakeSignal,
} from '../../../src/teletrans/sending/brake/rules';

const LIMITS = { lots: 3, payers: 2, windowMs: 86_400_000, missingArl: true };
const TABLE = { watchedFailures: ['TRA-004'], arlAboutInvoices: ['L008'], noticeCodes: ['W001'], probeEveryHours: 4 };
const payer = (n: number): BrakeSignal['payer'] => ({ type: 'CP', number: String(n), label: `Caisse ${n}` });
const signal = (change: Partial<BrakeSignal> = {}): BrakeSignal => ({
  cause: 'negative-arl',
  code: 'F008',
  payer: payer(1),
  lots: 1,
  at: '2026-11-20T10:00:00.000Z',
  ...change,
});
const incident = (change: Partial<BrakeIncident> = {}): BrakeIncident => ({
  id: 'i',
  cause: 'negative-arl',
  code: 'F008',
  since: '2026-11-20T10:00:00.000Z',
  everything: false,
  payers: [payer(1)],
  lots: 3,
  probedAt: null,
  ...change,
});

describe('failures look systemic', () => {
  it('when two payers fail with one code: everything stops', () => {
    expect(incidentsIn([signal(), signal({ payer: payer(2) })], LIMITS)).toMatchObject([{ everything: true, lots: 2 }]);
  });

  it('when three lots of one payer fail with one code: that payer stops, alone', () => {
    expect(incidentsIn([signal({ lots: 2 }), signal()], LIMITS)).toMatchObject([{ everything: false, payers: [payer(1)], lots: 3 }]);
    expect(incidentsIn([signal({ lots: 2 })], LIMITS)).toEqual([]);
  });

  it('not when the codes or the causes differ', () => {
    expect(
      incidentsIn([signal(), signal({ payer: payer(2), code: 'L004' }), signal({ payer: payer(2), cause: 'refusals' })], LIMITS),
    ).toEqual([]);
  });

  it('at once, for itself alone, when a payer asks not to send again', () => {
    expect(
      incidentsIn([signal({ cause: 'notice', code: 'W001' }), signal({ cause: 'notice', code: 'W001', payer: payer(2) })], LIMITS),
    ).toMatchObject([{ everything: false, payers: [payer(1), payer(2)] }]);
  });

  it('never for everybody when others are known to be well', () => {
    const alone = { cause: 'missing-arl', code: '', alone: true } as const;
    expect(incidentsIn([signal({ ...alone, lots: 3 }), signal({ ...alone, payer: payer(2) })], LIMITS)).toMatchObject([
      { everything: false, payers: [payer(1)] },
    ]);
  });

  it('whatever the order of the signals', () => {
    const some = fc.array(
      fc.record({
        payer: fc.integer({ min: 1, max: 3 }).map(payer),
        lots: fc.integer({ min: 1, max: 3 }),
        code: fc.constantFrom('F008', 'L004'),
      }),
      { maxLength: 8 },
    );
    const shape = (signals: readonly BrakeSignal[]): unknown =>
      incidentsIn(signals, LIMITS)
        .map(({ code, everything, lots, payers }) => [code, everything, lots, payers.map(({ number }) => number).sort()].join(' '))
        .sort();
    fc.assert(
      fc.property(some, (changes) => {
        const signals = changes.map((change) => signal(change));
        expect(shape([...signals].reverse())).toEqual(shape(signals));
      }),
    );
  });
});

describe('an incident', () => {
  const evidence = (change: Partial<BrakeEvidence> = {}): BrakeEvidence => ({
    kind: 'positive',
    payer: payer(1),
    at: '2026-11-20T12:00:00.000Z',
    sentAt: '2026-11-20T11:00:00.000Z',
    ...change,
  });

  it('stops its payers, or everybody', () => {
    expect(stops(incident(), payer(1))).toBe(true);
    expect(stops(incident(), payer(2))).toBe(false);
    expect(stops(incident({ everything: true }), payer(2))).toBe(true);
  });

  it('is over when what failed has worked for one it struck, after it began', () => {
    expect(endsIncident(incident(), evidence())).toBe(true);
    expect(endsIncident(incident({ cause: 'refusals' }), evidence({ kind: 'handed-over' }))).toBe(true);
    expect(endsIncident(incident({ cause: 'notice' }), evidence({ kind: 'negative', sentAt: '' }))).toBe(true);
    expect(endsIncident(incident({ cause: 'missing-arl' }), evidence({ kind: 'notice', sentAt: '' }))).toBe(true);
  });

  it.each<[string, Partial<BrakeIncident>, Partial<BrakeEvidence>]>([
    ['by a late yes to what was sent before', {}, { sentAt: '2026-11-20T09:00:00.000Z' }],
    ['by another payer', {}, { payer: payer(2) }],
    ['by a refusal', {}, { kind: 'negative' }],
    ['by a handing over, where ARL are refused', {}, { kind: 'handed-over' }],
    ['by the payer’s own notice again', { cause: 'notice' }, { kind: 'notice' }],
    ['by what came before it', { cause: 'missing-arl' }, { at: '2026-11-20T10:00:00.000Z' }],
    ['by a mere handing over, where ARL are missing', { cause: 'missing-arl' }, { kind: 'handed-over' }],
  ])('is not over %s', (_why, change, said) => {
    expect(endsIncident(incident(change), evidence(said))).toBe(false);
  });

  it('lets one file through now and then to see, never against a payer’s own request', () => {
    expect(mayProbe(incident(), TABLE, new Date('2026-11-20T13:59:59Z'))).toBe(false);
    expect(mayProbe(incident(), TABLE, new Date('2026-11-20T14:00:00Z'))).toBe(true);
    expect(mayProbe(incident({ probedAt: '2026-11-20T14:00:00.000Z' }), TABLE, new Date('2026-11-20T17:00:00Z'))).toBe(false);
    expect(mayProbe(incident({ cause: 'notice' }), TABLE, new Date('2026-12-20T14:00:00Z'))).toBe(false);
  });
});
