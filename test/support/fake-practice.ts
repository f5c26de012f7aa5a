/** A synthetic practice as the application would show it: three practitioners, their cards, and one day of work. Invented throughout. */
import type { Explained, FileView, InvoiceView, LotView } from '../../src/teletrans/application/port';
import type { PartState } from '../../src/teletrans/domain/states';
import type { CardHolder, Situation } from '../../src/teletrans/reader/port';
import { sentence } from './fake-catalogue';

export const TODAY = '2026-11-20';
export const NOW = new Date('2026-11-20T16:42:00Z');

export const DUPONT = '999000011';
export const MOREL = '999000029';
export const KERVELLA = '999000037';

export interface FakeCard {
  readonly file: string;
  readonly holder: CardHolder;
  /** What the fake card compares the bytes with. */
  readonly code: string;
  triesLeft: number;
  readonly situations: readonly Situation[];
}

const situation = (number: string, billingNumber: string): Situation => ({
  number,
  billingNumber,
  structure: billingNumber,
  convention: '1',
  specialty: '19',
  tariffZone: '10',
  signsInvoice: true,
  signsLot: true,
  valid: true,
});

const holder = (lastName: string, firstName: string, rpps: string): CardHolder => ({ lastName, firstName, rpps, profession: '40' });

export function fakeCards(): FakeCard[] {
  return [
    {
      file: 'cartes/dupont.json',
      holder: holder('DUPONT', 'CLAIRE', '99900000011'),
      code: '1234',
      triesLeft: 3,
      situations: [situation('1', DUPONT), situation('2', DUPONT)],
    },
    {
      file: 'cartes/morel.json',
      holder: holder('MOREL', 'HUGO', '99900000029'),
      code: '5678',
      triesLeft: 3,
      situations: [situation('1', MOREL)],
    },
    {
      file: 'cartes/kervella.json',
      holder: holder('KERVELLA', 'NOLWENN', '99900000037'),
      code: '2468',
      triesLeft: 1,
      situations: [situation('1', KERVELLA)],
    },
    {
      file: 'cartes/bloquee.json',
      holder: holder('BLANCHET', 'YVES', '99900000045'),
      code: '1357',
      triesLeft: 0,
      situations: [situation('1', '999000045')],
    },
  ];
}

export const PRACTITIONERS = [
  { billingNumber: DUPONT, name: 'DUPONT CLAIRE' },
  { billingNumber: MOREL, name: 'MOREL HUGO' },
  { billingNumber: KERVELLA, name: 'KERVELLA NOLWENN' },
] as const;

const PAYERS = ['CPAM Ille-et-Vilaine', 'MSA Portes de Bretagne', 'CPAM Morbihan'] as const;

/** One invoice; `rank` decides its number, payer and amounts. */
export function fakeInvoice(rank: number, state: PartState, changes: Partial<InvoiceView> = {}): InvoiceView {
  const fees = 2300 + ((rank * 7919) % 90000);
  const amo = Math.round(fees * 0.6);
  return {
    id: `f-${rank}`,
    number: String(rank).padStart(9, '0'),
    kind: 'FSE',
    practitioner: DUPONT,
    situation: '1',
    state,
    amo: state,
    amc: null,
    lot: null,
    lotId: null,
    fileId: null,
    deadline: '2026-12-02',
    late: false,
    completedOn: TODAY,
    fees,
    amoAmount: amo,
    amcAmount: 0,
    payer: PAYERS[rank % PAYERS.length] ?? null,
    held: null,
    releasable: false,
    sheet: state === 'NO_ACK_EXPECTED' ? 'owed' : null,
    notes: [],
    ...changes,
  };
}

export function fakeLot(number: string, invoices: readonly InvoiceView[], changes: Partial<LotView> = {}): LotView {
  const sum = (pick: (invoice: InvoiceView) => number): number => invoices.reduce((total, invoice) => total + pick(invoice), 0);
  return {
    id: `l-${number}`,
    number,
    lotDate: TODAY,
    kind: invoices[0]?.kind ?? 'FSE',
    practitioner: invoices[0]?.practitioner ?? DUPONT,
    situation: invoices[0]?.situation ?? '1',
    security: 'S',
    payer: invoices[0]?.payer ?? '',
    invoices: invoices.map((invoice) => invoice.number),
    fees: sum((invoice) => invoice.fees),
    amo: sum((invoice) => invoice.amoAmount),
    amc: sum((invoice) => invoice.amcAmount),
    state: 'SENT',
    fileId: null,
    ack: null,
    releasable: false,
    ...changes,
  };
}

export function fakeFile(fileId: string, lots: readonly LotView[], changes: Partial<FileView> = {}): FileView {
  return {
    id: `t-${fileId}`,
    fileId,
    kind: lots[0]?.kind ?? 'FSE',
    recipient: `CT00000${fileId}999`,
    payer: lots[0]?.payer ?? '',
    lots: lots.map((lot) => ({ number: lot.number, invoices: lot.invoices })),
    sha256: fileId.padStart(64, 'a'),
    messageId: `<${fileId}@practice.test.invalid>`,
    state: 'HANDED_OVER',
    encrypted: true,
    createdAt: '2026-11-19T17:02:11Z',
    handedOverAt: '2026-11-19T17:02:14Z',
    attempts: 1,
    attemptList: [],
    failure: null,
    nextTryAt: null,
    resendable: changes.state === 'UNCERTAIN' || changes.state === 'OVERDUE',
    ...changes,
  };
}

