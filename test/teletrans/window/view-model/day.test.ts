import { glanceOf } from '../../../../src/teletrans/application/glance';
import { wayOf } from '../../../../src/teletrans/window/view-model/advice';
import { join } from 'node:path';
import type { InvoicesAsked, InvoicesPage } from '../../../../src/teletrans/application/lists/port';
import type { Overview } from '../../../../src/teletrans/application/port';
import type { PartState } from '../../../../src/teletrans/domain/states';
import { readStateWords } from '../../../../src/teletrans/window/server/read-state-words';
import type { StateWords } from '../../../../src/teletrans/window/state-words';
import { invoiceRowOf, type InvoiceRow } from '../../../../src/teletrans/window/view-model/invoice-rows';
import { fileRowOf, lotRowOf, releaseQuestion } from '../../../../src/teletrans/window/view-model/lot-rows';
import { inOrderOfWords, invoicesOf, stateChoices, type InvoiceState } from '../../../../src/teletrans/window/view-model/state-choices';
import { headline, returnsNotice, tiles, titleBadge } from '../../../../src/teletrans/window/view-model/summary';
import { fakeInvoice } from '../../../support/fake-practice';
import * as oracle from '../../../support/list-oracle';
import { FakeTeletrans } from '../../../support/fake-teletrans';

let words: StateWords;
let overview: Overview;
beforeAll(async () => {
  words = await readStateWords(join(__dirname, '../../../../addin/tables/state-words.json'));
  overview = await new FakeTeletrans().overview();
});

const EMPTY_DAY: Overview = {
  mode: 'demo',
  now: '2026-11-20T16:42:00Z',
  counts: { ready: 0, held: 0, late: 0, dueToday: 0, sent: 0, uncertain: 0, acked: 0, refused: 0 },
  practitioners: [],
  invoices: [],
  lots: [],
  files: [],
  returns: { unmatched: 0, quarantined: 0 },
  stops: [],
  advice: [],
  busy: false,
};
const NONE: Overview['counts'] = { ready: 0, held: 0, late: 0, dueToday: 0, sent: 0, uncertain: 0, acked: 0, refused: 0 };
const said = (
  counts: Partial<Overview['counts']>,
  states: readonly PartState[] = ['ACKED'],
): { text: string; tone: string; detail: string } =>
  headline({
    ...glanceOf({ ...EMPTY_DAY, invoices: states.map((state, rank) => fakeInvoice(rank, state)) }),
    counts: { ...NONE, ...counts },
  });

describe('the headline', () => {
  it('says that all has left and all is received only when it is so', () => {
    expect(said({ acked: 3 })).toMatchObject({ text: 'Tout est parti, tout est reçu.', tone: 'good' });
    expect(said({ acked: 3, sent: 1 }, ['ACKED', 'SENT'])).toMatchObject({ text: 'Tout est parti.', detail: '1\u00a0accusé attendu' });
    expect(said({ sent: 1 }, ['ACK_OVERDUE'])).toMatchObject({ tone: 'alert', detail: '1\u00a0ARL manquant' });
    expect(said({ sent: 1 }, ['NO_ACK_EXPECTED'])).toMatchObject({ tone: 'good', detail: '1\u00a0feuille papier à envoyer' });
    for (const trouble of [{ uncertain: 1 }, { refused: 1 }, { held: 1 }])
      expect(said({ acked: 3, ...trouble }).text).toBe('Rien à envoyer ; 1\u00a0facture à regarder.');
  });
  it('presses as the legal clock does', () => {
    expect(said({ ready: 2 })).toMatchObject({ text: '2\u00a0factures à envoyer.', tone: 'info' });
    expect(said({ ready: 2, dueToday: 1 }).tone).toBe('attention');
    expect(said({ ready: 2, late: 1 }).tone).toBe('alert');
  });
  it('of an empty practice says where invoices come from', () => {
    expect(said({}, [])).toMatchObject({
      text: 'Aucune facture pour le moment.',
      detail: expect.stringContaining('logiciel de gestion') as string,
    });
  });
});

