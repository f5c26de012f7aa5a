/** A practice with a PC/SC reader, its insurer, and people at the window and the keypad, all in a world of their own. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openPractice } from '../../../src/composition/container';
import { closeDay } from '../../../src/composition/in-host/day-close';
import { openStorage } from '../../../src/teletrans/store/open';
import type { Teletrans, TransmitReport } from '../../../src/teletrans/application/port';
import type { Invoice } from '../../../src/teletrans/domain/invoice';
import { PracticeProcesses, ROOT, type Ended } from '../../support/practice-processes';
import { serve } from '../../support/virtual-pcsc/serve';
import { outcome, RIGHT, Rig, until } from '../../teletrans/reader/pcsc/programs/rig';
import { windowByHand } from './window-by-hand';

export const DUPONT = '999000011';
const JOURNEE = join(ROOT, 'test/data/journee.ndjson');

/** The day's invoices of one practitioner and situation. */
export const invoicesOf = (billingNumber: string, situation: string): readonly Invoice[] =>
  readFileSync(JOURNEE, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Invoice)
    .filter(({ practitioner }) => practitioner.billingNumber === billingNumber && practitioner.situation === situation);

/** A new practice whose reader is whatever PC/SC finds. */
export async function practiceWithReader(): Promise<PracticeProcesses> {
  const practice = await PracticeProcesses.start();
  const file = join(practice.home, 'cabinet.json');
  const cabinet = JSON.parse(readFileSync(file, 'utf8')) as object;
  writeFileSync(file, JSON.stringify({ ...cabinet, reader: { kind: 'pcsc', name: null } }));
  return practice;
}

async function inPractice<T>(work: (practice: PracticeProcesses) => Promise<T>): Promise<T> {
  const practice = await practiceWithReader();
  try {
    return await work(practice);
  } finally {
    await practice.stop();
  }
}

const inProcess = async <T>(practice: PracticeProcesses, work: (teletrans: Teletrans) => Promise<T>): Promise<T> => {
  process.env['VITALE_MAINTENANT'] = '2026-11-20T18:40:00+01:00';
  const opened = await openPractice(practice.home);
  try {
    return await work(opened.teletrans);
  } finally {
    await opened.dispose();
  }
};

const told = ({ code, stdout, stderr }: Ended): string =>
  [code, stdout === '' ? '' : (JSON.parse(stdout) as TransmitReport).result, /\b(?:CPS|LEC|HOT)-\d{3}/.exec(stderr)?.[0] ?? '']
    .filter((part) => part !== '')
    .join(' ');

/** What a card signed of each lot, for openssl to judge. */
async function proofs(home: string): Promise<unknown> {
  const { store } = await openStorage(home);
  try {
    return await store.read(async (session) => {
      const found = [];
      for (const lot of await session.lots.list())
        found.push({ bytes: (await session.lots.bytes(lot.id))?.toString('base64') ?? '', ...lot.proof });
      return found;
    });
  } finally {
    await store.close();
  }
}

/** `vitale transmettre` with a card in a PC/SC reader: a wrong code, the right one, and what was signed. */
async function atTheTerminal(rig: Rig): Promise<unknown> {
  return inPractice(async (practice) => {
    const card = await rig.put('CPS3');
    await practice.vitale(['importer', JOURNEE]);
    const send = async (code: string, ...more: string[]): Promise<string> => {
      const words = ['transmettre', '--praticien', DUPONT, '--situation', '1', '--code-porteur-stdin', '--json', ...more];
      return `${told(await practice.vitale(words, `${code}\n`))} presented=${String(card.presented)} left=${String(card.triesLeft)}`;
    };
    const steps = [await send('12'), await send('1111'), await send('2222'), await send('3333'), await send('4826', '--dernier-essai')];
    await until(() => practice.receivedInvoices().length > 0);
    return { steps, verifiedAfter: card.verified, received: practice.receivedInvoices().length, proofs: await proofs(practice.home) };
  });
}

/** The card is pulled out at each command of a sealing, one after the other, until all are done. */
async function pulledWhileSealing(rig: Rig, family: 'CPS3' | 'CPS4'): Promise<unknown> {
  return inPractice((practice) =>
    inProcess(practice, async (teletrans) => {
      for (const invoice of invoicesOf('999000029', '1').filter(({ kind }) => kind === 'FSE')) await teletrans.take({ ...invoice });
      for (const invoice of invoicesOf(DUPONT, '1').filter(({ kind, securing }) => kind === 'FSE' && securing === 'D'))
        await teletrans.take({ ...invoice });
      const rounds: string[] = [];
      for (let nth = 1; nth <= 12; nth += 1) {
        const card = await rig.put(family);
        await until(async () => (await teletrans.readerStatus()).state === 'card');
        await teletrans.openCard(Buffer.from(RIGHT), false);
        rig.keypad.pullAtCommand(nth);
        const { result, reason } = await teletrans.transmit({ practitioner: DUPONT, situation: '1' }, () => undefined);
        rig.keypad.pullAtCommand(null);
        const { lots } = await teletrans.overview();
        rounds.push(
          `${result} ${reason?.code ?? '-'} lots=${lots.map((lot) => `${lot.number}:${lot.state}`).join()} presented=${String(card.presented)} left=${String(card.triesLeft)}`,
        );
        if (result === 'sent') break;
      }
      // The insurer notes what it received after it has answered.
      await until(() => practice.receivedInvoices().length > 0);
      return { rounds, received: practice.receivedInvoices() };
    }),
  );
}

/** The session nobody attends, under a real reader: kept through a closing of the day, ended by the card, unverified for the next program. */
async function unattended(rig: Rig): Promise<unknown> {
  return inPractice((practice) =>
    inProcess(practice, async (teletrans) => {
      const closing = async (): Promise<string> => (await closeDay(teletrans, 90_000, 'nobody')).outcome;
      const card = await rig.put('CPS4');
      await until(async () => (await teletrans.readerStatus()).state === 'card');
      const [first, ...others] = invoicesOf(DUPONT, '1').filter(({ kind, securing }) => kind === 'FSE' && securing === 'S');
      await teletrans.take({ ...first });
      const before = await closing();
      await teletrans.openCard(Buffer.from(RIGHT), false);
      teletrans.keepCardOpen(60);
      const during = await closing();
      const stillOpen = teletrans.openedCard()?.holderName;
      const toOthers = await outcome(rig.withSession((session) => session.triesLeft()));
      const closed = new Promise<void>((resolve) => {
        teletrans.onChange(() => (teletrans.openedCard() === null ? resolve() : undefined));
      });
      rig.keypad.remove();
      await closed;
      for (const invoice of others) await teletrans.take({ ...invoice });
      return { before, during, stillOpen, toOthers, after: await closing(), verified: card.verified, presented: card.presented };
    }),
  );
}

void serve(() => Rig.make(), {
  'at the terminal': atTheTerminal,
  'pulled while sealing CPS3': (rig) => pulledWhileSealing(rig, 'CPS3'),
  'pulled while sealing CPS4': (rig) => pulledWhileSealing(rig, 'CPS4'),
  unattended,
  'window by hand': (rig) => inPractice((practice) => windowByHand(rig, practice)),
});
