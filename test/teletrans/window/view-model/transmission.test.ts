import { join } from 'node:path';
import type { PractitionerView, Preflight, TransmitReport } from '../../../../src/teletrans/application/port';
import type { ReaderView, WorkView } from '../../../../src/teletrans/window/protocol';
import { readStateWords } from '../../../../src/teletrans/window/server/read-state-words';
import type { StateWords } from '../../../../src/teletrans/window/state-words';
import {
  cardView,
  likelyCard,
  otherCardNotice,
  practitionerChoices,
  readerLine,
  situationChoices,
} from '../../../../src/teletrans/window/view-model/card-view';
import {
  newerWork,
  preflightView,
  progressView,
  resultView,
  returnsLine,
  sendView,
} from '../../../../src/teletrans/window/view-model/transmission';
import { sentence } from '../../../support/fake-catalogue';
import { DUPONT, MOREL, fakeCards, fakeFile, fakeInvoice, fakeLot } from '../../../support/fake-practice';

let words: StateWords;
beforeAll(async () => {
  words = await readStateWords(join(__dirname, '../../../../addin/tables/state-words.json'));
});

const dupont: PractitionerView = {
  billingNumber: DUPONT,
  name: 'DUPONT CLAIRE',
  ready: 6,
  readyBySituation: [
    { situation: '1', count: 5 },
    { situation: '2', count: 1 },
  ],
  lastSituation: null,
};
const morel: PractitionerView = { billingNumber: MOREL, name: 'MOREL HUGO', ready: 0, readyBySituation: [], lastSituation: null };

function reader(triesLeft: number, opened = false): ReaderView {
  const card = fakeCards()[0]!;
  return {
    status: { state: 'card', reader: 'L', cardId: 'c', holder: card.holder, triesLeft, maxTries: 3, keypad: false, validUntil: null },
    opened: opened ? { holderName: 'DUPONT CLAIRE', situations: card.situations, unattended: null } : null,
    presenting: null,
    expiry: null,
    problem:
      triesLeft === 1 ? sentence({ code: 'CPS-004', details: {} }) : triesLeft === 0 ? sentence({ code: 'CPS-005', details: {} }) : null,
  };
}

describe('the card', () => {
  it('shows the tries left before the code is asked', () => {
    expect(cardView(reader(3))).toEqual({
      kind: 'ask',
      holder: 'Dupont Claire',
      triesLeft: 3,
      tries: '3\u00a0essais restants sur 3',
      lastTry: null,
      keypad: false,
      typing: false,
    });
  });
  it('warns at the last try', () => {
    expect(cardView(reader(1))).toMatchObject({ kind: 'ask', tries: '1\u00a0essai restant sur 3', lastTry: { code: 'CPS-004' } });
  });
  it('asks no code of a blocked card, nor without a card or a reader', () => {
    expect(cardView(reader(0))).toMatchObject({ kind: 'stopped', problem: { code: 'CPS-005' } });
    for (const [state, code] of [
      ['no-reader', 'LEC-001'],
      ['no-card', 'CPS-001'],
    ] as const) {
      const problem = sentence({ code, details: {} });
      const view: ReaderView = { status: { state, reader: 'L' }, opened: null, presenting: null, problem, expiry: null };
      expect(cardView(view)).toMatchObject({ kind: 'stopped', problem: { code } });
      expect(readerLine(view).text).toBe(sentence({ code, details: {} }).message.replace(/\.$/, ''));
    }
  });
  it('is told in the header by one sentence, whatever else there is to say of it', () => {
    expect(readerLine(reader(0)).text).toBe('Carte bloquée après 3 codes faux');
    const problem = { code: 'CPS-010', message: 'La carte est celle de Mme A.-M. Morel. Ces factures sont à un autre.', action: '' };
    const view: ReaderView = { status: { state: 'no-card', reader: 'L' }, opened: null, presenting: null, problem, expiry: null };
    expect(readerLine(view).text).toBe('La carte est celle de Mme A.-M. Morel');
  });
  it('of somebody else is noticed, by the name before the code and by the number after it', () => {
    expect(otherCardNotice(reader(3), dupont)).toBeNull();
    expect(otherCardNotice(reader(3), { ...dupont, name: 'Claire Dupont' })).toBeNull();
    expect(otherCardNotice(reader(3), morel)).toContain('celle de Dupont Claire');
    expect(otherCardNotice(reader(3, true), dupont)).toBeNull();
    expect(otherCardNotice(reader(3, true), { ...morel, name: null })).toContain(`N°\u00a0${MOREL}`);
  });
  it('offers its situations once it is open, and asks nothing when there is one', () => {
    expect(situationChoices(reader(3), dupont)).toEqual([]);
    expect(situationChoices(reader(3, true), dupont).map(({ number, label }) => [number, label])).toEqual([
      [null, 'Toutes (6\u00a0factures)'],
      ['1', 'Situation 1 (5\u00a0factures)'],
      ['2', 'Situation 2 (1\u00a0facture)'],
    ]);
    const open = reader(3, true);
    const one = { ...open, opened: { ...open.opened!, situations: open.opened!.situations.slice(0, 1) } };
    expect(situationChoices(one, dupont)).toEqual([]);
    const unable = {
      ...open,
      opened: { ...open.opened!, situations: open.opened!.situations.map((situation, rank) => ({ ...situation, signsLot: rank === 0 })) },
    };
    expect(situationChoices(unable, dupont)).toEqual([]);
  });
  it('comes after the practitioners with something ready', () => {
    expect(practitionerChoices([morel, dupont]).map(({ billingNumber }) => billingNumber)).toEqual([DUPONT, MOREL]);
  });
});

