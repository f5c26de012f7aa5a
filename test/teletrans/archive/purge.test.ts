/** A purge takes what is settled and old enough, keeps the rest with its reason, and its archive holds what it took. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readItems } from '../../../src/teletrans/archive/verification';
import type { XmlElement } from '../../../src/teletrans/archive/xml/element';
import { openStorage, type Storage } from '../../../src/teletrans/store/open';
import { fillOldPractice, purgeOf } from '../../support/old-practice';
import { aFolder } from '../store/folder';
import { anInvoice, anInvoiceBody, aReturn } from '../store/samples';

let folder: string;
let remove: () => Promise<void>;
let storage: Storage;
beforeEach(async () => {
  ({ folder, remove } = await aFolder());
  storage = await openStorage(folder);
});
afterEach(async () => {
  await storage.store.close();
  await remove();
});

async function items(id: string): Promise<readonly XmlElement[]> {
  const found: XmlElement[] = [];
  for await (const item of readItems(storage.archives, id)) found.push(item);
  return found;
}

const states = (): Promise<Readonly<Record<string, string | null>>> =>
  storage.store.read(async (session) =>
    Object.fromEntries((await session.invoices.list()).map(({ number, amoState }) => [number, amoState])),
  );

it('archives settled invoices with their lots, files, messages and returns, and forgets the originals', async () => {
  const numbers = await fillOldPractice(storage, { invoices: 45 });
  const { archived, kept, archive } = await purgeOf(storage).run();
  expect({ archived, kept }).toEqual({ archived: 45, kept: [] });
  const found = await items(archive ?? '');
  expect(found.map(({ name }) => name).filter((name, rank, all) => name !== all[rank - 1])).toEqual([
    'facture',
    'lot',
    'fichier',
    'retour',
  ]);
  expect(found.filter(({ name }) => name === 'facture').map(({ attributes }) => attributes['numero'])).toEqual(numbers);
  expect(new Set(Object.values(await states()))).toEqual(new Set(['ARCHIVED']));
  await storage.store.read(async (session) => {
    const [invoice] = await session.invoices.list();
    await expect(session.invoices.body(invoice?.id ?? '')).rejects.toThrow();
    for (const lot of await session.lots.list()) expect([lot.state, await session.lots.bytes(lot.id)]).toEqual(['ARCHIVED', null]);
    for (const file of await session.files.list()) expect([file.state, await storage.frozen.exists(file.id)]).toEqual(['ARCHIVED', false]);
    for (const entry of await session.returns.list()) await expect(session.returns.mail(entry.id)).rejects.toThrow();
    expect((await session.archives.list()).map(({ state, invoices, firstDay, lastDay }) => [state, invoices, firstDay, lastDay])).toEqual([
      ['DONE', 45, '2026-03-02', '2026-03-02'],
    ]);
    expect((await session.journal.of('invoice', invoice?.id ?? '')).at(-1)).toMatchObject({
      event: 'archived',
      from: 'PAID',
      to: 'ARCHIVED',
    });
  });
});

it('keeps what is not settled, with its reason, and the lot and file it is in', async () => {
  await fillOldPractice(storage, {
    invoices: 40,
    lotsPerFile: 2,
    stateOf: (rank) => (rank === 3 ? 'ACKED' : rank === 5 ? 'REJECTED' : 'PAID'),
  });
  const simulated = await purgeOf(storage).simulate();
  const { archived, kept, archive } = await purgeOf(storage).run();
  expect(simulated).toEqual({ archived, kept, archive: null });
  expect({ archived, kept: kept.map(({ number, reason }) => [number, reason.code]) }).toEqual({
    archived: 38,
    kept: [
      ['000000004', 'ARC-006'],
      ['000000006', 'ARC-007'],
    ],
  });
  const found = await items(archive ?? '');
  // The second lot is complete; the first one, and so the file and its return, wait for the two that stay.
  expect(['facture', 'lot', 'fichier', 'retour'].map((name) => found.filter((item) => item.name === name).length)).toEqual([38, 1, 0, 0]);
  await storage.store.read(async (session) => {
    const [first] = await session.lots.list();
    expect([first?.state, (await session.lots.bytes(first?.id ?? '')) !== null]).toEqual(['ACKED', true]);
    const [file] = await session.files.list();
    expect([file?.state, await storage.frozen.exists(file?.id ?? '')]).toEqual(['ACKED', true]);
  });
});

it('takes the rest once it is settled, in a second archive chained to the first', async () => {
  await fillOldPractice(storage, { invoices: 20, stateOf: (rank) => (rank === 3 ? 'ACKED' : 'PAID') });
  const first = await purgeOf(storage).run();
  await storage.store.transaction(async (session) => {
    const [open] = await session.invoices.list({ anyState: ['ACKED'] });
    await session.invoices.update(open?.id ?? '', { amoState: 'PAID' });
  });
  const second = await purgeOf(storage).run();
  expect([first.archived, second.archived]).toEqual([19, 1]);
  expect((await items(second.archive ?? '')).map(({ name }) => name)).toEqual(['facture', 'lot', 'fichier', 'retour']);
  const [one, two] = await storage.store.read((session) => session.archives.list());
  expect(two?.previous).toBe(one?.sha256);
  expect(await storage.archives.header(two?.id ?? '')).toEqual({ id: two?.id, previous: one?.sha256 });
  expect(await purgeOf(storage).run()).toEqual({ archived: 0, kept: [], archive: null });
});

it('tells every reason to keep an invoice', async () => {
  const reasons = {
    READY: 'ARC-001',
    HELD: 'ARC-001',
    SENT: 'ARC-002',
    ACK_OVERDUE: 'ARC-002',
    UNCERTAIN: 'ARC-003',
    NO_ACK_EXPECTED: 'ARC-004',
    PAPER_DUPLICATE: 'ARC-005',
    ACKED: 'ARC-006',
    NACKED: 'ARC-007',
    TO_CORRECT: 'ARC-007',
    REJECTED: 'ARC-007',
    PART_PAID: 'ARC-008',
  } as const;
  const all = Object.keys(reasons) as (keyof typeof reasons)[];
  await fillOldPractice(storage, { invoices: all.length, stateOf: (rank) => all[rank] ?? 'PAID' });
  const { archived, kept } = await purgeOf(storage).simulate();
  expect(archived).toBe(0);
  expect(kept.map(({ reason }) => reason.code)).toEqual(Object.values(reasons));
});

it('counts the age from the later of sending and last ARL: kept through day 100, taken the day after', async () => {
  await fillOldPractice(storage, { invoices: 1 });
  const at = (now: string): Promise<unknown> =>
    purgeOf(storage, { clock: { now: () => new Date(now) } })
      .simulate()
      .then(({ archived, kept }) => [archived, kept.map(({ reason }) => reason)]);
  // ARL on 3 March; 100 days later is 11 June.
  expect(await at('2026-06-11T21:59:00.000Z')).toEqual([0, [{ code: 'ARC-010', details: { date: '11/06/2026' } }]]);
  expect(await at('2026-06-11T22:01:00.000Z')).toEqual([1, []]);
});

it('keeps an invoice whose file has a return that nobody has matched', async () => {
  await fillOldPractice(storage, { invoices: 1 });
  await storage.store.transaction(async (session) => {
    const [file] = await session.files.list();
    await session.returns.insert(aReturn({ state: 'unmatched', fileId: file?.id ?? null }), Buffer.from('?'));
  });
  expect((await purgeOf(storage).simulate()).kept.map(({ reason }) => reason.code)).toEqual(['ARC-009']);
});

it('keeps one part back with the other: an AMC part in waiting holds a paid AMO part', async () => {
  await fillOldPractice(storage, { invoices: 1 });
  await storage.store.transaction(async (session) => {
    const [invoice] = await session.invoices.list();
    await session.invoices.update(invoice?.id ?? '', { amcState: 'ACKED' });
  });
  expect((await purgeOf(storage).simulate()).kept.map(({ reason }) => reason.code)).toEqual(['ARC-006']);
});

it('leaves a cancelled invoice that never left until it is old, counted from its reception', async () => {
  await storage.store.transaction((session) =>
    session.invoices.insert(anInvoice({ amoState: 'CANCELLED', receivedAt: '2026-08-20T10:00:00.000Z' }), anInvoiceBody('000000001')),
  );
  const at = async (now: string): Promise<number> => (await purgeOf(storage, { clock: { now: () => new Date(now) } }).simulate()).archived;
  expect([await at('2026-11-28T10:00:00Z'), await at('2026-11-29T10:00:00Z')]).toEqual([0, 1]);
});

it('holds names and documents that XML would change, exactly', async () => {
  const hostile = `A&amp;B <x> "q" 'z' ]]> \u0000\u0008\t\r\n\u0085\ufffe\ud800 é😀 &lt;`;
  const body = { ...anInvoiceBody('000000001'), beneficiary: { ...anInvoiceBody('000000001').beneficiary, lastName: hostile } };
  await storage.store.transaction((session) =>
    session.invoices.insert(anInvoice({ number: '000000001', amoState: 'CANCELLED', receivedAt: '2026-01-01T00:00:00.000Z' }), body),
  );
  const { archive } = await purgeOf(storage).run();
  const [facture] = await items(archive ?? '');
  const document = facture?.children.find(({ name }) => name === 'document');
  expect(JSON.parse(document?.text ?? '')).toEqual(JSON.parse(JSON.stringify(body)));
  const name = facture?.children.find(({ name: child }) => child === 'beneficiaire')?.attributes['nom'];
  expect(name).toBe(`A&amp;B <x> "q" 'z' ]]>${' '.repeat(10)}é😀 &lt;`);
});

it('lets nothing of a patient be read in the archive’s file', async () => {
  await fillOldPractice(storage, { invoices: 3 });
  const { archive } = await purgeOf(storage).run();
  const bytes = readFileSync(join(folder, 'archives', `${archive ?? ''}.vta`)).toString('latin1');
  for (const word of ['ZYXCANARINOM', '1999999999999', 'HBFD999', 'facture']) expect(bytes).not.toContain(word);
});
