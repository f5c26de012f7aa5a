/** Faults put into the program on purpose (see {@link Mutant}): the oracle must catch every one of them. */
import { TeletransApplication } from '../../../src/teletrans/application/teletrans';
import { Pop3Collector } from '../../../src/teletrans/network/pop3-collector';
import type { SendOutcome } from '../../../src/teletrans/network/port';
import { SmtpSender } from '../../../src/teletrans/network/smtp-sender';
import { Sending } from '../../../src/teletrans/sending/sending';
import type { Store } from '../../../src/teletrans/store/port';
import type { Mutant } from './protocol';

/* eslint-disable @typescript-eslint/unbound-method -- methods taken from their prototypes, always called with their own `this` */
const { send } = SmtpSender.prototype;
const { recover } = Sending.prototype;
const { take } = TeletransApplication.prototype;
const { collect } = Pop3Collector.prototype;
/* eslint-enable @typescript-eslint/unbound-method */

type Doubt = (outcome: SendOutcome, again: () => Promise<SendOutcome>) => SendOutcome | Promise<SendOutcome>;
const ON_DOUBT: Partial<Record<Mutant, Doubt>> = {
  'resends-on-doubt': (_outcome, again) => again(),
  'takes-doubt-for-failure': (outcome) => ({ ...outcome, outcome: 'TEMP_FAILED', failure: 'TRA-001' }),
  'takes-doubt-for-success': (outcome) => ({ ...outcome, outcome: 'HANDED_OVER', failure: null }),
};

/** Makes the program of this process faulty, or right again with null. */
export function mutate(mutant: Mutant | null): void {
  const doubt = mutant === null ? undefined : ON_DOUBT[mutant];
  SmtpSender.prototype.send =
    doubt === undefined
      ? send
      : async function doubting(this: SmtpSender, ...call): Promise<SendOutcome> {
          const outcome = await send.apply(this, call);
          return outcome.outcome === 'UNCERTAIN' ? doubt(outcome, () => send.apply(this, call)) : outcome;
        };
  Sending.prototype.recover = mutant === 'forgets-open-attempts' ? forget : recover;
  TeletransApplication.prototype.take = mutant === 'acknowledges-before-the-disk' ? takeLater : take;
  Pop3Collector.prototype.collect = mutant === 'deletes-before-the-disk' ? collectAtOnce : collect;
}

/** An attempt that a death left open is held for one that never began. */
async function forget(this: Sending): Promise<number> {
  const { store } = this as unknown as { readonly store: Store };
  return store.transaction(async (session) => {
    const open = await session.attempts.open();
    for (const attempt of open) {
      await session.attempts.update(attempt.id, { endedAt: attempt.startedAt, outcome: 'TEMP_FAILED' });
      await session.files.update(attempt.fileId, { state: 'TEMP_FAILED' });
    }
    return open.length;
  });
}

/** Said at once; written, if ever, when the process finds the time. */
function takeLater(this: TeletransApplication, document: unknown): ReturnType<typeof take> {
  setTimeout(() => void take.call(this, document).catch(() => undefined), 5);
  return Promise.resolve({}) as unknown as ReturnType<typeof take>;
}

/** Gone from the mailbox, then kept. */
async function collectAtOnce(this: Pop3Collector, keep: Parameters<typeof collect>[0]): ReturnType<typeof collect> {
  const fetched: Parameters<typeof keep>[0][] = [];
  const done = await collect.call(this, async (mail) => {
    const bytes = await mail.fetch();
    fetched.push({ ...mail, fetch: () => Promise.resolve(bytes) });
    return 'delete';
  });
  for (const mail of fetched) await keep(mail);
  return done;
}
