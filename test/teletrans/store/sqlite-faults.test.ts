import { chmod, mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import * as path from 'node:path';
import { isVitaleError } from '../../../src/teletrans/domain/errors';
import { openStorage, STORE_FILES, type Storage } from '../../../src/teletrans/store/open';
import { Connection } from '../../../src/teletrans/store/sqlite/connection';
import { MIGRATIONS } from '../../../src/teletrans/store/sqlite/migrations';
import { aFolder } from './folder';
import { aLot, anEntry, anInvoice, anInvoiceBody, aReturn, CANARIES } from './samples';

const codeOf = (error: unknown): string => (isVitaleError(error) ? error.code : String(error));
const failure = (work: Promise<unknown>): Promise<string> => work.then(() => 'no error', codeOf);

describe('the SQLite store when things go wrong', () => {
  let folder: string;
  let remove: () => Promise<void>;
  const opened: Storage[] = [];
  const openHere = async (): Promise<Storage> => {
    const storage = await openStorage(folder);
    opened.push(storage);
    return storage;
  };
  const database = (): string => path.join(folder, STORE_FILES.database);

  beforeEach(async () => ({ folder, remove } = await aFolder()));
  afterEach(async () => {
    for (const { store } of opened.splice(0)) await store.close();
    await remove();
  });

  async function fill({ store }: Storage, count: number): Promise<void> {
    await store.transaction(async (session) => {
      for (let i = 0; i < count; i++) {
        const invoice = anInvoice();
        await session.invoices.insert(invoice, anInvoiceBody(invoice.number));
      }
    });
  }

  /** Another connection on the same file, as a tool or a fault would use it. */
  function behindItsBack(work: (connection: Connection) => void): void {
    const connection = Connection.open(database());
    try {
      work(connection);
    } finally {
      connection.close();
    }
  }

  it('says that the disk is full, keeps what it had and goes on when there is room again', async () => {
    const storage = await openHere();
    await fill(storage, 3);
    const limit = (pages: number): void => {
      const connection = Reflect.get(storage.store, 'connection') as Connection;
      connection.exec(`PRAGMA max_page_count = ${pages}`);
    };
    limit(1);
    expect(await failure(fill(storage, 50))).toBe('STO-001');
    // A work that swallows the error must not leave the rest committed.
    expect(
      await failure(
        storage.store.transaction(async (session) => {
          const invoice = anInvoice();
          await session.returns.insert(aReturn(), Buffer.alloc(200_000)).catch(() => undefined);
          await session.invoices.insert(invoice, anInvoiceBody(invoice.number)).catch(() => undefined);
        }),
      ),
    ).toBe('STO-001');
    expect(await storage.store.read((session) => session.invoices.list())).toHaveLength(3);
    limit(1_000_000);
    await fill(storage, 2);
    expect(await storage.store.read((session) => session.invoices.list())).toHaveLength(5);
    expect(await storage.store.integrityFaults()).toEqual([]);
  });

  it('says that the data are in use when another program keeps the write lock', async () => {
    const storage = await openHere();
    const connection = Connection.open(database());
    connection.exec('BEGIN IMMEDIATE');
    const began = performance.now();
    let turns = 0;
    const timer = setInterval(() => (turns += 1), 20);
    expect(await failure(fill(storage, 1))).toBe('STO-002');
    clearInterval(timer);
    expect(performance.now() - began).toBeGreaterThan(5_000);
    // It waited without stopping the rest of the program.
    expect(turns).toBeGreaterThan(100);
    connection.exec('ROLLBACK');
    connection.close();
    await fill(storage, 1);
  }, 30_000);

  it('refuses a file that is no database', async () => {
    await writeFile(database(), 'x'.repeat(9000));
    expect(await failure(openHere())).toBe('STO-003');
  });

  it('says that the data are damaged when pages are overwritten, without changing them', async () => {
    const storage = await openHere();
    await fill(storage, 200);
    await opened.pop()?.store.close();
    const size = (await stat(database())).size;
    const handle = await open(database(), 'r+');
    for (let at = 4096; at + 4096 <= size; at += 4096) await handle.write(Buffer.alloc(2000, 0x5a), 0, 2000, at);
    await handle.close();
    const damaged = await readFile(database());
    expect(await failure(openHere().then(({ store }) => store.read((session) => session.invoices.list())))).toBe('STO-003');
    for (const { store } of opened.splice(0)) await store.close();
    expect((await readFile(database())).equals(damaged)).toBe(true);
  });

  it('finds a body that was changed, or moved to another invoice', async () => {
    const storage = await openHere();
    await fill(storage, 3);
    behindItsBack((connection) => {
      connection.exec(`UPDATE invoice_bodies SET body = (SELECT body FROM invoice_bodies WHERE rank = 2) WHERE rank = 1`);
      connection.exec(`UPDATE invoice_bodies SET body = CAST(substr(body, 1, length(body) - 1) || x'00' AS BLOB) WHERE rank = 3`);
    });
    const [moved, sound, changed] = await storage.store.read((session) => session.invoices.list());
    expect(await failure(storage.store.read((session) => session.invoices.body(moved!.id)))).toBe('STO-003');
    expect(await failure(storage.store.read((session) => session.invoices.body(changed!.id)))).toBe('STO-003');
    expect(await failure(storage.store.read((session) => session.invoices.body(sound!.id)))).toBe('no error');
  });

  it('refuses data written by a newer program, and leaves them alone', async () => {
    await openHere();
    await opened.pop()?.store.close();
    behindItsBack((connection) => connection.exec(`PRAGMA user_version = ${MIGRATIONS.length + 1}`));
    expect(await failure(openHere())).toBe('STO-007');
    behindItsBack((connection) => {
      expect(connection.get('PRAGMA user_version')?.['user_version']).toBe(MIGRATIONS.length + 1);
    });
  });

  it('refuses a key that is not the one of the data, and never makes a new one for them', async () => {
    await openHere();
    await opened.pop()?.store.close();
    const key = path.join(folder, STORE_FILES.key);
    await rename(key, `${key}.away`);
    expect(await failure(openHere())).toBe('STO-012');
    expect(await readdir(folder)).not.toContain(STORE_FILES.key);

    const elsewhere = path.join(folder, 'elsewhere');
    await mkdir(elsewhere);
    await openStorage(elsewhere).then(({ store }) => store.close());
    await rename(path.join(elsewhere, STORE_FILES.key), key);
    expect(await failure(openHere())).toBe('STO-012');

    await rename(`${key}.away`, key);
    expect(await failure(openHere())).toBe('no error');
  });

  it('refuses a key file of another size', async () => {
    await writeFile(path.join(folder, STORE_FILES.key), 'short', { mode: 0o600 });
    expect(await failure(openHere())).toBe('STO-012');
  });

  const onPosix = process.platform === 'win32' ? it.skip : it;
  onPosix('keeps its files readable by their owner only, and refuses a key that others can read', async () => {
    const storage = await openHere();
    await fill(storage, 1);
    await storage.frozen.write('f-1', Buffer.from('message'));
    await storage.lock.hold(() => Promise.resolve());
    for (const name of ['vitale.db', 'vitale.db-wal', 'cle.bin', path.join('messages', 'f-1.msg')]) {
      expect({ name, mode: (await stat(path.join(folder, name))).mode & 0o777 }).toEqual({ name, mode: 0o600 });
    }
    await opened.pop()?.store.close();
    await chmod(path.join(folder, STORE_FILES.key), 0o640);
    expect(await failure(openHere())).toBe('STO-006');
  });

  it('says that it cannot write when the folder is not there to be made', async () => {
    await writeFile(path.join(folder, 'plain'), '');
    expect(await failure(openStorage(path.join(folder, 'plain', 'data')))).toBe('STO-006');
  });

  it('keeps the journal from being changed or shortened, even by other means', async () => {
    const { store } = await openHere();
    await store.transaction((session) => session.journal.append(anEntry()));
    behindItsBack((connection) => {
      expect(() => connection.exec(`UPDATE journal SET event = 'other'`)).toThrow('append-only');
      expect(() => connection.exec('DELETE FROM journal')).toThrow('append-only');
    });
    expect(await store.read((session) => session.journal.last(5))).toEqual([anEntry()]);
  });

  it('writes no name, NIR or act in clear in any of its files', async () => {
    const { store, frozen } = await openHere();
    const secret = Buffer.from(CANARIES.join(' '));
    await fill(opened[0]!, 20);
    await store.transaction(async (session) => {
      const lot = aLot();
      await session.lots.insert(lot);
      await session.lots.putBytes(lot.id, secret);
      await session.returns.insert(aReturn(), secret);
    });
    await frozen.write('f-1', secret);
    store.keyedHash(CANARIES.join(' '));
    const files = await readdir(folder, { recursive: true, withFileTypes: true });
    let searched = 0;
    for (const entry of files.filter((file) => file.isFile())) {
      const bytes = await readFile(path.join(entry.parentPath, entry.name));
      searched += bytes.length;
      for (const canary of CANARIES) {
        expect({ file: entry.name, canary, found: bytes.includes(canary) }).toEqual({ file: entry.name, canary, found: false });
        expect(bytes.includes(Buffer.from(canary, 'utf16le'))).toBe(false);
        expect(bytes.includes(Buffer.from(canary).toString('base64').slice(0, 12))).toBe(false);
      }
    }
    // The search did look at the data: what is meant to be in clear is found.
    expect(searched).toBeGreaterThan(20_000);
    expect((await readFile(path.join(folder, 'vitale.db-wal'))).includes('999000011')).toBe(true);
  });

  it('opens the same new folder from several places at once with one key', async () => {
    const all = await Promise.all(Array.from({ length: 6 }, () => openHere()));
    expect(new Set(all.map(({ store }) => store.keyedHash('same'))).size).toBe(1);
    expect((await readdir(folder)).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  it('leaves one whole file when it is closed', async () => {
    await fill(await openHere(), 20);
    await opened[0]!.store.read((session) => session.invoices.list());
    await opened.pop()?.store.close();
    await rm(path.join(folder, 'vitale.db-wal'), { force: true });
    await rm(path.join(folder, 'vitale.db-shm'), { force: true });
    expect(await (await openHere()).store.read((session) => session.invoices.list())).toHaveLength(20);
  });

  it('opens again after a crash between the key and the database', async () => {
    const { store } = await openHere();
    const before = store.keyedHash('same');
    await opened.pop()?.store.close();
    for (const name of await readdir(folder)) if (name.startsWith('vitale.db')) await rm(path.join(folder, name));
    const again = await openHere();
    expect(again.store.keyedHash('same')).toBe(before);
  });
});
