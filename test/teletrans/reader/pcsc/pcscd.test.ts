/** The card reader under a real pcscd, in a world of its own; its cards and keypad are virtual. */
import { createVerify, X509Certificate } from 'node:crypto';
import * as path from 'node:path';
import { CLAIRE_DUPONT } from '../../../support/virtual-pcsc/card-content';
import { withPcscd } from '../../../support/virtual-pcsc/with-pcscd';
import { PcscWorld } from '../../../support/virtual-pcsc/world';

const { suite, means } = withPcscd('the card reader under a real pcscd');

interface Reading {
  readonly status: unknown;
  readonly before: string;
  readonly situations: unknown;
  readonly signature: string;
  readonly certificate: string;
  readonly content: string;
  readonly presented: number;
  readonly verifiedAfter: boolean;
}

// The same statements hold of both roads: `ffi` is the one of Windows, here with libpcsclite in the place of winscard.dll.
suite.each(['package', 'ffi'] as const)('a CPS in a PC/SC reader, by %s', (road) => {
  let world: PcscWorld;
  beforeAll(() => {
    world = new PcscWorld(means(), path.join(__dirname, 'programs/far-side.ts'), road);
  });
  // The program releases every handle, then must end by itself: nothing ends it. The time is for a loaded machine, no measure of anything.
  afterAll(async () => expect(await world.end()).toBe(0), 120_000);

  it.each(['CPS3', 'CPS4', 'DEMONSTRATION'])('reads a %s card, opens it with its code and signs with it', async (family) => {
    const seen = await world.run<Reading>(`reading ${family}`);
    expect(seen.status).toMatchObject({ state: 'card', holder: CLAIRE_DUPONT.holder, triesLeft: 3, maxTries: 3 });
    expect(seen.before).toContain('after its code');
    expect(seen.situations).toEqual(CLAIRE_DUPONT.situations);
    const signature = Buffer.from(seen.signature, 'base64');
    expect(new X509Certificate(seen.certificate).subject).toContain('DUPONT');
    expect(createVerify('sha256').update(Buffer.from(seen.content, 'base64')).verify(seen.certificate, signature)).toBe(true);
    expect(seen.presented).toBe(1);
    expect(seen.verifiedAfter).toBe(false);
  });

  it.each(['CPS3', 'CPS4'])(
    'spends one try of a %s for each wrong code, none without confirmation at the last one, none once blocked',
    async (family) => {
      const { steps, status } = await world.run<{ steps: readonly string[]; status: unknown }>(`wrong codes ${family}`);
      expect(steps).toEqual([
        'CPS-023 presented=0 left=3',
        'CPS-003 n=2 presented=1 left=2',
        'CPS-003 n=1 presented=2 left=1',
        'CPS-004 presented=2 left=1',
        'CPS-005 presented=3 left=0',
        'CPS-005 presented=3 left=0',
      ]);
      expect(status).toMatchObject({ state: 'card', triesLeft: 0 });
    },
  );

  it('opens with the right code after one error and gives the tries back', async () => {
    expect(await world.run('right after one error')).toEqual({ wrong: 'CPS-003 n=2', right: 'ok', left: 3, presented: 2 });
  });

  it('has the code typed on the keypad: too late, cancelled and too short cost nothing; wrong costs one; the program stays awake', async () => {
    const seen = await world.run<{ has: boolean; steps: unknown; ticks: number; situations: number; request: unknown }>('keypad entries');
    expect(seen.has).toBe(true);
    expect(seen.steps).toEqual([
      'CPS-022 presented=0',
      'CPS-021 presented=0',
      'CPS-023 presented=0',
      'CPS-003 n=2 presented=1',
      'ok presented=2',
    ]);
    // 400 ms of entry at 20 ms a tick.
    expect(seen.ticks).toBeGreaterThan(8);
    expect(seen.situations).toBe(2);
    expect(seen.request).toMatchObject({ timeoutSeconds: 30, shortest: 4, longest: 4, language: 0x040c, at: 5, block: 4 });
  });

  it('does not light the keypad for the last try without confirmation, nor for a blocked card', async () => {
    expect(await world.run('keypad refuses the last try')).toEqual({
      refused: 'CPS-004',
      before: 0,
      blocked: 'CPS-005',
      again: 'CPS-005',
      asked: 1,
      presented: 1,
    });
  });

  it('says that a reader has no keypad, and takes the code otherwise', async () => {
    expect(await world.run('plain reader')).toEqual({ has: false, entry: 'LEC-012', presented: 0, typed: 'ok' });
  });

  it.each([
    ['CPS3', 4],
    ['CPS4', 2],
  ])('gives no signature when a %s is pulled out at any of its commands', async (family, commands) => {
    const seen = await world.run<{ commands: number; outcomes: readonly string[] }>(`pulled while signing ${family}`);
    expect(seen.commands).toBe(commands);
    expect(seen.outcomes).toEqual(Array<string>(commands).fill('LEC-004 LEC-004 left=3 presented=1'));
  });

  it('spends no try when the card is taken out while the code is typed', async () => {
    expect(await world.run('pulled during entry')).toEqual({ entry: 'LEC-004', after: 'LEC-004', presented: 0 });
  });

  it('tells a Vitale card, sends it nothing, and finds the CPS in the other reader', async () => {
    const seen = await world.run<{ alone: unknown; opened: string; toVitale: number }>('two readers');
    expect(seen).toMatchObject({
      alone: { status: { state: 'not-a-cps', errorCode: 'CPS-019' }, open: 'CPS-019' },
      opened: 'ok',
      toVitale: 0,
    });
  });

  it('names a bank card and an unknown one, and asks neither for a code', async () => {
    expect(await world.run('other cards')).toEqual(['CPS-026 CPS-026 presented=0', 'CPS-020 CPS-020 presented=0']);
  });

  it('leaves the card without a verified code: another program is refused its files, then ends by itself', async () => {
    // Selected, security status not satisfied, three tries left.
    expect(await world.run('second client')).toEqual({ ours: 2, second: { printed: '9000 6982 63c3', code: 0 } });
  });

  it('lets a program end by itself, whatever the instant at which it lets the readers go', async () => {
    expect(await world.run('many lives')).toEqual({ printed: '120', code: 0 });
  }, 120_000);

  it('is asked by several parts of the program at once, and leaves no connection behind', async () => {
    expect(await world.run('asked at once')).toEqual({ told: ['card', 'ok'], alone: 'ok', presented: 2 });
  });

  it('says that another program holds the card, and works once it has let it go', async () => {
    expect(await world.run('held by another')).toEqual({ held: ['LEC-005', 'LEC-005'], free: 'ok' });
  });

  it('sees the card taken out, and does not take the card put back for the one that was opened', async () => {
    expect(await world.run('removal seen')).toEqual({ seenWithin2s: true, after: 'LEC-004', back: 'LEC-004', presented: 0 });
  });

  it('says that the service is stopped, and comes back with it', async () => {
    expect(await world.run('service killed')).toEqual({ during: ['LEC-002', 'LEC-004', 'LEC-002'], after: 'ok' });
  });

  it('comes back with a reader that was unplugged', async () => {
    expect(await world.run('reader unplugged')).toEqual({ gone: 'LEC-004', back: 'ok' });
  });
});
