/** The addresses of the lists: what they answer, how much at once, and what they refuse to read. */
import { openHarness, type Answer, type Harness } from './harness';

const CHOICES = { states: null, practitioner: null, text: '' };
const INVOICES = { choices: { ...CHOICES, clock: null }, order: { key: 'deadline', direction: 'asc' }, from: 0, count: 100, view: null };
const LOTS = { choices: CHOICES, order: { key: 'date', direction: 'desc' }, from: 0, count: 100, view: null };
const FILES = { ...LOTS, order: { key: 'created', direction: 'desc' } };
const ADDRESSES = [
  ['/api/lists/invoices', INVOICES],
  ['/api/lists/lots', LOTS],
  ['/api/lists/files', FILES],
] as const;

interface Page {
  readonly rows: readonly { readonly id: string; readonly number?: string; readonly state?: string }[];
  readonly count: number;
  readonly all: number;
  readonly states: readonly { readonly state: string; readonly count: number }[];
}
const json = (answer: Answer): Page => JSON.parse(answer.text) as Page;

let harness: Harness;
beforeEach(async () => {
  harness = await openHarness();
  await harness.open();
});
afterEach(() => harness.close());

it('give a stretch of each list, what it counts, and the states there are', async () => {
  const invoices = json(await harness.post('/api/lists/invoices', { ...INVOICES, from: 2, count: 3 }));
  expect(invoices).toMatchObject({ count: 27, all: 27 });
  expect(invoices.rows).toHaveLength(3);
  expect(invoices.states.reduce((sum, { count }) => sum + count, 0)).toBe(27);
  expect(json(await harness.post('/api/lists/lots', LOTS))).toMatchObject({ count: 4, all: 4 });
  expect(json(await harness.post('/api/lists/files', FILES))).toMatchObject({ count: 4, all: 4 });
});

it('sort by the words people see', async () => {
  const { rows } = json(await harness.post('/api/lists/lots', { ...LOTS, order: { key: 'state', direction: 'asc' } }));
  // « ARL reçu », « En doute », « Envoyé », « Refusé » and such, in the order of the alphabet.
  const words = JSON.parse((await harness.get('/api/words')).text) as { lot: Record<string, { word: string }> };
  const shown = rows.map(({ state = '' }) => words.lot[state]?.word ?? '');
  expect(shown).toEqual([...shown].sort((a, b) => a.localeCompare(b, 'fr')));
});

it('give one invoice by its identifier, and say so where there is none', async () => {
  expect((JSON.parse((await harness.get('/api/lists/invoices/f-301')).text) as { state: string }).state).toBe('HELD');
  const none = await harness.get('/api/lists/invoices/nobody');
  expect([none.status, none.text]).toEqual([expect.any(Number), expect.stringContaining('FEN-010')]);
  expect(none.status).toBeGreaterThanOrEqual(400);
  for (const id of ['..%2f..%2fetc', 'x'.repeat(65), '%00', "'--"])
    expect((await harness.get(`/api/lists/invoices/${id}`)).status).toBe(400);
});

describe.each(ADDRESSES)('%s', (address, asked) => {
  const status = async (body: unknown, headers: Record<string, string> = {}): Promise<number> =>
    (await harness.post(address, body, headers)).status;

  it.each([
    ['rank below none', { from: -1 }],
    ['rank that is no number', { from: '0' }],
    ['rank without end', { from: 1e12 }],
    ['part of a rank', { from: 0.5 }],
    ['nothing', { count: 0 }],
    ['more than a stretch', { count: 501 }],
    ['a view that is none', { view: '../1' }],
    ['an order by nothing known', { order: { key: 'rank; DROP TABLE invoices', direction: 'asc' } }],
    ['no direction', { order: { key: 'number', direction: 'sideways' } }],
    ['a state nobody knows', { choices: { ...asked.choices, states: ['READY', '__proto__'] } }],
    ['states without end', { choices: { ...asked.choices, states: Array.from({ length: 41 }, () => 'ACKED') } }],
    ['a practitioner that is none', { choices: { ...asked.choices, practitioner: `' OR 1=1 --` } }],
    ['a text without end', { choices: { ...asked.choices, text: 'x'.repeat(81) } }],
    ['something more', { all: true }],
    ['a choice more', { choices: { ...asked.choices, nir: '1' } }],
  ])('refuses %s', async (_what, change) => {
    expect(await status({ ...asked, ...change })).toBe(400);
    expect(harness.lists.asked).toEqual([]);
  });

  it('refuses what leaves something out, and a body that is none', async () => {
    for (const member of Object.keys(asked))
      expect(await status(Object.fromEntries(Object.entries(asked).filter(([name]) => name !== member)))).toBe(400);
    expect(await status([])).toBe(400);
    expect(await status(undefined)).toBeGreaterThanOrEqual(400);
    expect((await harness.post(`${address}?tout=oui`, asked)).status).toBe(400);
    expect(harness.lists.asked).toEqual([]);
  });

  it('answers nobody without a session, no other site, and nothing but a POST', async () => {
    const body = JSON.stringify(asked);
    const type = { 'content-type': 'application/json' };
    expect((await harness.raw('POST', address, { ...type, origin: harness.origin }, body)).status).toBe(401);
    expect((await harness.raw('POST', address, { ...type, origin: harness.origin, cookie: 'a=b' }, body)).status).toBe(401);
    expect(await status(asked, { origin: 'http://ailleurs.invalid' })).toBe(403);
    expect(await status(asked, { host: 'ailleurs.invalid' })).toBe(403);
    expect((await harness.get(address)).status).toBe(404);
    expect(harness.lists.asked).toEqual([]);
  });

  it('takes whatever is typed as letters, and says nothing of it in the log', async () => {
    for (const text of [`'; DROP TABLE invoices; --`, '%', '\u0000', '𝄞', '<script>'])
      expect(await status({ ...asked, choices: { ...asked.choices, text } })).toBe(200);
    expect(JSON.stringify(harness.logger.lines)).not.toContain('DROP');
  });
});

it('the whole day is at no address any more', async () => {
  expect((await harness.get('/api/overview')).status).toBe(404);
});
