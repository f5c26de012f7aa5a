/**
 * The insurer as a process: configuration as one JSON line on standard input, one JSON line `{"smtpPort","pop3Port"}` on standard output when it is ready.
 * Further lines `{"rules":[...]}` change what it plays, `{"pay":{...}}` posts a round of payment returns; each is answered by `{"ok":true}` (with `mails` for
 * payments) or `{"ok":false,"reason"}`. Ends with standard input or SIGTERM.
 */
import { createInterface } from 'node:readline';
import { encodeArl0 } from '../../teletrans/formats/arl/arl0-encoder';
import { parseConfiguration } from './configuration';
import { Insurer } from './insurer';
import type { PaymentRound } from './payments';
import { parseRules } from './scenario';

const say = (value: object): void => void process.stdout.write(`${JSON.stringify(value)}\n`);
const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const complain = (error: unknown): void => void process.stderr.write(`insurer: ${reasonOf(error)}\n`);

async function obey(insurer: Insurer, line: string): Promise<void> {
  try {
    const { rules, pay } = JSON.parse(line) as { rules?: unknown; pay?: PaymentRound };
    if (pay !== undefined) {
      say({ ok: true, mails: await insurer.pay(pay) });
      return;
    }
    insurer.play(parseRules(rules));
    say({ ok: true });
  } catch (error) {
    say({ ok: false, reason: reasonOf(error) });
  }
}

async function main(): Promise<void> {
  let insurer: Insurer | null = null;
  const input = createInterface({ input: process.stdin });
  process.once('SIGTERM', () => input.close());
  process.once('SIGINT', () => input.close());
  for await (const line of input) {
    if (line.trim() === '') continue;
    if (insurer === null) {
      insurer = await Insurer.start(parseConfiguration(line), encodeArl0, { onFailure: complain });
      say(insurer.ports);
    } else await obey(insurer, line);
  }
  await insurer?.stop();
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    complain(error);
    process.exit(1);
  },
);