export interface FakeDay {
  readonly invoices: InvoiceView[];
  readonly lots: LotView[];
  readonly files: FileView[];
}

const inLot = (invoices: readonly InvoiceView[], lot: LotView, file: FileView): InvoiceView[] =>
  invoices.map((invoice) => ({ ...invoice, lot: lot.number, lotId: lot.id, fileId: file.fileId }));

/** Ready, held, late, sent, in doubt, refused, acknowledged: a day with something of everything. */
export function fakeDay(): FakeDay {
  const explain = (code: string, details: Readonly<Record<string, string | number>> = {}): Explained => sentence({ code, details });
  const ready = [
    ...[201, 202, 203, 204, 205].map((rank) => fakeInvoice(rank, 'READY')),
    fakeInvoice(206, 'READY', { deadline: TODAY, completedOn: '2026-11-17' }),
    fakeInvoice(207, 'READY', { deadline: '2026-11-18', completedOn: '2026-11-06', late: true, notes: [explain('FAC-022', { n: 2 })] }),
    ...[208, 209].map((rank) => fakeInvoice(rank, 'READY', { situation: '2' })),
    fakeInvoice(210, 'READY', { kind: 'DRE', amo: null, amc: 'READY', amoAmount: 0, amcAmount: 1619, payer: 'Mutuelle Armor Santé' }),
    ...[211, 212, 213, 214].map((rank) => fakeInvoice(rank, 'READY', { practitioner: MOREL })),
    fakeInvoice(215, 'READY', { practitioner: KERVELLA, deadline: TODAY }),
  ];
  const held = [
    fakeInvoice(301, 'HELD', { held: explain('FAC-006', { r: '01', c: '352', k: '0100' }), payer: null }),
    fakeInvoice(302, 'HELD', { held: explain('FAC-027', { champ: 'nom de famille' }), practitioner: MOREL }),
  ];
  const groups: [number[], PartState, LotView['state'], FileView['state'], string][] = [
    [[101, 104, 107], 'ACKED', 'ACKED', 'ACKED', '000041'],
    [[102, 105], 'NACKED', 'NACKED', 'REJECTED', '000042'],
    [[103, 106], 'UNCERTAIN', 'UNCERTAIN', 'UNCERTAIN', '000043'],
    [[108, 111], 'SENT', 'SENT', 'HANDED_OVER', '000044'],
  ];
  const day: FakeDay = { invoices: [...ready, ...held], lots: [], files: [] };
  for (const [index, [ranks, state, lotState, fileState, fileId]] of groups.entries()) {
    const invoices = ranks.map((rank) => fakeInvoice(rank, state, { completedOn: '2026-11-19', deadline: '2026-12-01' }));
    const bare = fakeLot(String(121 + index), invoices, { lotDate: '2026-11-19', state: lotState, fileId });
    const ack =
      lotState === 'ACKED'
        ? { code: '0000', label: 'LOT ACCEPTE', at: '2026-11-20T05:10:00Z' }
        : lotState === 'NACKED'
          ? { code: 'L008', label: 'LOT DEJA RECU', at: '2026-11-20T05:10:02Z' }
          : null;
    const lot = { ...bare, ack, releasable: lotState === 'NACKED' };
    const failure = fileState === 'UNCERTAIN' ? explain('TRA-007') : null;
    const file = fakeFile(fileId, [lot], { state: fileState, failure, ...(failure === null ? {} : { handedOverAt: null }) });
    day.lots.push(lot);
    day.files.push(file);
    day.invoices.push(...inLot(invoices, lot, file));
  }
  const degraded = fakeInvoice(112, 'NO_ACK_EXPECTED', { notes: [explain('FAC-021')], completedOn: '2026-11-18' });
  day.invoices.push(degraded);
  return day;
}

/** What such a day asks for, most pressing first. */
export function fakeAdvice({ invoices, lots, files }: FakeDay): Explained[] {
  const ready = invoices.filter((invoice) => invoice.state === 'READY');
  const due = ready.filter((invoice) => invoice.deadline === TODAY).length;
  return [
    ...(files.some((file) => file.state === 'UNCERTAIN') ? [sentence({ code: 'TRA-007', details: {} })] : []),
    ...(due > 0 ? [sentence({ code: 'FAC-023', details: { n: due } })] : []),
    ...(ready.some((invoice) => invoice.late) ? [sentence({ code: 'FAC-022', details: { n: 2 } })] : []),
    ...lots.flatMap((lot) => (lot.state === 'NACKED' ? [sentence({ code: 'RET-002', details: { libelle: lot.ack?.label ?? '' } })] : [])),
  ];
}
