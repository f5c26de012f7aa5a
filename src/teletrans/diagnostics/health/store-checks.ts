/** The data: whole, their frozen files as they were frozen, and what waits in them. */
import { createHash } from 'node:crypto';
import { dayNumber } from '../../domain/calendar';
import { localDate } from '../../domain/clock';
import { isVitaleError } from '../../domain/errors';
import type { FrozenMessages, Store, StoredFile } from '../../store/port';
import type { Finding, HealthCheck } from './check';
import type { HealthSources, OpenedStorage } from './sources';

/** A check on opened data; without any yet, there is nothing to find. */
function onStorage(
  id: string,
  sources: HealthSources,
  run: (opened: OpenedStorage, timeLeft: () => boolean) => Promise<Finding>,
): HealthCheck {
  return {
    id,
    ...(id === 'journal' ? {} : { needs: 'journal' }),
    run: async (timeLeft) => {
      const opened = await sources.storage();
      return opened === null ? { status: 'ok', code: 'DIA-051' } : run(opened, timeLeft);
    },
  };
}

export const journalCheck = (sources: HealthSources): HealthCheck =>
  onStorage('journal', sources, async ({ faults: look }, timeLeft) => {
    const { faults, checked, tables } = await look(timeLeft);
    if (faults > 0) return { status: 'error', code: 'STO-003' };
    return checked < tables
      ? { status: 'warning', code: 'DIA-053', details: { n: checked, m: tables } }
      : { status: 'ok', code: 'DIA-050', details: { n: tables } };
  });

export const frozenCheck = (sources: HealthSources): HealthCheck =>
  onStorage('frozen', sources, async ({ store, frozen }, timeLeft) => {
    const files = (await store.read((session) => session.files.list())).filter(
      ({ sha256, state }) => sha256 !== null && state !== 'CANCELLED',
    );
    const newest = files.slice(-sources.limits.frozen.mostFiles).reverse();
    let checked = 0;
    let wrong = 0;
    for (const file of newest) {
      if (!timeLeft()) break;
      checked += 1;
      if (!(await isAsFrozen(store, frozen, file))) wrong += 1;
    }
    if (wrong > 0) return { status: 'error', code: 'DIA-061', details: { n: wrong } };
    return { status: 'ok', code: 'DIA-060', details: { n: checked, m: files.length } };
  });

/** The message is the one that was frozen, and each of its lots has the bytes the card sealed. */
async function isAsFrozen(store: Store, frozen: FrozenMessages, file: StoredFile): Promise<boolean> {
  try {
    await frozen.read(file.id);
  } catch (error) {
    if (isVitaleError(error, 'STO-008')) return false;
    throw error;
  }
  return store.read(async ({ lots }) => {
    for (const id of file.lotIds) {
      const [lot, bytes] = [await lots.get(id), await lots.bytes(id)];
      if (lot === null || bytes === null || createHash('sha256').update(bytes).digest('hex') !== lot.sha256) return false;
    }
    return true;
  });
}

export const acksCheck = (sources: HealthSources): HealthCheck =>
  onStorage('acks', sources, async ({ store }) => {
    const { waiting, last } = await store.read(async ({ lots, returns }) => ({
      waiting: await lots.list({ state: ['SENT', 'ACK_OVERDUE'] }),
      last: (await returns.list()).filter(({ kind }) => kind === 'ARL').at(-1) ?? null,
    }));
    if (waiting.length === 0) return { status: 'ok', code: 'DIA-090' };
    const today = dayNumber(localDate(sources.clock.now()));
    const oldest = today - Math.min(...waiting.map(({ lotDate }) => dayNumber(lotDate)));
    const j = last === null ? '–' : today - dayNumber(localDate(new Date(last.receivedAt)));
    const overdue = waiting.filter(({ state }) => state === 'ACK_OVERDUE').length;
    if (oldest > sources.limits.acks.errorDays) return { status: 'error', code: 'DIA-092', details: { n: oldest } };
    return overdue > 0
      ? { status: 'warning', code: 'DIA-093', details: { n: overdue } }
      : { status: 'ok', code: 'DIA-091', details: { n: waiting.length, j } };
  });

export const pendingCheck = (sources: HealthSources): HealthCheck =>
  onStorage('pending', sources, async ({ pending }) => {
    const { ready, held, uncertain, refused } = await pending();
    const details = { n: ready, r: held, d: uncertain, x: refused };
    return held + uncertain + refused > 0 ? { status: 'warning', code: 'DIA-101', details } : { status: 'ok', code: 'DIA-100', details };
  });

export const lateCheck = (sources: HealthSources): HealthCheck =>
  onStorage('late', sources, async ({ pending }) => {
    const { late, dueToday } = await pending();
    if (late > 0) return { status: 'error', code: 'DIA-112', details: { n: late } };
    return dueToday > 0 ? { status: 'warning', code: 'DIA-111', details: { n: dueToday } } : { status: 'ok', code: 'DIA-110' };
  });
