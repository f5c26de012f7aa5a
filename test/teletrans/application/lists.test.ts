/** The lists of the window say what the whole day says, whatever it holds, however they are chosen, sorted and cut. */
import fc from 'fast-check';
import type {
  FileColumn,
  FilesAsked,
  InvoiceColumn,
  InvoicesAsked,
  ListAsked,
  ListPage,
  LotColumn,
  LotsAsked,
} from '../../../src/teletrans/application/lists/port';
import { PART_STATES, type FileState, type LotState, type PartState } from '../../../src/teletrans/domain/states';
import type { ShownState } from '../../../src/teletrans/domain/paper-sheet';
import type { Invoice } from '../../../src/teletrans/domain/invoice';
import type { StoredFile, StoredInvoice, StoredLot, StoreSession } from '../../../src/teletrans/store/port';
import * as oracle from '../../support/list-oracle';
import { sampleInvoices } from '../../support/invoices';
import { openRig, type Rig } from '../../support/practice-rig';
import { aFile, aLot, anAttempt, anInvoice, anInvoiceBody, RECIPIENT } from '../store/samples';

const LOT_STATES: readonly LotState[] = [
  'NUMBERED',
  'SEALED',
  'SENT',
  'UNCERTAIN',
  'ACKED',
  'NACKED',
  'ACK_OVERDUE',
  'ABANDONED',
  'ARCHIVED',
];
const FILE_STATES: readonly FileState[] = [
  'FROZEN',
  'HANDED_OVER',
  'TEMP_FAILED',
  'PERM_FAILED',
  'UNCERTAIN',
  'ACKED',
  'MIXED',
  'ARCHIVED',
];
const SHOWN: readonly ShownState[] = [...PART_STATES, 'SHEET_SENT'].reverse() as ShownState[];
/** One nobody of the practice has. */
const BILLING = ['999000011', '999000029', '999000037', '999000052'] as const;
const LABELS = ['CPAM d’Ille-et-Vilaine', 'Mutuelle Égalité', 'MUTUELLE EGALITE 35', 'Armor Santé'] as const;
/** Relative to the day of the rig, 2026-11-20. */
const DEADLINES = ['2026-11-18', '2026-11-20', '2026-12-02'] as const;

const oneOf = <T>(values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values);
const centimes = fc.integer({ min: 0, max: 99_999 });

interface RandomInvoice {
  readonly states: readonly [PartState | null, PartState | null];
  readonly dre: boolean;
  readonly fund: '352' | '999';
  readonly billingNumber: string;
  readonly deadline: string;
  readonly amounts: StoredInvoice['amounts'];
  readonly sheetSent: boolean;
  readonly lot: number | null;
}

const parts = oneOf(PART_STATES).chain((amo) => fc.tuple(fc.constant<PartState | null>(amo), fc.option(oneOf(PART_STATES), { freq: 3 })));
const invoices: fc.Arbitrary<RandomInvoice> = fc.record({
  states: fc.oneof(
    parts,
    oneOf(PART_STATES).map((amc): [null, PartState] => [null, amc]),
  ),
  dre: fc.boolean(),
  fund: oneOf(['352', '999'] as const),
  billingNumber: oneOf(BILLING),
  deadline: oneOf(DEADLINES),
  amounts: fc.record({ fees: centimes, amo: centimes, amc: centimes }),
  sheetSent: fc.boolean(),
  lot: fc.option(fc.nat(5), { freq: 3 }),
});
const lots = fc.record({
  state: oneOf(LOT_STATES),
  billingNumber: oneOf(BILLING),
  label: oneOf(LABELS),
  lotDate: oneOf(['2026-11-18', '2026-11-19', '2026-11-20']),
  totals: fc.record({ fees: centimes, amo: centimes, amc: centimes }),
  file: fc.option(fc.nat(3), { freq: 4 }),
  answered: fc.boolean(),
});
const files = fc.record({
  state: oneOf(FILE_STATES),
  label: oneOf(LABELS),
  hour: fc.integer({ min: 10, max: 12 }),
  attempts: fc.nat(2),
});
const days = fc.record({
  invoices: fc.array(invoices, { maxLength: 25 }),
  lots: fc.array(lots, { minLength: 6, maxLength: 6 }),
  files: fc.array(files, { minLength: 4, maxLength: 4 }),
  /** Whether lots are written before the invoices that name them. */
  lotsFirst: fc.boolean(),
});
type RandomDay = typeof days extends fc.Arbitrary<infer D> ? D : never;

