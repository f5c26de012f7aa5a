/** The card in the application: what is said before the code, who may seal what, and the session nobody attends. */
import { cardExpiry, cardProblem } from '../../../src/teletrans/application/card-check';
import { closeDay } from '../../../src/composition/in-host/day-close';
import type { ReaderStatus } from '../../../src/teletrans/reader/port';
import { sampleInvoices } from '../../support/invoices';
import { openRig, situation, type Rig } from '../../support/practice-rig';

const DUPONT = '999000011';
const LOCUM = '999000029';
const NOW = new Date('2026-11-20T18:30:00+01:00');
const DAY_MS = 86_400_000;

const card = (change: Partial<Extract<ReaderStatus, { state: 'card' }>> = {}): ReaderStatus => ({
  state: 'card',
  reader: 'L',
  cardId: 'c',
  holder: { lastName: 'DUPONT', firstName: 'CLAIRE', rpps: '99900000011', profession: '40' },
  triesLeft: 3,
  maxTries: 3,
  keypad: false,
  validUntil: null,
  ...change,
});
const endingIn = (days: number): ReaderStatus => card({ validUntil: new Date(NOW.getTime() + days * DAY_MS + 1000).toISOString() });

describe('what is known of a card before its code', () => {
  it.each([
    [61, null],
    [60, 60],
    [31, 60],
    [30, 30],
    [8, 30],
    [7, 7],
    [0, 7],
  ] as const)('ending in %i days, it is announced at the stage of %s days', (days, stage) => {
    expect(cardExpiry(endingIn(days), NOW)).toEqual(stage === null ? null : { stage, reason: { code: 'CPS-009', details: { n: days } } });
  });

  it('over, it is told with its date and no code is asked', () => {
    const over = card({ validUntil: '2026-11-19T22:59:00.000Z' });
    expect(cardProblem(over, NOW)).toEqual({ code: 'CPS-008', details: { date: '19/11/2026' } });
    expect(cardExpiry(over, NOW)).toBeNull();
  });

  it.each([
    ['no reader', 'LEC-001', { state: 'no-reader' }],
    ['no card', 'CPS-001', { state: 'no-card', reader: 'L' }],
    ['a stopped service', 'LEC-002', { state: 'unavailable', errorCode: 'LEC-002' }],
    ['a Vitale card', 'CPS-019', { state: 'not-a-cps', reader: 'L', errorCode: 'CPS-019' }],
    ['a blocked card', 'CPS-005', card({ triesLeft: 0 })],
    ['a card with one try left', 'CPS-004', card({ triesLeft: 1 })],
  ] as const)('%s is told as %s', (_, code, status) => {
    expect(cardProblem(status, NOW)).toMatchObject({ code });
  });
});

