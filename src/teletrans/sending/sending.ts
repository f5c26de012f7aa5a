/**
 * Sends frozen files. Each attempt is on the disk before the connection opens; an attempt found open at start is UNCERTAIN, whatever the process was doing
 * (spec/lots-and-files.md § 6.3 rows 4-10 and 16, spec/transport.md § 5). What may have arrived leaves again only through {@link Sending.resend}.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { localDate, type Clock } from '../domain/clock';
import { isVitaleError, VitaleError } from '../domain/errors';
import type { Identifiers } from '../domain/identifiers';
import { stepFile } from '../domain/states';
import { undecidable } from '../domain/undecidable';
import type { MailSender, OutgoingMessage, SendOutcome } from '../network/port';
import type { FrozenMessages, HeldReason, Store, StoredAttempt, StoredDecision, StoredFile, StoreSession } from '../store/port';
import type { RestoreGuard } from '../restore-guard/guard';
import type { Brake } from './brake/brake';
import { mayHaveArrived } from './doubt';
import { lotDateProblem, type LotDateLimits } from './lot-age';
import { saveOutcome, type RetryPolicy } from './outcomes';
import { PhaseNotes } from './phase-notes';

export interface SendingSettings {
  readonly retry: RetryPolicy;
  readonly lotDates: LotDateLimits;
  /** Kindness to relays: kept before the attempt is journalled, so that a death during the pause leaves no doubt. */
  readonly pauseBetweenMessagesMs: number;
}

export interface SendingTally {
  /** Ids of files. */
  readonly tried: readonly string[];
  /** Why others did not leave: the brake. */
  readonly stopped: HeldReason | null;
}

export class Sending {
  /** Outcomes that are known and could not be saved (full disk, locked data): saved as they are, not as a doubt, when this process takes its open ends up. */
  private readonly unsaved = new Map<string, SendOutcome>();

  constructor(
    private readonly store: Store,
    private readonly frozen: FrozenMessages,
    private readonly sender: MailSender,
    private readonly brake: Brake,
    private readonly guard: Pick<RestoreGuard, 'raise'>,
    private readonly settings: SendingSettings,
    private readonly clock: Clock,
    private readonly ids: Identifiers,
  ) {}

  /** Attempts left open by a process that died: nobody knows how they ended (row 9). Call under the transmission lock. */
  async recover(): Promise<number> {
    const recovered = await this.store.transaction(async (session) => {
      const open = await session.attempts.open();
      for (const attempt of open) {
        const file = await session.files.get(attempt.fileId);
        const outcome = this.unsaved.get(attempt.id) ?? unknownEnd(attempt);
        if (file !== null) await saveOutcome(session, file, attempt, outcome, this.settings.retry, this.clock);
      }
      return open.length;
    });
    this.unsaved.clear();
    return recovered;
  }

  /**
   * Files that may leave now; one the insurer has answered although, for us, it never left, waits for a person. A person's call tries failed ones at once; automatic
   * calls respect their waiting time and the legal date, and leave out what the brake stops.
   */
  async waiting(byPerson: boolean): Promise<readonly StoredFile[]> {
    const due = await this.store.read(async (session) => {
      const answered = (await session.returns.list({ state: ['unmatched', 'filed'] })).map((entry) => entry.fileId);
      const paid = await session.thirdParty.lines.answeredFiles();
      const due: StoredFile[] = [];
      for (const file of await session.files.list({ state: ['FROZEN', 'TEMP_FAILED'] }))
        if (!answered.includes(file.id) && !paid.includes(file.id) && (byPerson || (await this.isDue(session, file)))) due.push(file);
      return due;
    });
    if (byPerson) return due;
    const free: StoredFile[] = [];
    for (const file of due) if (await this.brake.lets(file)) free.push(file);
    return free;
  }

  /**
   * Sends these files one after the other; the brake is asked before each and looks again after each.
   * @returns the ids of those that were tried, and what stopped the others.
   */
  async send(files: readonly StoredFile[], onSent: (done: number, total: number) => void): Promise<SendingTally> {
    const tried: string[] = [];
    let stopped: HeldReason | null = null;
    for (const [rank, file] of files.entries()) {
      const stop = await this.brake.admit(file);
      if (stop === null) {
        if (tried.length > 0) await sleep(this.settings.pauseBetweenMessagesMs);
        await this.sendOne(file);
        tried.push(file.id);
      }
      stopped ??= stop;
      onSent(rank + 1, files.length);
    }
    return { tried, stopped };
  }