/** As a purge leaves it: nothing that lives is in what is archived; and a file carries the lots of one practitioner. */
function sound(day: RandomDay): RandomDay {
  const ownLots = day.lots.map((lot) => {
    const file = lot.file === null || lot.state === 'ARCHIVED' || day.files[lot.file]?.state === 'ARCHIVED' ? null : lot.file;
    return { ...lot, file, billingNumber: file === null ? lot.billingNumber : (BILLING[file] ?? lot.billingNumber) };
  });
  const ownInvoices = day.invoices.map((invoice) => ({
    ...invoice,
    lot: invoice.lot !== null && ownLots[invoice.lot]?.state === 'ARCHIVED' ? null : invoice.lot,
  }));
  return { ...day, lots: ownLots, invoices: ownInvoices };
}

const order = <K extends string>(keys: readonly K[]): fc.Arbitrary<{ readonly key: K; readonly direction: 'asc' | 'desc' }> =>
  fc.record({ key: oneOf(keys), direction: oneOf(['asc', 'desc'] as const) });
const text = oneOf(['', '', 'egalite', 'ÉGALITÉ 3', '00', '1', 'dre', 'fse 2', 'inconnu', '%', `'; --`]);
const practitioner = fc.option(oneOf(BILLING), { freq: 2 });
const some = <S>(states: readonly S[]): fc.Arbitrary<readonly S[] | null> => fc.option(fc.subarray([...states]), { freq: 2 });
const cut = { from: fc.nat(20), count: fc.integer({ min: 1, max: 30 }), view: fc.constant(null) };

const invoiceKeys: readonly InvoiceColumn[] = ['number', 'kind', 'practitioner', 'payer', 'state', 'deadline', 'lot', 'fees', 'amo', 'amc'];
const lotKeys: readonly LotColumn[] = ['number', 'date', 'kind', 'practitioner', 'payer', 'count', 'amo', 'amc', 'state', 'file'];
const fileKeys: readonly FileColumn[] = ['number', 'kind', 'practitioner', 'payer', 'lots', 'count', 'state', 'created', 'attempts'];
const questions = fc.record({
  invoices: fc.record({
    choices: fc.record({ states: some(SHOWN), clock: oneOf([null, null, 'late', 'today'] as const), practitioner, text }),
    order: order(invoiceKeys),
    ...cut,
  }),
  lots: fc.record({ choices: fc.record({ states: some(LOT_STATES), practitioner, text }), order: order(lotKeys), ...cut }),
  files: fc.record({ choices: fc.record({ states: some(FILE_STATES), practitioner, text }), order: order(fileKeys), ...cut }),
});

const lotOf = (own: RandomDay['lots'][number], at: number): StoredLot =>
  aLot({
    billingNumber: own.billingNumber,
    recipient: { ...RECIPIENT, label: own.label },
    number: String(at + 1).padStart(3, '0'),
    lotDate: own.lotDate,
    state: own.state,
    totals: own.totals,
    ack: own.answered ? { code: 'L008', label: 'LOT DEJA RECU', class: 'negative', at: '2026-11-20T05:10:00Z' } : null,
  });

function bodyOf(own: RandomInvoice, number: string): Invoice {
  const body = anInvoiceBody(number);
  const amo = { ...body.amo, fund: own.fund };
  return own.dre ? { ...body, amo, kind: 'DRE', amc: { number: '810000000' } } : { ...body, amo };
}

