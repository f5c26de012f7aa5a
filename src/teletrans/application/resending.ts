/**
 * Sends what may have arrived once more: returns are fetched first, the ARL window must be over, then the same bytes leave under the same identity, by a person's
 * decision or, where the profile allows it, once by itself (spec/transport.md § 4). Runs under the transmission lock.
 */
import { localDate, localStamp, type Clock } from '../domain/clock';
import { isVitaleError, VitaleError } from '../domain/errors';
import type { Identifiers } from '../domain/identifiers';
import { undecidable } from '../domain/undecidable';
import type { Brake } from '../sending/brake/brake';
import { mayHaveArrived, mayResendByItself, windowEnd, type DoubtPolicy } from '../sending/doubt';
import type { Sending } from '../sending/sending';
import type { HeldReason, Store, StoredFile, StoreSession } from '../store/port';
import type { Collection } from './collection';
import { decisionOf, questionOf, saidWhole, type DecisionText, type DecisionTexts, type PersonSays } from './decision-questions';

export interface ResendingParts {
  readonly store: Store;
  readonly sending: Sending;
  readonly brake: Brake;
  readonly collection: Collection;
  readonly policy: DoubtPolicy;
  readonly texts: DecisionTexts;
  readonly clock: Clock;
  readonly ids: Identifiers;
}

/** A question, and what stands in its way now. */
export interface AskedQuestion extends DecisionText {
  readonly refused: HeldReason | null;
}

const SITUATIONS: Readonly<Partial<Record<StoredFile['state'], string>>> = {
  UNCERTAIN: 'la liaison s’est coupée pendant l’envoi',
  OVERDUE: 'il a été remis à la messagerie et son accusé manque',
};

export class Resending {
  constructor(private readonly parts: ResendingParts) {}

  /** What a person must know before deciding. Errors: DEC-002, DEC-003 when the file is not in doubt. */
  async question(fileId: string): Promise<AskedQuestion> {
    const { file, text, early } = await this.parts.store.read(async (session) => {
      const file = await doubtful(session, fileId);
      const lots = await Promise.all(file.lotIds.map((id) => session.lots.get(id)));
      const text = questionOf(this.parts.texts, 'resend', {
        fichier: file.fileId,
        organisme: file.recipient.label,
        factures: file.invoices,
        lots: lots.map((lot) => lot?.number ?? '?').join(', '),
        situation: SITUATIONS[file.state] ?? '?',
      });
      return { file, text, early: await this.refusal(session, file) };
    });
    return { ...text, refused: (await this.parts.brake.stopFor(file)) ?? early };
  }

  /** A person's decision. Errors: DEC-001 no name or reason, TRA-030 returns not fetched, TRA-031 not in doubt any more, TRA-032 too early, and those of sending. */
  async byPerson(fileId: string, says: PersonSays): Promise<void> {
    const { store, collection, sending } = this.parts;
    const said = saidWhole(says);
    const { lines } = await this.question(fileId);
    if ((await collection.run()).failure !== null) throw new VitaleError('TRA-030');
    const { file, refused } = await store.read(async (session) => {
      const now = await session.files.get(fileId);
      if (now === null || !mayHaveArrived(now.state)) throw new VitaleError('TRA-031');
      return { file: now, refused: await this.refusal(session, now) };
    });
    if (refused !== null) throw new VitaleError(refused.code, refused.details);
    await sending.resend(file, decisionOf('resend', fileId, said, lines, this.parts));
  }

  /** What the profile lets leave again by itself. Call after the returns were fetched. @returns the ids of the files sent again. */
  async byPolicy(): Promise<readonly string[]> {
    const { store, sending } = this.parts;
    const due = await store.read(async (session) => this.dueByPolicy(session));
    const sent: string[] = [];
    for (const file of due) {
      if ((await this.parts.brake.stopFor(file)) !== null) continue;
      try {
        await sending.resend(file, null);
        sent.push(file.id);
      } catch (error) {
        // One that cannot leave (its lot too old, its bytes damaged) does not keep the others.
        if (!isVitaleError(error)) throw error;
      }
    }
    return sent;
  }

  /** True when {@link byPolicy} would send something. */
  async hasDue(): Promise<boolean> {
    const due = await this.parts.store.read(async (session) => this.dueByPolicy(session));
    for (const file of due) if ((await this.parts.brake.stopFor(file)) === null) return true;
    return false;
  }

  private async dueByPolicy(session: StoreSession): Promise<readonly StoredFile[]> {
    if (!this.parts.policy.autoResend) return [];
    const due: StoredFile[] = [];
    for (const file of await session.files.list({ state: ['UNCERTAIN'] }))
      if (mayResendByItself(await session.attempts.ofFile(file.id)) && (await this.refusal(session, file)) === null) due.push(file);
    return due;
  }

  private async refusal(session: StoreSession, file: StoredFile): Promise<HeldReason | null> {
    for (const id of file.lotIds) if ((await session.lots.get(id))?.state === 'ABANDONED') return { code: 'TRA-040', details: {} };
    const now = this.parts.clock.now();
    const end = windowEnd(await session.attempts.ofFile(file.id), this.parts.policy, now);
    return end > now ? { code: 'TRA-032', details: { date: frenchTime(end) } } : null;
  }
}

async function doubtful(session: StoreSession, fileId: string): Promise<StoredFile> {
  const file = await session.files.get(fileId);
  if (file === null || !mayHaveArrived(file.state)) throw undecidable(file !== null);
  return file;
}

/** `21/11/2026 à 18:30`, legal time. */
function frenchTime(at: Date): string {
  const stamp = localStamp(at);
  return `${localDate(at).split('-').reverse().join('/')} à ${stamp.slice(8, 10)}:${stamp.slice(10, 12)}`;
}