  /**
   * Sends a file that may have arrived once more: the same bytes under the same identity. The decision is in the journal with the attempt, or neither is.
   * @param decision a person's; null for the policy of the profile. Errors: DEC-002, DEC-003 when the file is not in doubt, that of the brake,
   * STO-008, LOT-006, LOT-007.
   */
  async resend(file: StoredFile, decision: StoredDecision | null): Promise<void> {
    if (!mayHaveArrived(file.state)) throw undecidable(true);
    const stop = await this.brake.stopFor(file);
    if (stop !== null) throw new VitaleError(stop.code, stop.details);
    const problem = await this.dateProblem(file);
    if (problem !== null) throw new VitaleError(problem);
    await this.attempt(file, await this.frozen.read(file.id), decision);
  }

  /** Waiting time over, or begun at a time that has not come yet: the clock was set back. */
  private async isDue(session: StoreSession, { id, state, nextTryAt }: StoredFile): Promise<boolean> {
    const now = this.clock.now().toISOString();
    if (state === 'FROZEN' || nextTryAt === null) return state === 'FROZEN';
    return nextTryAt <= now || ((await session.attempts.ofFile(id)).at(-1)?.startedAt ?? '') > now;
  }

  /** One file that cannot leave is set aside alone, with its reason. */
  private async sendOne(file: StoredFile): Promise<void> {
    const problem = await this.dateProblem(file);
    if (problem !== null) return this.setAside(file, problem);
    let bytes: Buffer;
    try {
      bytes = await this.frozen.read(file.id);
    } catch (error) {
      if (!isVitaleError(error, 'STO-008')) throw error;
      return this.setAside(file, error.code);
    }
    return this.attempt(file, bytes, null);
  }

  private async attempt(file: StoredFile, bytes: Buffer, decision: StoredDecision | null): Promise<void> {
    const { envelope } = file;
    if (envelope === null) throw new VitaleError('STO-008', { id: file.id });
    const attempt = await this.open(file, decision);
    const outcome = (await this.unmarked()) ?? (await this.converse(attempt, { bytes, ...envelope }));
    this.unsaved.set(attempt.id, outcome);
    await this.store.transaction((session) =>
      saveOutcome(session, { ...file, state: 'ATTEMPT' }, attempt, outcome, this.settings.retry, this.clock),
    );
    this.unsaved.delete(attempt.id);
    await this.brake.afterAttempt();
  }

  private async converse(attempt: StoredAttempt, message: OutgoingMessage): Promise<SendOutcome> {
    const notes = new PhaseNotes(this.store, attempt.id);
    const outcome = await this.sender.send(message, (phase) => notes.note(phase));
    await notes.settled();
    return outcome;
  }

  /** The high-water mark is written between the attempt and its connection; where it cannot be, nothing leaves. */
  private async unmarked(): Promise<SendOutcome | null> {
    try {
      await this.guard.raise();
      return null;
    } catch (error) {
      if (!isVitaleError(error)) throw error;
      return { outcome: 'TEMP_FAILED', phase: 'started', reply: null, failure: error.code };
    }
  }

  private async open(file: StoredFile, decision: StoredDecision | null): Promise<StoredAttempt> {
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
        failure: null,
      };
      if (decision !== null) await session.decisions.append(decision);
      await session.files.update(file.id, { state: stepFile(file.state, 'ATTEMPT'), nextTryAt: null });
      await session.attempts.insert(attempt);
      await session.journal.append({
        at: attempt.startedAt,
        actor: decision === null ? 'software' : 'person:cabinet',
        entity: 'file',
        entityId: file.id,
        event: mayHaveArrived(file.state) ? 'resend-started' : 'attempt-started',
        from: file.state,
        to: 'ATTEMPT',
        detail: { rank: attempt.rank, ...(decision === null ? {} : { decision: decision.id }) },
      });
      return attempt;
    });
  }

  private async dateProblem(file: StoredFile): Promise<'LOT-006' | 'LOT-007' | null> {
    const dates = await this.store.read(async (session) => {
      const lots = await Promise.all(file.lotIds.map((id) => session.lots.get(id)));
      return lots.flatMap((lot) => (lot === null ? [] : [lot.lotDate]));
    });
    return lotDateProblem(dates, localDate(this.clock.now()), this.settings.lotDates);
  }

  private async setAside(file: StoredFile, code: string): Promise<void> {
    if (file.failure?.code === code) return;
    await this.store.transaction(async (session) => {
      await session.files.update(file.id, { failure: { code, details: {} } });
      await session.journal.append({
        at: this.clock.now().toISOString(),
        actor: 'software',
        entity: 'file',
        entityId: file.id,
        event: 'kept-back',
        from: file.state,
        to: file.state,
        detail: { code },
      });
    });
  }
}

/** How far the dialogue was last seen is kept; how it ended, nobody knows. */
function unknownEnd({ phase }: StoredAttempt): SendOutcome {
  return { outcome: 'UNCERTAIN', phase, reply: null, failure: 'TRA-007' };
}
