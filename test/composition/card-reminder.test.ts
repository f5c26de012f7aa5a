import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CardReminder } from '../../src/composition/in-host/card-reminder';
import type { HostNotice } from '../../src/host-bridge/host-messages';
import { openStorage } from '../../src/teletrans/store/open';
import type { Store } from '../../src/teletrans/store/port';
import { FakeTeletrans } from '../support/fake-teletrans';

const home = mkdtempSync(join(tmpdir(), 'reminder-'));
const events: string[] = [];
const board = {
  notify: async (notice: HostNotice) => void events.push(`shown ${notice.id ?? ''}: ${notice.actions?.[0]?.command ?? ''}`),
  withdrawNotice: async (id: string) => void events.push(`gone ${id}`),
};
const SHOWN = 'shown card-reminder: teletrans.ouvrir';
let store: Store;
let now = new Date('2026-11-20T18:40:00+01:00');
let ready = 3;
const teletrans = new FakeTeletrans();
const pending = teletrans.pendingCounts.bind(teletrans);
teletrans.pendingCounts = async () => ({ ...(await pending()), ready });
const newReminder = (): CardReminder => new CardReminder(store, teletrans, { now: () => now }, board, 'Télétransmission');

beforeAll(async () => {
  store = (await openStorage(home)).store;
});
afterAll(async () => {
  await store.close();
  rmSync(home, { recursive: true, force: true });
});
beforeEach(() => {
  events.splice(0);
  now = new Date('2026-11-20T18:40:00+01:00');
  ready = 3;
});

it('says nothing on the evening itself, shows once the next day, and goes when nothing waits any more', async () => {
  const reminder = newReminder();
  await reminder.resume();
  await reminder.dayClosed('needs-card');
  await reminder.follow();
  expect(events).toEqual([]);
  now = new Date('2026-11-21T08:00:00+01:00');
  await reminder.follow();
  await reminder.follow();
  expect(events).toEqual([SHOWN]);
  ready = 0;
  await reminder.follow();
  await reminder.follow();
  expect(events).toEqual([SHOWN, 'gone card-reminder']);
  await newReminder().resume();
  expect(events).toHaveLength(2);
});

it('survives the end of the process: the next activation shows it', async () => {
  await newReminder().dayClosed('needs-card');
  await newReminder().resume();
  expect(events).toEqual([SHOWN]);
});

it('is not shown when everything has left before the next activation', async () => {
  await newReminder().dayClosed('needs-card');
  ready = 0;
  await newReminder().resume();
  expect(events).toEqual([]);
});

it.each(['sent', 'nothing', 'incident'] as const)('a close that ended as %s books nothing', async (outcome) => {
  const reminder = newReminder();
  await reminder.dayClosed(outcome);
  now = new Date('2026-11-21T08:00:00+01:00');
  await reminder.follow();
  expect(events).toEqual([]);
});