const flight = (changes: Partial<Preflight> = {}): Preflight => ({
  practitioner: DUPONT,
  situation: null,
  payers: [
    { label: 'CPAM', kind: 'FSE', invoices: 4, amo: 10000, amc: 0 },
    { label: 'Mutuelle', kind: 'DRE', invoices: 1, amo: 0, amc: 2500 },
  ],
  invoices: 5,
  waitingFiles: 0,
  held: [],
  late: 0,
  unsealable: [],
  elsewhere: [],
  dueToday: 0,
  ...changes,
});

describe('before the code', () => {
  it('adds up what leaves', () => {
    expect(preflightView(flight()).totals).toEqual({ invoices: 5, amo: 10000, amc: 2500 });
  });
  it('says what the open card cannot seal, and that it stays', () => {
    const reason = { code: 'CPS-014', message: 'La situation ne correspond pas.', action: 'Choisissez-en une autre.' };
    const view = preflightView(flight({ payers: [], invoices: 0, unsealable: [{ invoices: 6, reason }] }));
    expect(view.empty).toBe(false);
    expect(view.unsealable.map((text) => text.replace(/\s/g, ' '))).toEqual([
      '6 factures ne partent pas avec cette carte. La situation ne correspond pas. Choisissez-en une autre.',
    ]);
  });
  it('says where the legal clock stands', () => {
    expect(preflightView(flight()).deadline?.tone).toBe('good');
    expect(preflightView(flight({ dueToday: 2 })).deadline).toMatchObject({
      tone: 'attention',
      text: expect.stringContaining('ce soir') as string,
    });
    expect(preflightView(flight({ late: 1, dueToday: 2 })).deadline).toMatchObject({
      tone: 'alert',
      text: expect.stringMatching(/retard.*ce soir/) as string,
    });
    expect(preflightView(flight({ payers: [], invoices: 0 })).deadline).toBeNull();
  });
  it('says what stays and what leaves without a code', () => {
    const held = [{ number: '1', reason: sentence({ code: 'FAC-003', details: {} }) }];
    expect(preflightView(flight({ held })).heldText).toBe('1\u00a0facture reste retenue ; les autres partent.');
    expect(preflightView(flight({ waitingFiles: 1 })).waitingText).toBe(
      '1\u00a0fichier déjà sécurisé attend : aucun code n’est nécessaire pour l’envoyer.',
    );
    expect(preflightView(flight({ waitingFiles: 2 })).waitingText).toMatch(/attendent : .* pour les envoyer\.$/);
  });
});

