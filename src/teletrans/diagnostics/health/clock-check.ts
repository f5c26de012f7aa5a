/** This machine's clock against every other one that is known: the legal delays are counted by it. */
import type { Store } from '../../store/port';
import type { Finding, HealthCheck } from './check';
import type { ClockReference, HealthSources } from './sources';

const SECOND_MS = 1000;

export const clockCheck = (sources: HealthSources): HealthCheck => ({
  id: 'clock',
  run: async (): Promise<Finding> => {
    const { limits, clock } = sources;
    const store = await sources.storage().then(
      (opened) => opened?.store ?? null,
      () => null,
    );
    const behind = store === null ? 0 : await behindJournal(store, clock.now());
    if (behind > limits.clock.warningSeconds) return { status: 'error', code: 'DIA-032', details: { n: behind } };
    const host = await sources.hostClock();
    const reference = host ?? (store === null ? null : await behindMail(store));
    if (reference === null) return { status: 'ok', code: 'DIA-033' };
    const n = Math.abs(Math.round(reference.aheadSeconds));
    const details = { n, source: reference.source };
    if (n > limits.clock.errorSeconds) return { status: 'error', code: 'DIA-031', details };
    return n > limits.clock.warningSeconds ? { status: 'warning', code: 'DIA-031', details } : { status: 'ok', code: 'DIA-030', details };
  },
});

/** Seconds by which the last line of the journal is in the future, 0 when it is not. */
async function behindJournal(store: Store, now: Date): Promise<number> {
  const [last] = await store.read((session) => session.journal.last(1));
  return last === undefined ? 0 : Math.max(0, Math.round((Date.parse(last.at) - now.getTime()) / SECOND_MS));
}

/** A mail cannot have been fetched before it was written: where it seems so, this machine was behind. A mail that waited says nothing. */
async function behindMail(store: Store): Promise<ClockReference | null> {
  return store.read(async ({ returns }) => {
    const last = (await returns.list()).at(-1);
    if (last === undefined) return null;
    const head =
      (await returns.mail(last.id))
        .subarray(0, 65_536)
        .toString('latin1')
        .split(/\r?\n\r?\n/, 1)[0] ?? '';
    const written = Date.parse(/^Date:[ \t]*([^\r\n]+)/im.exec(head)?.[1] ?? '');
    const behind = (written - Date.parse(last.receivedAt)) / SECOND_MS;
    return behind > 0 ? { source: 'messagerie', aheadSeconds: -behind } : null;
  });
}