/** Writes a day as it comes, in an order nobody promised. */
async function write(session: StoreSession, day: RandomDay): Promise<void> {
  const storedLots = day.lots.map(lotOf);
  const storedFiles = day.files.map((own, at): StoredFile => {
    const mine = storedLots.filter((_, lot) => day.lots[lot]?.file === at);
    return aFile({
      fileId: String(41 + at).padStart(6, '0'),
      recipient: { ...RECIPIENT, label: own.label },
      lotIds: mine.map(({ id }) => id),
      state: own.state,
      createdAt: `2026-11-19T${own.hour}:00:00.000Z`,
      invoices: day.invoices.filter(({ lot }) => lot !== null && day.lots[lot]?.file === at).length,
    });
  });
  const drafts = day.invoices.map((own): StoredInvoice =>
    anInvoice({
      kind: own.dre ? 'DRE' : 'FSE',
      amoState: own.states[0],
      amcState: own.states[1],
      billingNumber: own.billingNumber,
      deadline: own.deadline,
      amounts: own.amounts,
      notes: own.sheetSent ? [{ code: 'FAC-041', details: { date: '20/11/2026' } }] : [],
      lotId: own.lot === null ? null : storedLots[own.lot]!.id,
    }),
  );
  const writeInvoices = async (): Promise<void> => {
    for (const [at, draft] of drafts.entries()) {
      // Half of them are taken first and join their lot later, as in life.
      const later = at % 2 === 0;
      await session.invoices.insert({ ...draft, ...(later ? { lotId: null, notes: [] } : {}) }, bodyOf(day.invoices[at]!, draft.number));
      if (later) await session.invoices.update(draft.id, { lotId: draft.lotId, notes: draft.notes });
    }
  };
  const writeLots = async (): Promise<void> => {
    for (const [at, lot] of storedLots.entries()) {
      const { file } = day.lots[at]!;
      const invoiceIds = drafts.flatMap(({ id, lotId }) => (lotId === lot.id ? [id] : []));
      await session.lots.insert({ ...lot, invoiceIds, fileId: file === null ? null : storedFiles[file]!.id });
    }
  };
  const writeFiles = async (): Promise<void> => {
    for (const [at, file] of storedFiles.entries()) {
      await session.files.insert(file);
      for (let rank = 1; rank <= day.files[at]!.attempts; rank++) await session.attempts.insert(anAttempt(file.id, { rank }));
    }
  };
  for (const step of day.lotsFirst ? [writeLots, writeFiles, writeInvoices] : [writeInvoices, writeFiles, writeLots]) await step();
}

/** A page without the name of its order, and its states in any order. */
const shown = <R, S extends string, T>(page: ListPage<R, S, T>): unknown => ({
  ...page,
  view: null,
  states: [...page.states].sort((a, b) => a.state.localeCompare(b.state)),
});

let rig: Rig;
beforeEach(async () => {
  rig = await openRig();
});
afterEach(() => rig.close());

it('every page, count and total is that of the whole day', async () => {
  await fc.assert(
    fc.asyncProperty(days.map(sound), fc.array(questions, { minLength: 4, maxLength: 4 }), async (day, asked) => {
      const own = await openRig();
      try {
        await own.store.transaction((session) => write(session, day));
        const whole = await own.app.overview();
        for (const { invoices: ofInvoices, lots: ofLots, files: ofFiles } of asked) {
          expect(shown(await own.lists.invoices(ofInvoices, SHOWN))).toEqual(shown(oracle.invoicesOf(whole, ofInvoices, SHOWN)));
          expect(shown(await own.lists.lots(ofLots, LOT_STATES))).toEqual(shown(oracle.lotsOf(whole, ofLots, LOT_STATES)));
          expect(shown(await own.lists.files(ofFiles, FILE_STATES))).toEqual(shown(oracle.filesOf(whole, ofFiles, FILE_STATES)));
        }
      } finally {
        await own.close();
      }
    }),
    { numRuns: 40, endOnFailure: true },
  );
}, 300_000);

