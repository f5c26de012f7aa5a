/** The addresses of what was sent and received: they only read, and mask unless asked. */
import { MASK } from '../../../../src/teletrans/formats/explain';
import { openHarness, type Harness } from './harness';

let harness: Harness;
beforeEach(async () => {
  harness = await openHarness();
  await harness.open();
});
afterEach(async () => harness.close());

it('shows bytes masked, and in clear only when that is asked for', async () => {
  for (const path of ['/api/files/t-000041/bytes', '/api/returns/r-1/bytes']) {
    const masked = await harness.get(path);
    expect([masked.status, masked.text.includes(MASK), masked.text.includes('1700275123456')]).toEqual([200, true, false]);
    expect((await harness.get(`${path}?clair=oui`)).text).toContain('1700275123456');
  }
});

it('gives the proofs of a file and the returns received', async () => {
  expect(JSON.parse((await harness.get('/api/files/t-000041/proofs')).text)).toMatchObject({ fileId: '000041' });
  expect(JSON.parse((await harness.get('/api/returns?de=1')).text)).toMatchObject({ total: 2, rows: [{ id: 'r-2' }] });
});

it.each([
  '/api/files/t-000041/bytes?clair=non',
  '/api/files/t-000041/bytes?de=-1',
  '/api/files/t-000041/bytes?de=1e3',
  '/api/files/t-000041/bytes?autre=1',
  '/api/files/..%2f..%2fcabinet/bytes',
  '/api/returns?de=99999999',
])('refuses %s', async (path) => {
  expect((await harness.get(path)).status).toBe(400);
});

it('says in words that a content is not here', async () => {
  const answer = await harness.get('/api/files/autre/bytes');
  expect([answer.status, (JSON.parse(answer.text) as { code: string }).code]).toEqual([409, 'FEN-010']);
});
