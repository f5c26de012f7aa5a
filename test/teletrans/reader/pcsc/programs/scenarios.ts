/** What happens between people, cards and readers, each as one scenario; what was seen is returned for the test to judge. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import * as path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { VirtualCard } from '../../../../support/virtual-pcsc/card';
import type { Typing } from '../../../../support/virtual-pcsc/keypad';
import type { Family } from '../../../../support/virtual-pcsc/families';
import { nodeArguments } from '../../../../support/virtual-pcsc/world';
import { outcome, RIGHT, WRONG, until, type Rig } from './rig';

const CONTENT = Buffer.from(
  'un lot de factures, plus long que deux blocs de soixante-quatre octets, pour que la carte finisse elle-même le calcul.',
);

/** What is said of the reader: why it cannot be used, or its state. */
async function told(rig: Rig): Promise<string> {
  const status = await rig.reader.status();
  return 'errorCode' in status ? status.errorCode : status.state;
}

const hasKeypad = async (rig: Rig): Promise<boolean> => {
  const status = await rig.reader.status();
  return status.state === 'card' && status.keypad;
};

async function reading(rig: Rig, family: Family): Promise<unknown> {
  const card = await rig.put(family);
  const status = await rig.reader.status();
  const seen = await rig.withSession(async (session) => {
    const before = await session.situations().catch((error: unknown) => (error as Error).message);
    await session.verify(RIGHT, false);
    const situations = await session.situations();
    const signature = await session.sign(CONTENT);
    return { before, situations, signature: signature.toString('base64'), certificate: await session.certificate() };
  });
  return { status, ...seen, content: CONTENT.toString('base64'), presented: card.presented, verifiedAfter: card.verified };
}

async function wrongCodes(rig: Rig, family: Family): Promise<unknown> {
  const card = await rig.put(family);
  return rig.withSession(async (session) => {
    const steps: string[] = [];
    const step = async (code: Buffer, confirmed: boolean): Promise<void> => {
      steps.push(
        `${await outcome(session.verify(code, confirmed))} presented=${String(card.presented)} left=${String(await session.triesLeft())}`,
      );
    };
    await step(Buffer.from('48'), true);
    await step(WRONG, false);
    await step(WRONG, false);
    await step(RIGHT, false);
    await step(WRONG, true);
    await step(RIGHT, true);
    return { steps, status: await rig.reader.status() };
  });
}

async function rightAfterOneError(rig: Rig): Promise<unknown> {
  const card = await rig.put('CPS4');
  return rig.withSession(async (session) => {
    const wrong = await outcome(session.verify(WRONG, false));
    const right = await outcome(session.verify(RIGHT, false));
    return { wrong, right, left: await session.triesLeft(), presented: card.presented };
  });
}

async function keypadEntries(rig: Rig): Promise<unknown> {
  const typings: readonly Typing[] = [
    { end: 'timeout' },
    { end: 'cancel' },
    { digits: '48' },
    { digits: '1111' },
    { digits: '4826', afterMs: 400 },
  ];
  const card = await rig.put('CPS4');
  return rig.withSession(async (session) => {
    const steps: string[] = [];
    let ticks = 0;
    const ticking = setInterval(() => (ticks += 1), 20);
    for (const typing of typings) {
      rig.keypad.willType(typing);
      ticks = 0;
      steps.push(`${await outcome(session.verifyOnKeypad(false))} presented=${String(card.presented)}`);
    }
    clearInterval(ticking);
    const situations = (await session.situations()).length;
    return {
      has: await hasKeypad(rig),
      steps,
      ticks,
      situations,
      request: rig.keypad.keypadRequests.at(-1),
      codes: rig.keypad.commands.filter((c) => c.startsWith('01200001')),
    };
  });
}

async function keypadRefusesLastTry(rig: Rig): Promise<unknown> {
  const card = await rig.put('CPS3');
  card.triesLeft = 1;
  const asked = rig.keypad.keypadRequests.length;
  return rig.withSession(async (session) => {
    const refused = await outcome(session.verifyOnKeypad(false));
    const before = rig.keypad.keypadRequests.length - asked;
    rig.keypad.willType({ digits: '1111' });
    const blocked = await outcome(session.verifyOnKeypad(true));
    const again = await outcome(session.verifyOnKeypad(true));
    return { refused, before, blocked, again, asked: rig.keypad.keypadRequests.length - asked, presented: card.presented };
  });
}