describe('a day that is really sent', () => {
  const EVERYTHING: InvoicesAsked = {
    choices: { states: null, clock: null, practitioner: null, text: '' },
    order: { key: 'number', direction: 'asc' },
    from: 0,
    count: 500,
    view: null,
  };
  const LOTS: LotsAsked = {
    ...EVERYTHING,
    choices: { states: null, practitioner: null, text: '' },
    order: { key: 'number', direction: 'asc' },
  };
  const FILES: FilesAsked = {
    ...LOTS,
    choices: { states: null, practitioner: null, text: '' },
    order: { key: 'created', direction: 'asc' },
  };
  const agree = async (): Promise<void> => {
    const whole = await rig.app.overview();
    expect(shown(await rig.lists.invoices(EVERYTHING, SHOWN))).toEqual(shown(oracle.invoicesOf(whole, EVERYTHING, SHOWN)));
    expect(shown(await rig.lists.lots(LOTS, LOT_STATES))).toEqual(shown(oracle.lotsOf(whole, LOTS, LOT_STATES)));
    expect(shown(await rig.lists.files(FILES, FILE_STATES))).toEqual(shown(oracle.filesOf(whole, FILES, FILE_STATES)));
  };

  it('is listed as it is before and after, with the payer each invoice goes to', async () => {
    for (const invoice of sampleInvoices()) await rig.app.take(invoice);
    await agree();
    await rig.transmit();
    await agree();
    const { rows } = await rig.lists.invoices(EVERYTHING, SHOWN);
    expect(rows.length).toBeGreaterThan(5);
    expect(rows.every(({ payer, state }) => state === 'HELD' || payer !== null)).toBe(true);
    for (const row of rows) expect(await rig.lists.invoice(row.id)).toEqual(row);
  });

  it('keeps its ranks while one scrolls, whatever changes meanwhile', async () => {
    for (const invoice of sampleInvoices()) await rig.app.take(invoice);
    const asked = <C, K extends string>(one: ListAsked<C, K>, from: number, view: string | null): ListAsked<C, K> => ({
      ...one,
      from,
      count: 3,
      view,
    });
    const first = await rig.lists.invoices(asked(EVERYTHING, 0, null), SHOWN);
    const before = await rig.lists.invoices(asked(EVERYTHING, 3, first.view), SHOWN);
    await rig.store.transaction((session) =>
      session.invoices.insert(anInvoice({ number: '000000000', deadline: '2026-11-01' }), anInvoiceBody('000000000')),
    );
    expect(await rig.lists.invoices(asked(EVERYTHING, 3, first.view), SHOWN)).toEqual(before);
    expect((await rig.lists.invoices(asked(EVERYTHING, 0, null), SHOWN)).rows[0]?.number).toBe('000000000');
  });

  it('answers anew under a new name when the order asked for has been forgotten', async () => {
    for (const invoice of sampleInvoices()) await rig.app.take(invoice);
    const { view } = await rig.lists.invoices(EVERYTHING, SHOWN);
    for (const text of ['1', '2', '3', '4']) await rig.lists.invoices({ ...EVERYTHING, choices: { ...EVERYTHING.choices, text } }, SHOWN);
    const again = await rig.lists.invoices({ ...EVERYTHING, view }, SHOWN);
    expect(again.view).not.toBe(view);
    expect(again.rows.length).toBe(again.count);
  });

  it('has no invoice that is unknown, or in an archive', async () => {
    const gone = anInvoice({ amoState: 'ARCHIVED' });
    await rig.store.transaction((session) => session.invoices.insert(gone, anInvoiceBody(gone.number)));
    expect(await rig.lists.invoice('nobody')).toBeNull();
    expect(await rig.lists.invoice(gone.id)).toBeNull();
    expect(await rig.lists.invoices(EVERYTHING, SHOWN)).toMatchObject({ count: 0, all: 0, rows: [], states: [] });
  });
});