describe('the button', () => {
  const open = { connected: true, card: cardView(reader(3, true)), otherCard: null, running: false, busy: false };
  const closed = { ...open, card: cardView(reader(3)) };

  it('sends once the card is open, and says how many', () => {
    expect(sendView(flight(), open)).toEqual({ label: 'Transmettre 5\u00a0factures', possible: true, why: null });
  });
  it('waits for the code', () => {
    expect(sendView(flight(), closed)).toMatchObject({ possible: false, why: 'Validez d’abord le code porteur.' });
  });
  it.each([
    ['CPS-005', { card: cardView(reader(0)) }, /^Carte bloquée après 3 codes faux\. Débloquez la carte/],
    [
      'CPS-001',
      { card: cardView({ ...reader(3), status: { state: 'no-card', reader: 'L' }, problem: sentence({ code: 'CPS-001', details: {} }) }) },
      /^Aucune carte CPS dans le lecteur\. Insérez/,
    ],
    [
      'LEC-001',
      { card: cardView({ ...reader(3), status: { state: 'no-reader' }, problem: sentence({ code: 'LEC-001', details: {} }) }) },
      /lecteur/,
    ],
    ['another card', { otherCard: 'La carte dans le lecteur est celle de Morel Hugo.' }, /Mettez la carte de ce praticien/],
  ])('never speaks of a code that cannot be given: %s', (_what, change, why) => {
    const view = sendView(flight(), { ...closed, ...change });
    expect(view.possible).toBe(false);
    expect(view.why).toMatch(why);
    expect(view.why).not.toContain('Validez');
  });
  it('sends frozen files without a code', () => {
    const only = flight({ payers: [], invoices: 0, waitingFiles: 2 });
    expect(sendView(only, closed)).toMatchObject({ possible: true, label: 'Envoyer 2\u00a0fichiers sécurisés sans code' });
    expect(sendView(flight({ waitingFiles: 1 }), closed)).toMatchObject({
      possible: true,
      label: 'Envoyer 1\u00a0fichier sécurisé sans code',
    });
  });
  it('does nothing without something to send, a choice, or while something runs', () => {
    for (const view of [
      sendView(flight({ payers: [], invoices: 0 }), open),
      sendView(null, open),
      sendView(flight(), { ...open, running: true }),
      sendView(flight(), { ...open, connected: false }),
      sendView(flight(), { ...open, busy: true }),
    ]) {
      expect(view.possible).toBe(false);
      expect(view.why).not.toBeNull();
    }
  });
});

it('counts the steps of a transmission', () => {
  expect(progressView({ step: 'sealing', done: 3, total: 7 }).text).toBe('3/7\u00a0lots sécurisés');
  expect(progressView({ step: 'sending', done: 1, total: 1 }).text).toBe('1/1\u00a0fichier remis');
  expect(progressView({ step: 'collecting', done: 0, total: 0 }).text).toBe('Relève des retours…');
  expect(progressView(null).text).toBe('Préparation…');
});

it('shows the work that is newer, and never lets one that has ended run again', () => {
  const work = (id: number, startedAt: string, endedAt: string | null): WorkView => ({
    id,
    kind: 'transmit',
    startedAt,
    endedAt,
    progress: null,
    cancellable: false,
    cancelling: false,
    report: null,
    returns: null,
    error: null,
  });
  const [running, ended, next] = [work(1, 'a', null), work(1, 'a', 'b'), work(2, 'c', null)];
  expect(newerWork(null, running)).toBe(running);
  expect(newerWork(running, ended)).toBe(ended);
  expect(newerWork(ended, running)).toBe(ended);
  expect(newerWork(ended, next)).toBe(next);
  expect(newerWork(next, ended)).toBe(next);
  expect(newerWork(running, null)).toBeNull();
  expect(newerWork(ended, null)).toBe(ended);
});

