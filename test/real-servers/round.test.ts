/** The whole round through real servers: the program → Postfix → Dovecot → the insurer → Postfix → Dovecot → the program, with login and TLS both ways. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEMONSTRATION_CODE, PRACTITIONERS } from '../../src/demonstration/practice-box';
import { openStorage } from '../../src/teletrans/store/open';
import { sampleInvoices } from '../support/invoices';
import { InsurerDesk } from '../support/mail-servers/insurer-desk';
import { BOUNCING_DOMAIN, MailWorld, PRACTICE_MAILBOX } from '../support/mail-servers/mail-world';
import { describeWithMailServers } from '../support/mail-servers/means';
import { makeMailPractice, setCabinet, type Links } from '../support/mail-servers/practice';
import { EVENING, ROOT, runVitale, type Ended } from '../support/practice-processes';
import { until } from '../support/until';
import { makeIdentity } from '../teletrans/network/tls-material';

const JOURNEE = join(ROOT, 'test/data/journee.ndjson');
const NUMBERS = sampleInvoices()
  .map((invoice) => invoice.number)
  .sort();
const PAYER = '01999@999.01.test.invalid';

interface State {
  readonly invoices: readonly { readonly number: string; readonly state: string }[];
  readonly lots: readonly { readonly state: string }[];
  readonly files: readonly { readonly state: string; readonly failure: { readonly code: string } | null }[];
}

describeWithMailServers('through Postfix and Dovecot', () => {
  let world: MailWorld;
  let home: string;
  let insurer: InsurerDesk;

  beforeAll(async () => {
    world = await MailWorld.start();
  }, 60_000);
  afterAll(() => world.stop(), 60_000);
  beforeEach(async () => {
    home = mkdtempSync(join(tmpdir(), 'round-'));
    insurer = await InsurerDesk.open(world, join(home, 'certs'), new Date(EVENING));
  }, 30_000);
  afterEach(() => {
    insurer.close();
    rmSync(home, { recursive: true, force: true });
  });

  const practice = (links: Links, change?: Parameters<typeof makeMailPractice>[3]): void => makeMailPractice(home, world, links, change);
  const transmit = (): Promise<Ended> => runVitale(home, ['transmettre', '--code-porteur-stdin', '--json'], `${DEMONSTRATION_CODE}\n`);
  const state = async (): Promise<State> => JSON.parse((await runVitale(home, ['etat', '--json'])).stdout) as State;
  /** Postfix has nothing left to deliver. */
  const delivered = async (): Promise<void> => {
    for (let looks = 0; looks < 3; looks++) await until(() => world.queued() === 0);
  };
  /** Another profile than the shipped one. */
  const profile = (change: (profile: Record<string, Record<string, unknown>>) => void): void => {
    const shipped = JSON.parse(readFileSync(join(ROOT, 'addin/tables/transport/profil.json'), 'utf8')) as Record<
      string,
      Record<string, unknown>
    >;
    change(shipped);
    writeFileSync(join(home, 'profil.json'), JSON.stringify(shipped));
    setCabinet(home, (cabinet) => ({ ...cabinet, profile: 'profil.json' }));
  };

  it.each<[Links]>([[{ smtp: 'starttls', pop3: 'starttls' }], [{ smtp: 'tls', pop3: 'tls' }]])(
    'takes a whole day to its ARL, %j',
    async (links) => {
      practice(links);
      await runVitale(home, ['importer', JOURNEE]);
      for (const { card } of PRACTITIONERS) {
        setCabinet(home, (cabinet) => ({ ...cabinet, reader: { kind: 'virtual', card } }));
        expect(await transmit()).toMatchObject({ code: 0, stderr: expect.not.stringContaining('TRA-') as unknown });
      }
      await delivered();
      expect(await insurer.work()).toBe(10);
      expect(insurer.received.flatMap(({ invoices }) => invoices).sort()).toEqual(NUMBERS);
      expect(insurer.received.map(({ code, encrypted }) => ({ code, encrypted }))).toEqual(
        Array.from({ length: 10 }, () => ({ code: '0000', encrypted: true })),
      );
      // routes: the OCT takes its AMO and its AMC flows in one mailbox, the other AMC its own
      const boxes = insurer.received.map(({ mailbox }) => mailbox);
      expect(boxes.filter((mailbox) => mailbox === 'oct@oct.test.invalid').length).toBeGreaterThanOrEqual(1);
      expect(boxes).toContain('dre@amc1.test.invalid');

      await delivered();
      const answered = world.count(PRACTICE_MAILBOX);
      expect(answered).toBeGreaterThan(0);
      expect(await runVitale(home, ['relever', '--json'])).toMatchObject({ code: 0 });
      expect(world.count(PRACTICE_MAILBOX)).toBe(0);
      const { invoices } = await state();
      const degraded = sampleInvoices()
        .filter(({ securing }) => securing === 'D')
        .map(({ number }) => number);
      for (const { number, state: reached } of invoices) {
        const fine = degraded.includes(number) ? ['NO_ACK_EXPECTED'] : ['ACKED', 'CLOSED_NO_RSP'];
        expect({ number, reached, fine: fine.includes(reached) }).toEqual({ number, reached, fine: true });
      }
      // nothing more to send, nothing more to fetch
      await runVitale(home, ['relever']);
      expect(JSON.parse((await transmit()).stdout)).toMatchObject({ result: 'nothing' });
      expect(world.queued()).toBe(0);
    },
    120_000,
  );

  it('is opened by the openssl command with the key of the payer, as Dovecot gives it', async () => {
    practice({ smtp: 'tls', pop3: 'tls' });
    await runVitale(home, ['importer', JOURNEE]);
    expect((await transmit()).code).toBe(0);
    await delivered();
    await insurer.work();
    for (const { mail, mailbox } of insurer.received) {
      writeFileSync(join(home, 'mail.eml'), mail);
      const key = insurer.keyFile(mailbox);
      const inner = execFileSync('openssl', ['cms', '-decrypt', '-in', join(home, 'mail.eml'), '-inkey', key], { encoding: 'latin1' });
      expect(inner).toMatch(/^Content-Type: application\/EDI-consent\r\n/);
      expect(inner).toContain('Content-Description: IRISTEST/B2/Z');
    }
  }, 60_000);

  it.each<[string, string, (payer: { name: string }) => string | null]>([
    ['TRA-011', 'missing', () => null],
    ['TRA-020', 'expired', (payer) => makeIdentity({ ...payer, from: new Date('2024-01-01'), to: new Date('2026-11-01') }).cert],
  ])(
    'says %s for a certificate of the payer that is %s: the file stays, nothing leaves in clear, the others leave',
    async (code, _what, make) => {
      practice({ smtp: 'tls', pop3: 'tls' });
      profile(({ encryption }) => Object.assign(encryption ?? {}, { required: true }));
      await runVitale(home, ['importer', JOURNEE]);
      const file = join(home, 'certs', `${PAYER}.pem`);
      const right = readFileSync(file);
      const other = make({ name: PAYER });
      if (other === null) rmSync(file);
      else writeFileSync(file, other);
      const ended = await transmit();
      expect(ended).toMatchObject({ code: 4, stderr: expect.stringContaining(code) as unknown });
      await delivered();
      await insurer.work();
      expect(insurer.received.length).toBeGreaterThan(0);
      expect(insurer.received.filter(({ mailbox, encrypted }) => mailbox === PAYER || !encrypted)).toEqual([]);
      expect((await state()).lots.some((lot) => lot.state === 'SEALED')).toBe(true);

      writeFileSync(file, right);
      expect(await transmit()).toMatchObject({ code: 0 });
      await delivered();
      await insurer.work();
      expect(insurer.received.some(({ mailbox }) => mailbox === PAYER)).toBe(true);
      const seen = insurer.received.flatMap(({ invoices }) => invoices);
      expect(new Set(seen).size).toBe(seen.length);
    },
    60_000,
  );

  it.each<[string, string, Parameters<typeof makeMailPractice>[3]]>([
    ['TRA-002', 'a wrong password', { smtp: { password: 'faux' }, pop3: { password: 'faux' } }],
    ['TRA-010', 'an authority of its own', { smtp: { ca: null }, pop3: { ca: null } }],
  ])(
    'says %s for %s, and nothing leaves',
    async (code, _what, change) => {
      practice({ smtp: 'starttls', pop3: 'tls' }, change);
      await runVitale(home, ['importer', JOURNEE]);
      const ended = await transmit();
      expect(ended.stderr).toContain(code);
      expect(ended.code).not.toBe(0);
      const { files } = await state();
      expect(files.length).toBeGreaterThan(0);
      for (const file of files) expect(file).toMatchObject({ state: expect.stringMatching(/^(TEMP|PERM)_FAILED$/) as unknown });
      await delivered();
      expect(await insurer.work()).toBe(0);
    },
    60_000,
  );

  it('attaches the delivery report of Postfix to the attempt, as evidence: the state stays', async () => {
    practice({ smtp: 'starttls', pop3: 'tls' });
    const folder = join(home, 'destinataires');
    mkdirSync(folder);
    for (const name of ['amo_recipients.tsv', 'amc_recipients.tsv']) {
      const table = readFileSync(join(ROOT, 'addin/tables/recipients', name), 'utf8');
      writeFileSync(join(folder, name), table.replaceAll(PAYER, `01999@${BOUNCING_DOMAIN}`));
    }
    setCabinet(home, (cabinet) => ({ ...cabinet, recipients: 'destinataires' }));
    await runVitale(home, ['importer', JOURNEE]);
    expect(await transmit()).toMatchObject({ code: 0 });
    await delivered();
    await until(() => world.count(PRACTICE_MAILBOX) > 0);
    expect((await runVitale(home, ['relever'])).code).toBe(0);
    expect(world.count(PRACTICE_MAILBOX)).toBe(0);
    const { files } = await state();
    const reported = files.filter((file) => file.failure?.code === 'TRA-009');
    expect(reported.length).toBeGreaterThan(0);
    for (const file of reported) expect(file.state).toBe('HANDED_OVER');
    const { store } = await openStorage(home);
    const noted = await store.read(async (session) => (await session.journal.last(200)).filter(({ event }) => event === 'delivery-report'));
    await store.close();
    expect(noted.map(({ actor, detail }) => ({ actor, detail }))).toEqual(
      reported.map(() => ({ actor: 'external', detail: { rank: 1, action: 'failed', status: '5.7.1' } })),
    );
  }, 60_000);
});
