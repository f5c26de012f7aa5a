/** The purge of an opening runs by itself only after a person was shown it on an earlier day, and not while it is put off. */
import { ArchiveDesk } from '../../../src/teletrans/archive/desk';
import { openStorage, type Storage } from '../../../src/teletrans/store/open';
import { contentSources, fillOldPractice, purgeOf } from '../../support/old-practice';
import { aFolder } from '../store/folder';

let remove: () => Promise<void>;
let storage: Storage;
/** Day of legal time, moved by the tests. */
let day: string;
let desk: ArchiveDesk;

beforeEach(async () => {
  const place = await aFolder();
  remove = place.remove;
  storage = await openStorage(place.folder);
  day = '2026-11-26';
  const clock = { now: () => new Date(`${day}T09:00:00.000Z`) };
  desk = new ArchiveDesk({
    store: storage.store,
    files: storage.archives,
    content: contentSources(storage),
    purge: purgeOf(storage, { clock }),
    days: () => 100,
    words: { events: {}, stateWord: (_entity, state) => state, nameOf: () => null },
    explain: ({ code }) => ({ code, message: code, action: '' }),
    clock,
  });
  await fillOldPractice(storage, { invoices: 3 });
});
afterEach(async () => {
  await storage.store.close();
  await remove();
});

const archived = async (): Promise<number> =>
  storage.store.read(async (session) => (await session.invoices.list()).filter(({ amoState }) => amoState === 'ARCHIVED').length);

it('nothing goes before somebody was shown it, however late', async () => {
  expect(await desk.atOpening()).toBeNull();
  day = '2027-03-01';
  expect(await desk.atOpening()).toBeNull();
  expect(await archived()).toBe(0);
});

it('what was shown goes at the first opening of a later day, not on the same day', async () => {
  expect(await desk.announce()).toMatchObject({ invoices: 3, days: 100, runsFrom: '2026-11-27' });
  expect(await desk.atOpening()).toBeNull();
  day = '2026-11-30';
  // Shown again meanwhile: the day it was first shown counts.
  expect(await desk.announce()).toMatchObject({ runsFrom: '2026-11-27' });
  expect(await desk.atOpening()).toMatchObject({ archived: 3 });
  expect(await archived()).toBe(3);
  // Done: the next purge is shown anew before it happens.
  expect(await desk.announce()).toBeNull();
  expect(await desk.atOpening()).toBeNull();
});

it('put off, it neither runs nor is shown for seven days, then goes by itself', async () => {
  await desk.announce();
  await desk.postpone();
  day = '2026-12-02';
  expect(await desk.announce()).toBeNull();
  expect(await desk.atOpening()).toBeNull();
  expect(await archived()).toBe(0);
  day = '2026-12-03';
  expect(await desk.announce()).toMatchObject({ runsFrom: '2026-12-03' });
  expect(await desk.atOpening()).toMatchObject({ archived: 3 });
});

it('a person may have it done at once, put off or not', async () => {
  await desk.announce();
  await desk.postpone();
  expect(await desk.purge(() => undefined)).toMatchObject({ archived: 3 });
});