it('counts each thing that may need somebody, and is plain about nothing', () => {
  const shown = tiles(overview.counts);
  expect(shown.map(({ label, count }) => `${label} ${count}`)).toEqual([
    'À envoyer 15',
    'Avant ce soir 2',
    'En retard 1',
    'Retenues 2',
    'Envoyées 3',
    'ARL reçus 3',
    'En doute 2',
    'Refusées 2',
  ]);
  expect(tiles(NONE).every(({ tone }) => tone === 'neutral')).toBe(true);
});

it('tells the tab what presses', () => {
  expect(titleBadge(overview.counts)).toBe('(3 !) ');
  expect(titleBadge({ ...NONE, ready: 4 })).toBe('(4) ');
  expect(titleBadge(NONE)).toBe('');
});

it('mentions returns that could not be placed', () => {
  expect(returnsNotice({ unmatched: 0, quarantined: 0 })).toBeNull();
  expect(returnsNotice({ unmatched: 2, quarantined: 1 })).toBe(
    '2\u00a0retours à rattacher ou à vérifier et 1\u00a0message illisible mis de côté. Rien n’est perdu : voyez « Retours ».',
  );
});

describe('invoices', () => {
  const EVERYTHING: InvoicesAsked = {
    choices: { states: null, clock: null, practitioner: null, text: '' },
    order: { key: 'deadline', direction: 'asc' },
    from: 0,
    count: 500,
    view: null,
  };
  const pageOf = (day: Overview, choices: Partial<InvoicesAsked['choices']> = {}): InvoicesPage =>
    oracle.invoicesOf(day, { ...EVERYTHING, choices: { ...EVERYTHING.choices, ...choices } }, inOrderOfWords(words.invoice));
  const rowsOf = (day: Overview = overview): readonly InvoiceRow[] => pageOf(day).rows.map(invoiceRowOf(day, words));
  /** Rows a choice of the filter stands for. */
  const count = (state: InvoiceState, day: Overview = overview): number => pageOf(day, invoicesOf(state, words.invoice)).count;

  it('show the reason they are held and its own action', () => {
    const held = rowsOf().filter((row) => row.code === 'HELD');
    expect(held.map((row) => row.reason?.code).sort()).toEqual(['FAC-006', 'FAC-027']);
    for (const row of held) expect(row.todo).toBe(row.reason?.action);
  });
  it('say in words that the legal date is tonight or has passed, and nothing once sent', () => {
    const rows = new Map(rowsOf().map((row) => [row.number, row]));
    expect(rows.get('206')).toMatchObject({ deadlineState: 'today', deadlineWord: 'ce soir', deadline: '20/11/2026' });
    expect(rows.get('207')).toMatchObject({ deadlineState: 'late', deadlineWord: 'en retard' });
    expect(rows.get('101')).toMatchObject({ deadlineState: 'none', deadlineWord: '' });
  });
  it('show the ARL of their lot, code and label', () => {
    expect(rowsOf().find((row) => row.code === 'NACKED')?.ack).toMatchObject({
      code: 'L008',
      label: 'LOT DEJA RECU',
      short: 'L008 LOT DEJA RECU, le 20/11/2026',
    });
  });
  it('whose sheet of paper has gone ask for nothing, and stay among those that were sent', () => {
    const degraded = overview.invoices.find(({ sheet }) => sheet === 'owed')!;
    const day = (sheet: 'owed' | 'sent'): Overview => ({ ...overview, invoices: [{ ...degraded, sheet }] });
    const found = (sheet: 'owed' | 'sent', state: InvoiceState): number => count(state, day(sheet));
    expect(rowsOf(day('owed'))[0]).toMatchObject({
      state: { word: 'Sans ARL, papier dû' },
      todo: 'Envoyer la feuille de soins papier à la caisse.',
    });
    expect(rowsOf(day('sent'))[0]).toMatchObject({ state: { word: 'Papier envoyé' }, todo: '' });
    expect([found('owed', 'person'), found('owed', 'sent'), found('owed', 'SHEET_SENT')]).toEqual([1, 1, 0]);
    expect([found('sent', 'person'), found('sent', 'sent'), found('sent', 'NO_ACK_EXPECTED')]).toEqual([0, 1, 0]);
  });
  it('show both parts only where they differ', () => {
    const [first] = overview.invoices;
    const day: Overview = {
      ...overview,
      invoices: [{ ...first!, amo: 'ACKED', amc: 'REJECTED' }, { ...first!, amo: 'ACKED', amc: 'ACKED' }, first!],
    };
    expect(rowsOf(day).map((row) => row.parts?.amc.word ?? null)).toEqual(['Rejetée', null, null]);
  });
  it('are chosen by state and by what presses, as many as each tile counts', () => {
    expect(count(null)).toBe(overview.invoices.length);
    expect(count('READY')).toBe(15);
    for (const tile of tiles(overview.counts)) expect([tile.label, count(tile.group)]).toEqual([tile.label, tile.count]);
    expect(count('person')).toBe(rowsOf().filter((row) => row.state.person).length);
  });
  it('offer only the states there are, with their number', () => {
    const choices = stateChoices(pageOf(overview).states, words.invoice);
    expect(choices.reduce((sum, choice) => sum + choice.count, 0)).toBe(overview.invoices.length);
    expect(choices.map(({ word }) => word)).toEqual([...choices.map(({ word }) => word)].sort((a, b) => a.localeCompare(b, 'fr')));
  });
});

