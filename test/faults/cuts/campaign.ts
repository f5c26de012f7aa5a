/**
 * Many messages through Postfix and Dovecot over a link that breaks: the program sends, the insurer answers, the program fetches; what failed is tried again, what
 * stays in doubt after the ARL window is sent again by a recorded decision. At the end every invoice is accounted for at both ends.
 * `node --require test/support/built.cjs test/faults/cuts/campaign.ts --files 10000`; prints one JSON line, status 1 when one is lost or came twice undecided.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { clock, makeManyFiles } from './many-files';
import { openPractice } from '../../../src/composition/container';
import { TOKENS } from '../../../src/composition/tokens';
import { isVitaleError } from '../../../src/teletrans/domain/errors';
import { InsurerDesk } from '../../support/mail-servers/insurer-desk';
import { MailWorld } from '../../support/mail-servers/mail-world';
import { makeMailPractice } from '../../support/mail-servers/practice';
import { until } from '../../support/until';
import { startCuttingProxy } from './cutting-proxy';

const HOUR_MS = 3_600_000;
const ROUNDS = 30;
/** About what one message takes upwards over TLS, with its login and handshake. */
const BYTES_OF_A_DIALOGUE = 4_500;
const MAILS_IN_TURN = 120_000;

export interface CampaignEnd {
  readonly files: number;
  readonly connections: number;
  readonly cuts: number;
  readonly attempts: number;
  readonly doubts: number;
  readonly decisions: number;
  /** Mails the insurer received, copies included. */
  readonly received: number;
  readonly lost: number;
  /** Invoices received more often than decisions allow. */
  readonly twice: number;
  /** Invoices not acknowledged at the end. */
  readonly unsettled: number;
  readonly seconds: number;
}

async function campaign(files: number, share: number, seed: number): Promise<CampaignEnd> {
  const started = Date.now();
  const home = mkdtempSync(join(tmpdir(), 'campagne-'));
  const state = `${home}.etat`;
  process.env['VITALE_ETAT'] = state;
  const world = await MailWorld.start();
  const smtp = await startCuttingProxy(world.ports.smtps, { share, mostBytes: BYTES_OF_A_DIALOGUE, seed });
  const pop3 = await startCuttingProxy(world.ports.pop3s, { share, mostBytes: MAILS_IN_TURN, seed: seed + 1 });
  const insurer = await InsurerDesk.open(world, null, clock.now);
  const say = (text: string): void => void process.stderr.write(`${String(Math.round((Date.now() - started) / 1000))} s: ${text}\n`);
  try {
    makeMailPractice(home, world, { smtp: 'tls', pop3: 'tls' }, { smtp: { port: smtp.port }, pop3: { port: pop3.port } });
    const profile = join(__dirname, '../../../addin/tables/transport/profil.json');
    const practitioners = makeManyFiles(home, profile, files);
    const practice = await openPractice(home);
    const { teletrans } = practice;
    /** A link that breaks in the middle is no end: the next turn goes on. */
    const patiently = async (work: () => Promise<unknown>): Promise<void> => {
      await work().catch((error: unknown) => {
        if (!isVitaleError(error)) throw error;
      });
    };
    const answers = async (): Promise<void> => {
      do await until(() => world.queued() === 0, 600_000);
      while ((await insurer.work()) > 0);
      await patiently(() => teletrans.collect(() => undefined));
    };
    for (const { billingNumber, card, invoices } of practitioners) {
      for (const invoice of invoices) await teletrans.take(invoice);
      await teletrans.insertVirtualCard(card);
      await teletrans.openCard(Buffer.from('1234'), false);
      await teletrans.transmit({ practitioner: billingNumber, situation: null }, () => undefined);
      say(`${billingNumber} sent`);
      await answers();
    }
    for (let round = 0; round < ROUNDS; round++) {
      const { files: shown, stops } = await teletrans.overview();
      for (const { id, decisions } of stops)
        if (decisions.includes('release-brake'))
          await teletrans.releaseBrake(id, { by: 'Essai', reason: 'La liaison coupe, les serveurs répondent' });
      const open = shown.filter(({ state }) => state !== 'ACKED' && state !== 'CANCELLED');
      say(`${String(open.length)} files open`);
      if (open.length === 0) break;
      if (round === 3) [smtp, pop3].forEach((link) => link.mend());
      await patiently(() => teletrans.transmit({ practitioner: null, situation: null }, () => undefined));
      await answers();
      if (round < 4) continue;
      clock.now = new Date(clock.now.getTime() + 30 * HOUR_MS);
      for (const { id } of (await teletrans.overview()).files.filter(({ state }) => state === 'UNCERTAIN'))
        await patiently(() => teletrans.resendFile(id, { by: 'Essai', reason: 'Aucun accusé dans le délai' }));
      await answers();
    }
    const end = await account(practice, insurer, files);
    await practice.dispose();
    const links = { connections: smtp.counts.connections + pop3.counts.connections, cuts: smtp.counts.cuts + pop3.counts.cuts };
    return { files, ...links, ...end, seconds: Math.round((Date.now() - started) / 1000) };
  } finally {
    insurer.close();
    await smtp.close();
    await pop3.close();
    await world.stop();
    for (const folder of [home, state]) rmSync(folder, { recursive: true, force: true });
  }
}

/** Both ends compared, invoice by invoice. */
async function account(
  { teletrans, container }: Awaited<ReturnType<typeof openPractice>>,
  insurer: InsurerDesk,
  files: number,
): Promise<Pick<CampaignEnd, 'attempts' | 'doubts' | 'decisions' | 'received' | 'lost' | 'twice' | 'unsettled'>> {
  const { invoices, files: shown } = await teletrans.overview();
  const store = container.resolve(TOKENS.store);
  const known = await store.read(async (session) =>
    Promise.all(
      shown.map(async ({ id }) => ({
        compostage: (await session.files.get(id))?.compostage ?? '',
        attempts: await session.attempts.ofFile(id),
        decisions: (await session.decisions.of(id)).length,
      })),
    ),
  );
  const arrived = new Map<string, number>();
  for (const { compostage } of insurer.received) arrived.set(compostage, (arrived.get(compostage) ?? 0) + 1);
  const attempts = known.flatMap((file) => file.attempts);
  return {
    attempts: attempts.length,
    doubts: attempts.filter(({ outcome }) => outcome === 'UNCERTAIN').length,
    decisions: known.reduce((sum, file) => sum + file.decisions, 0),
    received: insurer.received.length,
    lost:
      files -
      new Set(insurer.received.flatMap(({ compostage, invoices: inside }) => inside.map((number) => `${compostage} ${number}`))).size,
    twice: known.filter(({ compostage, decisions }) => (arrived.get(compostage) ?? 0) > 1 + decisions).length,
    unsettled: files - invoices.filter(({ state }) => state === 'ACKED' || state === 'CLOSED_NO_RSP').length,
  };
}

const { values } = parseArgs({
  options: {
    files: { type: 'string', default: '10000' },
    share: { type: 'string', default: '0.1' },
    seed: { type: 'string', default: '1' },
  },
});
campaign(Number(values.files), Number(values.share), Number(values.seed)).then(
  (end) => {
    process.stdout.write(`${JSON.stringify(end)}\n`);
    process.exit(end.lost + end.twice + end.unsettled === 0 ? 0 : 1);
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exit(1);
  },
);