describe('a practice with a card', () => {
  let rig: Rig;
  beforeEach(async () => {
    rig = await openRig();
    for (const invoice of sampleInvoices()) await rig.app.take(invoice);
  });
  afterEach(() => rig.close());

  const closing = (): ReturnType<typeof closeDay> => closeDay(rig.app, 60_000, 'nobody');
  const openForHours = async (hours: number): Promise<void> => {
    await rig.app.openCard(Buffer.from('1234'), false);
    rig.app.keepCardOpen(hours * 60);
  };

  it('spends no try of a card that has expired', async () => {
    rig.reader.validUntil = '2026-11-19T22:59:00.000Z';
    await expect(rig.app.openCard(Buffer.from('0000'), false)).rejects.toMatchObject({ code: 'CPS-008' });
    expect(rig.reader.tries).toBe(3);
    expect((await rig.app.cardReport()).problem).toMatchObject({ code: 'CPS-008' });
  });

  it('announces the end of the card in the reader', async () => {
    rig.reader.validUntil = new Date(NOW.getTime() + 20 * DAY_MS).toISOString();
    expect((await rig.app.cardReport()).expiry).toMatchObject({ stage: 30, notice: { code: 'CPS-009' } });
  });

  it.each([
    ['lots', { signsLot: false }, 'CPS-011'],
    ['invoices', { signsInvoice: false }, 'CPS-012'],
  ] as const)('seals nothing without the right to sign %s, and says so of each invoice', async (_, right, code) => {
    rig.reader.situations = [
      { ...situation('1', DUPONT), ...right },
      { ...situation('2', DUPONT), ...right },
    ];
    const report = await rig.transmit(DUPONT);
    expect(report.files).toEqual([]);
    expect(new Set(report.held.map((held) => held.code))).toEqual(new Set([code]));
    expect(rig.reader.signatures).toBe(0);
  });

  it('proposes the situation a person chose last time, practitioner by practitioner', async () => {
    const last = async (): Promise<unknown> =>
      (await rig.app.overview()).practitioners.map(({ billingNumber, lastSituation }) => [billingNumber, lastSituation]);
    await rig.app.openCard(Buffer.from('1234'), false);
    await rig.app.transmit({ practitioner: DUPONT, situation: '2', chosen: true }, () => undefined);
    await rig.transmit(DUPONT);
    expect(await last()).toEqual(expect.arrayContaining([[DUPONT, '2']]));
    expect(await last()).not.toEqual(expect.arrayContaining([['999000029', '2']]));
  });

  it('says of invoices a locum seals that they stay in the locum’s queue, and seals none of them with the practitioner’s card', async () => {
    const queued = async (): Promise<number> =>
      (await rig.app.overview()).practitioners.find(({ billingNumber }) => billingNumber === LOCUM)?.ready ?? 0;
    const before = await queued();
    const [own] = sampleInvoices().filter(({ kind, practitioner }) => kind === 'FSE' && practitioner.billingNumber === DUPONT);
    const practitioner = { ...own!.practitioner, replacement: LOCUM };
    await rig.app.take({ ...own!, id: 'LW-REMPLACANT-1', number: '000000901', practitioner });
    const { elsewhere } = await rig.app.preflight({ practitioner: DUPONT, situation: null });
    expect(elsewhere).toEqual([
      { signer: LOCUM, name: 'MOREL JEAN', invoices: 1, reason: expect.objectContaining({ code: 'CPS-017' }) as unknown },
    ]);
    await rig.transmit(DUPONT);
    const { invoices } = await rig.app.overview();
    expect(invoices.find(({ number }) => number === '000000901')?.state).toBe('READY');
    expect(await queued()).toBe(before + 1);
  });

  describe('at the closing of the day', () => {
    it('answers needs-card without an unattended session, even with a card opened for something else', async () => {
      expect(await closing()).toMatchObject({ outcome: 'needs-card', reason: { code: 'HOT-007' } });
      await rig.app.openCard(Buffer.from('1234'), false);
      expect(await closing()).toMatchObject({ outcome: 'needs-card' });
      // That card is still open for what it was opened for.
      expect(rig.app.openedCard()).not.toBeNull();
      expect(rig.reader.signatures).toBe(0);
    });

    it('sends with the unattended session, which stays open and is told', async () => {
      await openForHours(2);
      const view = rig.app.openedCard();
      expect(view).toMatchObject({ holderName: 'DUPONT CLAIRE', unattended: { until: '2026-11-20T19:30:00.000Z' } });
      expect((await closing()).counts.files).toBeGreaterThan(0);
      expect(rig.app.openedCard()).toEqual(view);
      // A transmission by hand does not end it either.
      await rig.app.transmit({ practitioner: DUPONT, situation: null }, () => undefined);
      expect(rig.app.openedCard()).toEqual(view);
    });

    it.each([
      ['its time is over', async (): Promise<void> => rig.setNow('2026-11-20T20:30:00+01:00')],
      ['the person ends it', (): Promise<void> => rig.app.closeCard()],
      ['the workstation is locked', (): Promise<void> => rig.app.closeCard(true)],
      [
        'the card is taken out',
        async (): Promise<void> => {
          await rig.app.readerStatus();
          const closed = new Promise<void>((resolve) => {
            rig.app.onChange(() => (rig.app.openedCard() === null ? resolve() : undefined));
          });
          rig.reader.takeOut();
          await closed;
        },
      ],
    ])('answers needs-card again once %s', async (_, end) => {
      await openForHours(2);
      await end();
      expect(await closing()).toMatchObject({ outcome: 'needs-card' });
      expect(rig.app.openedCard()).toBeNull();
      expect(rig.reader.signatures).toBe(0);
    });

    it('is not prepared without an opened card', () => {
      expect(() => rig.app.keepCardOpen(60)).toThrow(expect.objectContaining({ code: 'CPS-027' }) as Error);
    });
  });
});
