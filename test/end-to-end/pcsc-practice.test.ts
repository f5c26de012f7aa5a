/** The whole product with a PC/SC reader, under a real pcscd in a world of its own: terminal, window, keypad, sealing, the session nobody attends. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { hasBrowser } from '../support/browser';
import { withPcscd } from '../support/virtual-pcsc/with-pcscd';
import { PcscWorld } from '../support/virtual-pcsc/world';

interface Proof {
  /** Base64. */
  readonly bytes: string;
  readonly signature: string;
  readonly certificate: string;
}

/** What `openssl` says of a signature, with the files a person would give it. */
function verifiedByOpenssl({ bytes, signature, certificate }: Proof): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'proof-'));
  const file = (name: string, content: string | Buffer): string => {
    writeFileSync(path.join(folder, name), content);
    return path.join(folder, name);
  };
  try {
    const key = execFileSync('openssl', ['x509', '-pubkey', '-noout', '-in', file('certificate.pem', certificate)]);
    const signed = [file('signature', Buffer.from(signature, 'base64')), file('lot', Buffer.from(bytes, 'base64'))] as const;
    return execFileSync('openssl', ['dgst', '-sha256', '-verify', file('key.pem', key), '-signature', ...signed])
      .toString()
      .trim();
  } catch {
    return 'refused';
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const { suite, means } = withPcscd('a practice with a PC/SC reader');

suite('a practice with a PC/SC reader', () => {
  let world: PcscWorld;
  beforeAll(() => {
    world = new PcscWorld(means(), path.join(__dirname, 'programs/pcsc-practice.ts'));
  });
  afterAll(async () => expect(await world.end()).toBe(0), 120_000);

  it('transmits from the terminal; spends no try a person did not make; what the card signed is verified by openssl', async () => {
    const seen = await world.run<{ steps: string[]; verifiedAfter: boolean; received: number; proofs: Proof[] }>('at the terminal');
    expect(seen.steps).toEqual([
      '3 needs-card CPS-023 presented=0 left=3',
      '3 needs-card CPS-003 presented=1 left=2',
      '3 needs-card CPS-003 presented=2 left=1',
      '3 needs-card CPS-004 presented=2 left=1',
      '0 sent presented=3 left=3',
    ]);
    expect(seen.verifiedAfter).toBe(false);
    expect(seen.received).toBeGreaterThan(0);
    expect(seen.proofs.length).toBeGreaterThan(1);
    for (const proof of seen.proofs) expect(verifiedByOpenssl(proof)).toBe('Verified OK');
    const [first, second] = seen.proofs;
    expect(verifiedByOpenssl({ ...first!, bytes: second!.bytes })).toBe('refused');
  }, 180_000);

  it.each([
    ['CPS3', 4],
    ['CPS4', 2],
  ])(
    'leaves the lot as it was, same number, when a %s is pulled out at any command of its sealing',
    async (family, commands) => {
      const seen = await world.run<{ rounds: string[]; received: string[] }>(`pulled while sealing ${family}`);
      const number = /lots=(\d+):/.exec(seen.rounds[0] ?? '')?.[1] ?? '?';
      expect(seen.rounds).toEqual([
        ...Array<string>(commands).fill(`needs-card LEC-004 lots=${number}:NUMBERED presented=1 left=3`),
        `sent - lots=${number}:SENT presented=1 left=3`,
      ]);
      expect(seen.received).toHaveLength(1);
    },
    180_000,
  );

  it('closes the day with the session nobody attends, which the card ends; no other program uses the card meanwhile, nor a code afterwards', async () => {
    expect(await world.run('unattended')).toEqual({
      before: 'needs-card',
      during: 'sent',
      stillOpen: 'DUPONT CLAIRE',
      toOthers: 'LEC-005',
      after: 'needs-card',
      verified: false,
      presented: 1,
    });
  }, 180_000);

  (hasBrowser() ? it : it.skip)(
    'leads a person at the window through wrong codes, the keypad, the last try, a blocked card, an unplugged reader, a stopped service',
    async () => {
      expect(await world.run('window by hand')).toEqual([
        'presented=1 left=2',
        'presented=2 left=1',
        'presented=3 left=0 lit=1',
        'presented=2 left=3',
        'presented=3 left=3 verified=false',
      ]);
    },
    300_000,
  );
});
