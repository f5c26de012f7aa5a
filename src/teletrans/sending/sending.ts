/**
 * Sends frozen files. Each attempt is on the disk before the connection opens; an attempt found open at start is UNCERTAIN, whatever the process was doing
 * (spec/lots-and-files.md § 6.3 rows 4-10, spec/transport.md § 5). UNCERTAIN never leaves again from here.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '../domain/clock';
import type { Identifiers } from '../domain/identifiers';
import { stepFile } from '../domain/states';
import type { MailSender, SendOutcome } from '../network/port';
import type { FrozenMessages, Store, StoredAttempt, StoredFile } from '../store/port';
import { saveOutcome, type RetryPolicy } from './outcomes';

export interface SendingSettings {
  readonly retry: RetryPolicy;
  /** Kindness to relays: kept before the attempt is journalled, so that a death during the pause leaves no doubt. */
  readonly pauseBetweenMessagesMs: number;
}

const UNKNOWN_END: SendOutcome = { outcome: 'UNCERTAIN', phase: 'started', reply: null, failure: 'TRA-007' };

export class Sending {
  constructor(
    private readonly store: Store,
    private readonly frozen: FrozenMessages,
    private readonly sender: MailSender,
    private readonly settings: SendingSettings,
    private readonly clock: Clock,
    private readonly ids: Identifiers,
  ) {}

  /** Attempts left open by a process that died: nobody knows how they ended (row 9). Call under the transmission lock. */
  async recover(): Promise<number> {
    return this.store.transaction(async (session) => {
      const open = await session.attempts.open();
      for (const attempt of open) {
        const file = await session.files.get(attempt.fileId);
        if (file !== null) await saveOutcome(session, file, attempt, UNKNOWN_END, this.settings.retry, this.clock);
      }
      return open.length;
    });
  }

  /** Files that may leave now; one the insurer has answered although, for us, it never left, waits for a person. A person's call tries failed ones at once; automatic calls respect their waiting time and the legal date. */
  async waiting(byPerson: boolean): Promise<readonly StoredFile[]> {
    const files = await this.store.read(async (session) => {
      const answered = (await session.returns.list({ state: ['unmatched'] })).map((entry) => entry.fileId);
      const unsent = await session.files.list({ state: ['FROZEN', 'TEMP_FAILED'] });
      return unsent.filter((file) => !answered.includes(file.id));
    });
    const now = this.clock.now().toISOString();
    return byPerson ? files : files.filter((file) => file.state === 'FROZEN' || (file.nextTryAt !== null && file.nextTryAt <= now));
  }

  /** Sends these files one after the other. @returns their ids. */
  async send(files: readonly StoredFile[], onSent: (done: number, total: number) => void): Promise<readonly string[]> {
    for (const [rank, file] of files.entries()) {
      if (rank > 0) await sleep(this.settings.pauseBetweenMessagesMs);
      await this.attempt(file);
      onSent(rank + 1, files.length);
    }
    return files.map((file) => file.id);
  }

  private async attempt(file: StoredFile): Promise<void> {
    const { envelope } = file;
    if (envelope === null) return;
    const bytes = await this.frozen.read(file.id);
    const attempt = await this.open(file);
    const outcome = await this.sender.send({ bytes, ...envelope });
    await this.store.transaction((session) =>
      saveOutcome(session, { ...file, state: 'ATTEMPT' }, attempt, outcome, this.settings.retry, this.clock),
    );
  }

  private async open(file: StoredFile): Promise<StoredAttempt> {
    return this.store.transaction(async (session) => {
      const earlier = await session.attempts.ofFile(file.id);
      const attempt: StoredAttempt = {
        id: this.ids.uuid(),
        fileId: file.id,
        rank: earlier.length + 1,
        startedAt: this.clock.now().toISOString(),
        endedAt: null,
        phase: 'started',
        outcome: null,
        reply: null,
      };
      await session.files.update(file.id, { state: stepFile(file.state, 'ATTEMPT'), nextTryAt: null });
      await session.attempts.insert(attempt);
      await session.journal.append({
        at: attempt.startedAt,
        actor: 'software',
        entity: 'file',
        entityId: file.id,
        event: 'attempt-started',
        from: file.state,
        to: 'ATTEMPT',
        detail: { rank: attempt.rank },
      });
      return attempt;
    });
  }
}
