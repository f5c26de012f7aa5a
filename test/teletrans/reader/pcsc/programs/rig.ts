import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isVitaleError } from '../../../../../src/teletrans/domain/errors';
import { readCardCommands } from '../../../../../src/teletrans/reader/apdu/card-commands';
import { PcscCardReader } from '../../../../../src/teletrans/reader/apdu/reader';
import type { PcscCardSession } from '../../../../../src/teletrans/reader/apdu/session';
import { loadBinding } from '../../../../../src/teletrans/reader/pcsc/binding';
import { PcscliteTransport } from '../../../../../src/teletrans/reader/pcsc/pcsclite-transport';
import { loadScardLibrary } from '../../../../../src/teletrans/reader/pcsc/scard/library';
import { ScardTransport } from '../../../../../src/teletrans/reader/pcsc/scard/transport';
import type { PcscTransport } from '../../../../../src/teletrans/reader/pcsc/transport';
import type { PcscMeans } from '../../../../support/virtual-pcsc/available';
import { VirtualCard } from '../../../../support/virtual-pcsc/card';
import { CLAIRE_DUPONT, writeCard, type WrittenCard } from '../../../../support/virtual-pcsc/card-content';
import type { Family } from '../../../../support/virtual-pcsc/families';
import { Pcscd } from '../../../../support/virtual-pcsc/pcscd';
import { VirtualPcscReader } from '../../../../support/virtual-pcsc/reader';

export const RIGHT = Buffer.from('4826');
export const WRONG = Buffer.from('1111');
export const KEYPAD_READER = 'Virtual Pinpad CPS';
export const PLAIN_READER = 'Virtual Plain';

const TABLES = path.resolve(__dirname, '../../../../../addin/tables/cards');
export const models = readCardCommands(
  ['cps3', 'cps4', 'demonstration'].map((name) => JSON.parse(readFileSync(path.join(TABLES, `${name}.json`), 'utf8')) as unknown),
);

export const means = JSON.parse(process.env['VITALE_PCSC_MEANS'] ?? '{}') as PcscMeans;

/** The transport under test: the package `pcsclite`, or the system's own library through FFI. */
export function makeTransport(): PcscTransport {
  if (process.env['VITALE_PCSC_ROAD'] === 'ffi') {
    const library = loadScardLibrary();
    if (library === null) throw new Error('libpcsclite cannot be loaded');
    return new ScardTransport(library);
  }
  const found = loadBinding(means.pcsclite);
  if (found === null) throw new Error('the package pcsclite cannot be loaded');
  return new PcscliteTransport(found);
}

/**
 * A command to a card that has gone makes the service say so before it has looked itself: a card put back before that look stays unseen. Who asks the service, as
 * this road does, hears of it that soon; who waits for it, as the package does, hears of the look.
 */
export async function serviceLooks(): Promise<void> {
  if (process.env['VITALE_PCSC_ROAD'] === 'ffi') await sleep(500);
}

/** Waits until `true`, 10 s at most. */
export async function until(condition: () => Promise<boolean> | boolean): Promise<void> {
  for (let i = 0; i < 500; i += 1) {
    if (await condition()) return;
    await sleep(20);
  }
  throw new Error('what was waited for did not come');
}

/** The code of a failure with its number of tries, `ok` for none. */
export async function outcome(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return 'ok';
  } catch (error) {
    if (!isVitaleError(error)) throw error;
    return error.details['n'] === undefined ? error.code : `${error.code} n=${String(error.details['n'])}`;
  }
}

/** Two readers, one with a keypad, under a pcscd of our own, and our card reader in front of them. */
export class Rig {
  readonly keypad = new VirtualPcscReader('pinpad');
  readonly plain = new VirtualPcscReader('plain');
  readonly transport = makeTransport();
  readonly reader = new PcscCardReader(this.transport, models);

  private constructor(
    readonly written: WrittenCard,
    private readonly folder: string,
    readonly pcscd: Pcscd,
  ) {}

  static async make(): Promise<Rig> {
    const folder = await mkdtemp(path.join(tmpdir(), 'vitale-pcscd-'));
    const rig = new Rig(await writeCard(CLAIRE_DUPONT), folder, new Pcscd(means.pcscd, means.driver, folder));
    await rig.keypad.plug();
    await rig.plain.plug();
    await rig.startService();
    return rig;
  }

  startService(): Promise<void> {
    return this.pcscd.start([
      { name: KEYPAD_READER, reader: this.keypad },
      { name: PLAIN_READER, reader: this.plain },
    ]);
  }

  /** A new card in a reader, once it is seen there. */
  async put(family: Family, where: VirtualPcscReader = this.keypad): Promise<VirtualCard> {
    await this.empty();
    const card = new VirtualCard(family, this.written, RIGHT.toString());
    where.insert(card);
    await until(async () => (await this.reader.status()).state === 'card');
    return card;
  }

  async empty(): Promise<void> {
    this.keypad.remove();
    this.plain.remove();
    // Seen by the service, which looks every 0.4 s: a card put back sooner would pass for the same one.
    await until(async () => (await this.transport.listReaders()).every(({ atr }) => atr === null));
    await serviceLooks();
  }

  async withSession<T>(work: (session: PcscCardSession) => Promise<T>): Promise<T> {
    const session = await this.reader.open();
    try {
      return await work(session);
    } finally {
      await session.close();
    }
  }

  async end(): Promise<void> {
    await this.reader.dispose();
    await this.pcscd.stop();
    await this.keypad.unplug();
    await this.plain.unplug();
    await rm(this.folder, { recursive: true, force: true });
  }
}
