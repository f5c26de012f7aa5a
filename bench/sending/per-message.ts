/**
 * Time per message: the program's road of a frozen file (its bytes read and checked, the attempt on the disk, the dialogue, the outcome on the disk with its lot
 * and invoice) against a bare nodemailer loop over the same bytes, turn by turn, through the same Postfix: TLS from the first byte, login, one connection per message
 * for both. `node --require ./test/support/built.cjs bench/sending/per-message.ts [--files 300]`; needs root, postfix and dovecot; prints one JSON line.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createTransport } from 'nodemailer';
import { makeManyFiles } from '../../test/faults/cuts/many-files';
import { openPractice } from '../../src/composition/container';
import { TOKENS } from '../../src/composition/tokens';
import { MailWorld, PRACTICE_MAILBOX } from '../../test/support/mail-servers/mail-world';
import { makeMailPractice } from '../../test/support/mail-servers/practice';
import { Sending } from '../../src/teletrans/sending/sending';
import type { StoredFile } from '../../src/teletrans/store/port';

const WARM_UP = 10;
const PROFILE = join(__dirname, '../../addin/tables/transport/profil.json');

const median = (times: readonly number[]): number => [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;
const rounded = (ms: number): number => Math.round(ms * 100) / 100;

/** The bare loop's turn comes before and after the program's, so that what changes on the machine weighs on both. */
async function main(files: number): Promise<void> {
  const home = mkdtempSync(join(tmpdir(), 'vitale-bench-'));
  const state = `${home}.etat`;
  process.env['VITALE_ETAT'] = state;
  const world = await MailWorld.start();
  const ours: number[] = [];
  const bare: number[] = [];
  try {
    makeMailPractice(home, world, { smtp: 'tls', pop3: 'tls' });
    const [practitioner] = makeManyFiles(home, PROFILE, files);
    const { teletrans, container, dispose } = await openPractice(home).then((opened) => ({ ...opened, dispose: () => opened.dispose() }));
    for (const invoice of practitioner?.invoices ?? []) await teletrans.take(invoice);
    const store = container.resolve(TOKENS.store);
    const frozen = container.resolve(TOKENS.frozen);
    const { password, ports, ca } = world;
    const link = { host: '127.0.0.1', port: ports.smtps, secure: true, auth: { user: PRACTICE_MAILBOX, pass: password } } as const;
    const tls = { ca: readFileSync(ca, 'utf8') };
    const loop = async (bytes: Buffer, to: string): Promise<number> => {
      const began = performance.now();
      await createTransport({ ...link, tls, pool: false }).sendMail({ raw: bytes, envelope: { from: PRACTICE_MAILBOX, to } });
      return performance.now() - began;
    };
    // every file the program sends is timed where it is sent, and the bare loop takes the same bytes at once
    // eslint-disable-next-line @typescript-eslint/unbound-method -- called with its own `this`
    const { send } = Sending.prototype;
    Sending.prototype.send = async function timed(this: Sending, waiting: readonly StoredFile[], ...rest): ReturnType<typeof send> {
      for (const file of waiting) {
        const bytes = await frozen.read(file.id);
        const before = await loop(bytes, file.recipient.mailbox);
        const began = performance.now();
        await send.call(this, [file], ...rest);
        ours.push(performance.now() - began);
        bare.push((before + (await loop(bytes, file.recipient.mailbox))) / 2);
      }
      return { tried: waiting.map(({ id }) => id), stopped: null };
    };
    await teletrans.insertVirtualCard(practitioner?.card ?? null);
    await teletrans.openCard(Buffer.from('1234'), false);
    await teletrans.transmit({ practitioner: practitioner?.billingNumber ?? null, situation: null }, () => undefined);
    const handedOver = await store.read((session) => session.files.list({ state: ['HANDED_OVER'] }));
    if (handedOver.length !== files) throw new Error(`${String(handedOver.length)} of ${String(files)} handed over`);
    await dispose();
  } finally {
    await world.stop();
    for (const folder of [home, state]) rmSync(folder, { recursive: true, force: true });
  }
  const [program, floor] = [ours, bare].map((times) => median(times.slice(WARM_UP)));
  process.stdout.write(
    `${JSON.stringify({ files, program_ms: rounded(program ?? 0), bare_ms: rounded(floor ?? 0), ratio: rounded((program ?? 0) / (floor ?? 1)) })}\n`,
  );
}

const { values } = parseArgs({ options: { files: { type: 'string', default: '300' } } });
main(Number(values.files)).then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exit(1);
  },
);