describe('lots and files', () => {
  const EVERYTHING = { choices: { states: null, practitioner: null, text: '' }, from: 0, count: 500, view: null } as const;
  it('name their file, and none before they are in one', () => {
    const [lot] = overview.lots;
    const day = { ...overview, lots: [lot!, { ...lot!, fileId: null }] };
    const { rows } = oracle.lotsOf(day, { ...EVERYTHING, order: { key: 'file', direction: 'asc' } }, []);
    expect(rows.map(lotRowOf(day, words)).map(({ file, fileKey }) => [file, fileKey])).toEqual([
      ['000041', 't-000041'],
      [null, null],
    ]);
  });
  it('say a file in doubt as what it is', () => {
    const { rows } = oracle.filesOf(overview, { ...EVERYTHING, order: { key: 'created', direction: 'asc' } }, []);
    const file = rows.map(fileRowOf(overview, words)).find((row) => row.code === 'UNCERTAIN');
    expect(file).toMatchObject({ handedOver: 'remise non confirmée', failure: { code: 'TRA-007' } });
    expect(file?.todo).toMatch(/Ne renvoyez pas/);
  });
  it('state the consequence before a lot is released', () => {
    const { title, lines } = releaseQuestion({ number: '122', count: 2, payer: 'CPAM' });
    expect(title).toBe('Remettre à envoyer les factures du lot 122 ?');
    expect(lines.join(' ')).toMatch(/2\u00a0factures .*reviendront.* numéro ne resservira pas .*corrigez-la d’abord/);
  });
});

it.each([
  ['TRA-007', 'factures/uncertain'],
  ['FAC-023', 'factures/due'],
  ['LOT-002', 'factures/held'],
  ['RET-002', 'lots'],
  ['RET-023', 'tiers-payants'],
  ['RET-005', 'retours'],
  ['TRA-033', 'fichiers'],
])('leads from the advice %s to where it is acted upon', (code, address) => {
  expect(wayOf(code)?.address).toBe(address);
});

it('leads nowhere where nothing in the window can be done', () => {
  expect(wayOf('CPS-001')).toBeNull();
});
