/**
 * The process dies at every effect of a purge. There is always either the original or a verified archive of it; and once the next process has taken the purge up,
 * everything is in exactly one archive.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { faultsOf, readItems } from '../../../src/teletrans/archive/verification';
import { openStorage, type Storage } from '../../../src/teletrans/store/open';
import type { ArchiveFiles } from '../../../src/teletrans/store/port';
import { Death, Fate, mortalFrozen, mortalStore } from '../../support/fate';
import { startProgram } from '../store/programs/start';
import { fillOldPractice, purgeOf } from '../../support/old-practice';
import { aFolder } from '../store/folder';

const mortalFiles = (files: ArchiveFiles, fate: Fate): ArchiveFiles => ({
  write: async (header, content) => {
    fate.step();
    const written = await files.write(
      header,
      (async function* () {
        for await (const part of content) {
          fate.step();
          yield part;
        }
      })(),
    );
    fate.step();
    return written;
  },
  read: (id) => files.read(id),
  header: (id) => files.header(id),
  fingerprint: (id) => files.fingerprint(id),
  list: () => files.list(),
  remove: async (id) => {
    fate.step();
    await files.remove(id);
    fate.step();
  },
});

const WISH = { invoices: 12, invoicesPerLot: 3, lotsPerFile: 2, stateOf: (rank: number) => (rank === 4 ? 'ACKED' : 'PAID') } as const;

/** Each invoice's document: in the store, and how often in archives that count. */
async function whereabouts({
  store,
  archives,
}: Storage): Promise<Readonly<Record<string, readonly [inStore: boolean, inArchives: number]>>> {
  const found: Record<string, [boolean, number]> = {};
  await store.read(async (session) => {
    for (const { id, number } of await session.invoices.list())
      found[number] = [
        await session.invoices.body(id).then(
          () => true,
          () => false,
        ),
        0,
      ];
    for (const { id, state } of await session.archives.list()) {
      if (state === 'PLANNED') continue;
      for await (const { name, attributes } of readItems(archives, id)) {
        const place = found[attributes['numero'] ?? ''];
        if (name === 'facture' && place !== undefined) place[1] += 1;
      }
    }
  });
  return found;
}

async function messagesLeft({ store, frozen }: Storage): Promise<readonly string[]> {
  const files = await store.read((session) => session.files.list());
  const left: string[] = [];
  for (const { id, state } of files) if ((await frozen.exists(id)) !== (state !== 'ARCHIVED')) left.push(id);
  return left;
}

async function checkAfterDeath(folder: string, when: string): Promise<void> {
  const storage = await openStorage(folder);
  for (const [number, [inStore, inArchives]] of Object.entries(await whereabouts(storage)))
    expect({ when, number, kept: inStore || inArchives === 1 }).toEqual({ when, number, kept: true });
  await storage.store.close();
}

/** The next process takes the purge up and, if it was thrown away, makes it again. */
async function checkAfterRecovery(folder: string, when: string): Promise<void> {
  const storage = await openStorage(folder);
  const purge = purgeOf(storage);
  await purge.recover();
  expect({ when, open: (await storage.store.read((s) => s.archives.list())).filter(({ state }) => state !== 'DONE') }).toEqual({
    when,
    open: [],
  });
  await purge.run();
  const places = await whereabouts(storage);
  for (const [number, place] of Object.entries(places))
    expect({ when, number, place }).toEqual({ when, number, place: number === '000000005' ? [true, 0] : [false, 1] });
  expect(Object.keys(places)).toHaveLength(WISH.invoices);
  const archives = await storage.store.read((session) => session.archives.list());
  expect({ when, faults: await faultsOf(storage.archives, archives, () => undefined) }).toEqual({ when, faults: [] });
  expect({ when, left: await messagesLeft(storage) }).toEqual({ when, left: [] });
  await storage.store.close();
  expect(readdirSync(join(folder, 'archives')).filter((name) => !name.endsWith('.vta'))).toEqual([]);
}

it('leaves the original or its archive, never neither and never both for good, wherever the process dies', async () => {
  let runs = 0;
  for (let killAt = 1; ; killAt++, runs++) {
    const { folder, remove } = await aFolder();
    const storage = await openStorage(folder);
    await fillOldPractice(storage, WISH);
    const fate = new Fate(killAt);
    const frozen = mortalFrozen(storage.frozen, fate);
    const mortal = { store: mortalStore(storage.store, fate), frozen, archives: mortalFiles(storage.archives, fate), lock: storage.lock };
    const died = await purgeOf(mortal)
      .run()
      .then(
        () => false,
        (error: unknown) => {
          if (!(error instanceof Death)) throw error;
          return true;
        },
      );
    await storage.store.close();
    await checkAfterDeath(folder, `effect ${String(killAt)}`);
    await checkAfterRecovery(folder, `effect ${String(killAt)}`);
    await remove();
    if (!died) break;
  }
  // Two for each commit, two for each message removed, one for each item written, and those of the archive's file.
  expect(runs).toBeGreaterThan(25);
}, 240_000);

it('is taken up again after SIGKILL at any step', async () => {
  const kills = [
    'open',
    'choosing 0',
    'writing 1',
    'writing 9',
    'verifying 1',
    'verifying 16',
    'removing 11',
    'removing 14',
    'removing 15',
    'purged',
  ];
  for (const line of kills) {
    const { folder, remove } = await aFolder();
    const storage = await openStorage(folder);
    await fillOldPractice(storage, WISH);
    await storage.store.close();
    const program = startProgram('../../archive/programs/purger.ts', folder);
    const seen = await program.line((printed) => printed === line).catch(() => 'ended before');
    await program.kill();
    expect([line, seen, program.lines]).toEqual([line, line, expect.anything()]);
    await checkAfterDeath(folder, line);
    await checkAfterRecovery(folder, line);
    await remove();
  }
}, 240_000);
