/**
 * Returns nobody can place, put away by a person: the mail stays as it was received until a purge archives it, nothing is applied, and the entry can be taken back.
 */
import type { Clock } from '../domain/clock';
import { VitaleError } from '../domain/errors';
import { undecidable } from '../domain/undecidable';
import type { HeldReason, ReturnState, Store, StoredDecision, StoredFile, StoredReturn, StoreSession } from '../store/port';

/** States of a file that for us never left: while a return of the tray answers it, it waits for a person (decision 0004). */
export const NEVER_LEFT: ReadonlySet<StoredFile['state']> = new Set<StoredFile['state']>(['FROZEN', 'TEMP_FAILED', 'PERM_FAILED']);

export interface FiledReturn {
  readonly entry: StoredReturn;
  readonly decision: StoredDecision;
}

export class ReturnFiling {
  constructor(
    private readonly store: Store,
    private readonly clock: Clock,
  ) {}

  /** What was put away and is not archived, the newest first. */
  async list(): Promise<readonly FiledReturn[]> {
    return this.store.read(async (session) => {
      const found: FiledReturn[] = [];
      for (const entry of await session.returns.list({ state: ['filed'] })) {
        const decision = (await session.decisions.of(entry.id)).filter(({ kind }) => kind === 'file-return').at(-1);
        if (decision !== undefined && (await session.archives.of('return', entry.id)) === null) found.push({ entry, decision });
      }
      return found.reverse();
    });
  }

  /**
   * What stands in the way of putting it away; null when nothing does. RET-055: it answers a file that waits here for this very answer; RET-056: it is a payment return,
   * which has its own way. Errors: DEC-002, DEC-003.
   */
  async refusal(returnId: string): Promise<HeldReason | null> {
    return this.store.read(async (session) => refusalOf(session, await inTray(session, returnId)));
  }

  /** Errors: DEC-002, DEC-003, RET-055, RET-056. */
  async file(returnId: string, decision: StoredDecision): Promise<void> {
    await this.store.transaction(async (session) => {
      const entry = await inTray(session, returnId);
      const refusal = await refusalOf(session, entry);
      if (refusal !== null) throw new VitaleError(refusal.code, refusal.details);
      await session.decisions.append(decision);
      await this.step(session, entry, 'filed', 'filed', { decision: decision.id });
    });
  }

  /** Back to the tray, as it was there. Errors: DEC-002, DEC-003 when it is not put away or has been archived since. */
  async takeBack(returnId: string): Promise<void> {
    await this.store.transaction(async (session) => {
      const entry = await session.returns.get(returnId);
      if (entry?.state !== 'filed' || (await session.archives.of('return', returnId)) !== null) throw undecidable(entry !== null);
      const filed = (await session.journal.of('return', returnId)).filter(({ event }) => event === 'filed').at(-1);
      await this.step(session, entry, filed?.from === 'quarantined' ? 'quarantined' : 'unmatched', 'taken-back', {});
    });
  }

  private async step(
    session: StoreSession,
    entry: StoredReturn,
    to: ReturnState,
    event: string,
    detail: Readonly<Record<string, string>>,
  ): Promise<void> {
    await session.returns.update(entry.id, { state: to });
    await session.journal.append({
      at: this.clock.now().toISOString(),
      actor: 'person:cabinet',
      entity: 'return',
      entityId: entry.id,
      event,
      from: entry.state,
      to,
      detail,
    });
  }
}

/** The entry, when it is in the tray. Errors: DEC-002, DEC-003. */
export async function inTray(session: StoreSession, returnId: string): Promise<StoredReturn> {
  const entry = await session.returns.get(returnId);
  if (entry?.state !== 'unmatched' && entry?.state !== 'quarantined') throw undecidable(entry !== null);
  return entry;
}

async function refusalOf(session: StoreSession, entry: StoredReturn): Promise<HeldReason | null> {
  if (entry.kind === 'RSP' && entry.state === 'unmatched') return { code: 'RET-056', details: {} };
  const file = entry.fileId === null ? null : await session.files.get(entry.fileId);
  return file !== null && NEVER_LEFT.has(file.state) ? { code: 'RET-055', details: { n: file.fileId } } : null;
}
