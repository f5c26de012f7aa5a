/** The addresses of third-party payments: they translate, and refuse what has another shape. */
import { request, type IncomingMessage } from 'node:http';
import { VitaleError } from '../../../../src/teletrans/domain/errors';
import { fakeClaim } from '../../../support/fake-third-party';
import { until } from '../../../support/until';
import { openHarness, type Harness } from './harness';

let harness: Harness;
beforeEach(async () => {
  harness = await openHarness();
  await harness.open();
});
afterEach(async () => harness.close());

const says = { nom: 'Claire', motif: 'vu avec la caisse' };
const said = { by: 'Claire', reason: 'vu avec la caisse' };
const claim = { invoiceId: 'i-1', part: 'amo' };

it('each act reaches the application with who and why', async () => {
  const acts: readonly (readonly [string, object, readonly unknown[]])[] = [
    ['reconcile', { line: 7, allocations: [{ ...claim, amount: 100 }] }, ['reconcile', 7, [{ ...claim, amount: 100 }], said]],
    ['validate', { choices: [{ line: 7, ...claim }] }, ['validate', [{ lineId: 7, claim }], said]],
    ['aside', { line: 7 }, ['setAside', 7, said]],
    ['takeup', { line: 7 }, ['takeUp', 7, said]],
    ['close', claim, ['close', claim, said]],
    ['undo', { batch: 'line-7' }, ['undo', 'line-7', said]],
    ['anyway', { returnId: 'r-1' }, ['bookAnyway', 'r-1', said]],
    ['note', claim, ['follow', claim, 'note', said.reason, said.by]],
  ];
  for (const [name, body] of acts) expect((await harness.post(`/api/third-party/${name}`, { ...body, ...says })).status).toBe(204);
  expect(harness.teletrans.thirdParty.acts).toEqual(acts.map(([, , act]) => act));
});

it.each([
  ['a line that is no number', 'aside', { line: '7', ...says }],
  ['no name', 'aside', { line: 7, motif: 'x' }],
  ['a member too many', 'aside', { line: 7, ...says, x: 1 }],
  ['half a centime', 'reconcile', { line: 7, allocations: [{ ...claim, amount: 0.5 }], ...says }],
  ['no share at all', 'reconcile', { line: 7, allocations: [], ...says }],
  ['another part', 'close', { ...claim, part: 'mutuelle', ...says }],
])('refuses %s before anything is done', async (_name, act, body) => {
  expect((await harness.post(`/api/third-party/${act}`, body)).status).toBe(400);
  expect(harness.teletrans.thirdParty.acts).toEqual([]);
});

it('says in words what the application refuses', async () => {
  harness.teletrans.thirdParty.failure = new VitaleError('RET-046');
  const answer = await harness.post('/api/third-party/aside', { line: 7, ...says });
  expect(answer.status).toBeGreaterThanOrEqual(400);
  expect(answer.text).toContain('RET-046');
});

it('gives the bank reconciliation as a file, to a session only', async () => {
  const answer = await harness.get('/api/third-party/export/csv');
  expect([answer.status, answer.headers['content-disposition']]).toEqual([200, 'attachment; filename="rapprochement-bancaire.csv"']);
  expect((await harness.raw('GET', '/api/third-party/export/csv')).status).toBe(401);
});

describe('the list of claims as a file', () => {
  const choices = { part: null, payer: null, practitioner: null, age: '8-30', settlement: 'open', search: '12' };
  const asked = { choices, order: { key: 'due', direction: 'desc' }, chosen: [claim], format: 'csv' };
  const address = async (body: object = asked): Promise<string> => {
    const { status, text } = await harness.post('/api/third-party/claims/export', body);
    expect(status).toBe(200);
    return `/api/third-party/claims/export/${(JSON.parse(text) as { id: string }).id}`;
  };

  it('is what was asked for, in the words of the states, once, and to a session only', async () => {
    harness.teletrans.thirdParty.set([fakeClaim('000000101', { state: 'REJECTED' })]);
    const own = await address();
    expect((await harness.raw('GET', own)).status).toBe(401);
    const answer = await harness.get(own);
    expect([answer.status, answer.headers['content-disposition'], answer.text]).toEqual([
      200,
      'attachment; filename="tiers-payants.csv"',
      '\ufeffFacture;État\r\n000000101;Rejetée\r\n',
    ]);
    expect(harness.teletrans.thirdParty.exported).toEqual([asked]);
    expect((await harness.get(own)).status).toBe(404);
  });

  it.each([
    ['nothing chosen', { ...asked, chosen: [] }],
    ['too many chosen', { ...asked, chosen: Array.from({ length: 501 }, () => claim) }],
    ['another format', { ...asked, format: 'xlsx' }],
    ['letters in the number', { ...asked, choices: { ...choices, search: 'dupont' } }],
    ['a member too many', { ...asked, x: 1 }],
  ])('is not made with %s', async (_what, body) => {
    expect((await harness.post('/api/third-party/claims/export', body)).status).toBe(400);
  });

  it('takes five hundred chosen parts, and no longer body anywhere else', async () => {
    const invoiceId = '0'.repeat(36);
    await address({ ...asked, chosen: Array.from({ length: 500 }, () => ({ invoiceId, part: 'amo' })) });
    const many = { letters: Array.from({ length: 500 }, () => '0'.repeat(32)), ...says };
    expect((await harness.post('/api/third-party/reminded', many)).status).toBe(413);
  });

  it('goes out as it is taken, and stops when nobody takes it any more', async () => {
    let pieces = 0;
    let end: unknown = null;
    const desk = harness.teletrans.thirdParty;
    desk.exportClaims = async (_asked, _word, write) => {
      try {
        for (; pieces < 10_000; pieces++) await write('x'.repeat(65_536));
      } catch (error) {
        end = error;
        throw error;
      }
      return pieces;
    };
    const own = await address();
    const slow = request({ host: '127.0.0.1', port: new URL(harness.origin).port, path: own, headers: { cookie: harness.cookie } });
    const answer = await new Promise<IncomingMessage>((resolve, reject) => slow.on('response', resolve).on('error', reject).end());
    answer.once('error', () => undefined);
    // Nobody reads: what the machine holds between the two ends is full once the count stands still.
    let before = -1;
    await until(async () => {
      const still = pieces === before;
      before = pieces;
      await new Promise((resolve) => setTimeout(resolve, 200));
      return still;
    });
    expect(pieces).toBeGreaterThan(0);
    expect(pieces).toBeLessThan(1000);
    slow.destroy();
    await until(() => Promise.resolve(end !== null));
  });

  it('that cannot be read to its end is cut short, never ended as if it were whole', async () => {
    harness.teletrans.thirdParty.exportClaims = async (_asked, _word, write) => {
      await write('Facture\r\n');
      throw new VitaleError('STO-003', { column: 'part' });
    };
    await expect(harness.get(await address())).rejects.toThrow();
  });
});