async function plainReader(rig: Rig): Promise<unknown> {
  const card = await rig.put('CPS4', rig.plain);
  return rig.withSession(async (session) => ({
    has: await hasKeypad(rig),
    entry: await outcome(session.verifyOnKeypad(false)),
    presented: card.presented,
    typed: await outcome(session.verify(RIGHT, false)),
  }));
}

/** The card is pulled at each command of a signature, one after the other. */
async function pulledWhileSigning(rig: Rig, family: Family): Promise<unknown> {
  const outcomes: string[] = [];
  let commands = 0;
  for (let nth = 1; commands === 0 || nth <= commands; nth += 1) {
    const card = await rig.put(family);
    const session = await rig.reader.open();
    await session.verify(RIGHT, false);
    if (commands === 0) {
      const before = rig.keypad.commands.length;
      await session.sign(CONTENT);
      commands = rig.keypad.commands.length - before;
    }
    rig.keypad.pullAtCommand(nth);
    const signing = await outcome(session.sign(CONTENT));
    const after = await outcome(session.sign(CONTENT));
    await session.close();
    outcomes.push(`${signing} ${after} left=${String(card.triesLeft)} presented=${String(card.presented)}`);
  }
  return { commands, outcomes };
}

async function runToItsEnd(program: string): Promise<{ readonly printed: string; readonly code: unknown }> {
  const child = spawn(process.execPath, [...nodeArguments(path.join(__dirname, program))], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let printed = '';
  child.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  return { printed: printed.trim(), code };
}

async function secondClient(rig: Rig): Promise<unknown> {
  await rig.put('DEMONSTRATION');
  const ours = await rig.withSession(async (session) => {
    await session.verify(RIGHT, false);
    return (await session.situations()).length;
  });
  return { ours, second: await runToItsEnd('second-client.ts') };
}

async function manyLives(rig: Rig): Promise<unknown> {
  await rig.put('CPS4');
  return runToItsEnd('many-lives.ts');
}

/** The window asks, the watch asks, and a person opens the card, all at once: none takes another for a second program. */
async function askedAtOnce(rig: Rig): Promise<unknown> {
  const card = await rig.put('CPS3');
  const session = await rig.reader.open();
  const told = await Promise.all([
    ...[1, 2, 3].map(async () => (await rig.reader.status()).state),
    outcome(session.verify(RIGHT, false)),
    ...[1, 2, 3].map(async () => (await rig.reader.status()).state),
    outcome(session.situations()),
  ]);
  await session.close();
  // Nothing was left connected: the card can be had alone.
  const alone = await rig.withSession((fresh) => outcome(fresh.verify(RIGHT, false)));
  return { told: [...new Set(told)], alone, presented: card.presented };
}

async function heldByAnother(rig: Rig): Promise<unknown> {
  await rig.put('DEMONSTRATION');
  const session = await rig.reader.open();
  const args = [...nodeArguments(path.join(__dirname, 'second-client.ts')), 'exclusive'];
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  const held = [await outcome(session.verify(RIGHT, false)), await told(rig)];
  const ended = once(child, 'close');
  child.stdin.end();
  await ended;
  const free = await outcome(session.verify(RIGHT, false));
  await session.close();
  return { held, free };
}

async function removalSeen(rig: Rig): Promise<unknown> {
  await rig.put('CPS4');
  const session = await rig.reader.open();
  await session.verify(RIGHT, false);
  let changes = 0;
  const stop = rig.transport.watch(() => (changes += 1));
  // A road may say at first that it has begun to watch.
  await sleep(600);
  changes = 0;
  rig.keypad.remove();
  const since = performance.now();
  await until(() => changes > 0);
  const seenWithinMs = performance.now() - since;
  stop();
  const after = await outcome(session.situations());
  const again = await rig.put('CPS4');
  const back = await outcome(session.situations());
  await session.close();
  return { seenWithin2s: seenWithinMs < 2000, after, back, presented: again.presented };
}

async function serviceKilled(rig: Rig): Promise<unknown> {
  await rig.put('CPS4');
  const session = await rig.reader.open();
  await session.verify(RIGHT, false);
  const stop = rig.transport.watch(() => undefined);
  await rig.pcscd.stop('SIGKILL');
  const during = [await outcome(session.situations()), await outcome(session.situations())];
  await sleep(100);
  during.push(await told(rig));
  await session.close();
  await rig.startService();
  await until(async () => (await told(rig)) === 'card');
  stop();
  const after = await rig.withSession((fresh) => outcome(fresh.verify(RIGHT, false)));
  return { during, after };
}

async function readerUnplugged(rig: Rig): Promise<unknown> {
  await rig.put('CPS4');
  const session = await rig.reader.open();
  await session.verify(RIGHT, false);
  await rig.keypad.unplug();
  const gone = await outcome(session.situations());
  await until(async () => (await rig.transport.listReaders()).length === 1);
  await session.close();
  await rig.keypad.plug();
  await until(async () => (await rig.transport.listReaders()).length === 2);
  await until(async () => (await rig.reader.status()).state === 'card');
  return { gone, back: await rig.withSession((fresh) => outcome(fresh.verify(RIGHT, false))) };
}

/** The card of an insured in one reader, then a CPS in the other. */
async function twoReaders(rig: Rig): Promise<unknown> {
  await rig.empty();
  rig.plain.insert(new VirtualCard('DEMONSTRATION', rig.written, '0000', '3B751300004409EA9000'));
  await until(async () => (await rig.reader.status()).state === 'not-a-cps');
  const alone = { status: await rig.reader.status(), open: await outcome(rig.reader.open()) };
  const asked = rig.plain.commands.length;
  rig.keypad.insert(new VirtualCard('CPS4', rig.written, RIGHT.toString()));
  await until(async () => (await rig.reader.status()).state === 'card');
  const opened = await rig.withSession((session) => outcome(session.verify(RIGHT, false)));
  return { alone, opened, toVitale: rig.plain.commands.length - asked };
}

/** Cards that are no CPS: each is named, none is asked for a code. */
async function otherCards(rig: Rig): Promise<unknown> {
  const seen: string[] = [];
  for (const [atr, answersPayment] of [
    ['3B6500002063CB6700', true],
    ['3B9F95801FC78031E073FE211B63', false],
  ] as const) {
    await rig.empty();
    const card = new VirtualCard('DEMONSTRATION', rig.written, RIGHT.toString(), atr, answersPayment);
    rig.plain.insert(card);
    await until(async () => (await told(rig)).startsWith('CPS-02'));
    seen.push(`${await told(rig)} ${await outcome(rig.reader.open())} presented=${String(card.presented)}`);
  }
  return seen;
}

async function pulledDuringEntry(rig: Rig): Promise<unknown> {
  const card = await rig.put('CPS4');
  const session = await rig.reader.open();
  rig.keypad.willType({ end: 'cancel', afterMs: 300 });
  setTimeout(() => rig.keypad.remove(), 100);
  const entry = await outcome(session.verifyOnKeypad(false));
  const after = await outcome(session.verifyOnKeypad(false));
  await session.close();
  return { entry, after, presented: card.presented };
}

export const SCENARIOS: Readonly<Record<string, (rig: Rig) => Promise<unknown>>> = {
  'reading CPS3': (rig) => reading(rig, 'CPS3'),
  'reading CPS4': (rig) => reading(rig, 'CPS4'),
  'reading DEMONSTRATION': (rig) => reading(rig, 'DEMONSTRATION'),
  'wrong codes CPS3': (rig) => wrongCodes(rig, 'CPS3'),
  'wrong codes CPS4': (rig) => wrongCodes(rig, 'CPS4'),
  'right after one error': rightAfterOneError,
  'keypad entries': keypadEntries,
  'keypad refuses the last try': keypadRefusesLastTry,
  'plain reader': plainReader,
  'two readers': twoReaders,
  'other cards': otherCards,
  'pulled during entry': pulledDuringEntry,
  'pulled while signing CPS3': (rig) => pulledWhileSigning(rig, 'CPS3'),
  'pulled while signing CPS4': (rig) => pulledWhileSigning(rig, 'CPS4'),
  'second client': secondClient,
  'many lives': manyLives,
  'asked at once': askedAtOnce,
  'held by another': heldByAnother,
  'removal seen': removalSeen,
  'service killed': serviceKilled,
  'reader unplugged': readerUnplugged,
};
