/** The addresses of third-party payments: they translate, and refuse what has another shape. */
import { VitaleError } from '../../../../src/teletrans/domain/errors';
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