describe('the result', () => {
  const returns = { arl: { positive: 0, negative: 0 }, rsp: 0, unmatched: 0, quarantined: 0 };
  const lot = fakeLot('501', [fakeInvoice(1, 'SENT'), fakeInvoice(2, 'SENT')]);
  const sent = fakeFile('000501', [lot]);
  const failed = fakeFile('000502', [lot], { state: 'TEMP_FAILED', failure: sentence({ code: 'TRA-001', details: { heure: '18 h' } }) });
  const done = (report: Partial<TransmitReport> | null, changes: Partial<WorkView> = {}): WorkView => ({
    id: 1,
    kind: 'transmit',
    startedAt: '2026-11-20T16:00:00Z',
    endedAt: '2026-11-20T16:01:00Z',
    progress: null,
    cancellable: false,
    cancelling: false,
    report: report === null ? null : { result: 'sent', files: [sent], held: [], returns, reason: null, ...report },
    returns: null,
    error: null,
    ...changes,
  });

  it('is nothing while the work runs', () => {
    expect(resultView(done(null, { endedAt: null }), words)).toBeNull();
  });
  it('says what left', () => {
    expect(resultView(done({}), words)).toMatchObject({
      tone: 'good',
      title: 'Tout est parti.',
      troubles: [],
      lines: [expect.stringContaining('2\u00a0factures dans 1\u00a0fichier remis'), 'Aucun nouveau retour.'],
    });
  });
  it('is calm when only held invoices stayed, and names them', () => {
    const view = resultView(
      done({ result: 'partial', held: [{ number: '000000301', code: 'FAC-006', message: 'Caisse inconnue.' }] }),
      words,
    );
    expect(view).toMatchObject({ tone: 'good', title: 'Tout ce qui pouvait partir est parti.', held: [{ number: '000000301' }] });
  });
  it('names each file that did not leave, why, and what to do', () => {
    const view = resultView(done({ result: 'partial', files: [sent, failed] }), words);
    expect(view).toMatchObject({ tone: 'attention', title: 'Une partie est partie.' });
    expect(view?.troubles).toEqual([
      expect.objectContaining({
        label: expect.stringContaining('000502') as string,
        word: 'Pas parti',
        reason: expect.objectContaining({ code: 'TRA-001' }) as unknown,
      }),
    ]);
  });
  it.each([
    ['incident', 'Rien n’est parti.'],
    ['nothing', 'Il n’y avait rien à envoyer.'],
    ['needs-card', 'La carte est nécessaire.'],
  ] as const)('%s is said as it is', (result, title) => {
    expect(resultView(done({ result, files: [] }), words)?.title).toBe(title);
  });
  it('of a work that ended with an error is its reason', () => {
    expect(resultView(done(null, { error: sentence({ code: 'LEC-004', details: {} }) }), words)).toMatchObject({
      tone: 'alert',
      reason: { code: 'LEC-004' },
    });
  });
  it('of a collection counts what came', () => {
    expect(resultView(done(null, { kind: 'collect', returns: { ...returns, arl: { positive: 3, negative: 1 } } }), words)).toMatchObject({
      tone: 'attention',
      lines: ['Retours : 3\u00a0lots acceptés, 1\u00a0lot refusé.'],
    });
    expect(returnsLine({ ...returns, unmatched: 1, quarantined: 2 })).toMatch(/1\u00a0retour sans lot.*2\u00a0messages illisibles/);
  });
});

it('proposes the virtual card of the chosen practitioner', () => {
  const cards = fakeCards().map(({ file, holder }) => ({ file, holderName: `${holder.lastName} ${holder.firstName}` }));
  expect(likelyCard(cards, morel)).toBe('cartes/morel.json');
  expect(likelyCard(cards, { ...morel, name: null })).toBe('cartes/dupont.json');
  expect(likelyCard([], morel)).toBeNull();
});
