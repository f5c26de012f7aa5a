/** Payment returns whose identity is known with other bytes: a person counts them, or sets them aside. Nothing is lost: the mail stays, and what was set aside can be taken up. */
import type { Clock } from '../domain/clock';
import { VitaleError } from '../domain/errors';
import type { Identifiers } from '../domain/identifiers';
import type { HeldReason, ReturnState, StoredReturn, StoreSession } from '../store/port';
import type { Explained } from './port';
import type { ConflictView, Said } from './third-party-port';

export interface ConflictParts {
  readonly clock: Clock;
  readonly ids: Identifiers;
  readonly explain: (reason: HeldReason) => Explained;
}

export class RemittanceConflicts {
  constructor(private readonly parts: ConflictParts) {}

  async waiting(session: StoreSession): Promise<readonly ConflictView[]> {
    return (await session.returns.list({ state: ['unmatched'] })).filter(isConflict).map((entry) => this.viewOf(entry, null));
  }

  async setAside(session: StoreSession): Promise<readonly ConflictView[]> {
    const views: ConflictView[] = [];
    for (const entry of (await session.returns.list({ state: ['filed'] })).filter(isConflict)) {
      const decision = (await session.decisions.of(entry.id)).at(-1);
      const archived = (await session.archives.of('return', entry.id)) !== null;
      if (!archived) views.push(this.viewOf(entry, decision === undefined ? null : `${decision.by} : ${decision.reason}`));
    }
    return views;
  }

  /** Errors: RET-045 when it does not wait. */
  async aside(session: StoreSession, returnId: string, said: Said): Promise<void> {
    const entry = await one(session, returnId, 'unmatched');
    await this.decide(session, entry, said, 'filed');
  }

  /** Errors: RET-045 when it was not set aside, or has been archived since. */
  async takeUp(session: StoreSession, returnId: string, said: Said): Promise<void> {
    const entry = await one(session, returnId, 'filed');
    if ((await session.archives.of('return', returnId)) !== null) throw new VitaleError('RET-045');
    await this.decide(session, entry, said, 'unmatched');
  }

  private async decide(session: StoreSession, entry: StoredReturn, said: Said, to: ReturnState): Promise<void> {
    const at = this.parts.clock.now().toISOString();
    const id = this.parts.ids.uuid();
    await session.decisions.append({
      id,
      at,
      kind: 'file-return',
      entityId: entry.id,
      ...said,
      stated: [this.viewOf(entry, null).message],
    });
    await session.returns.update(entry.id, { state: to });
    await session.journal.append({
      at,
      actor: 'person',
      entity: 'return',
      entityId: entry.id,
      event: to === 'filed' ? 'filed' : 'taken-back',
      from: entry.state,
      to,
      detail: { decision: id },
    });
  }

  private viewOf({ id, reason }: StoredReturn, words: string | null): ConflictView {
    const { message, action } = this.parts.explain(reason ?? { code: 'RET-041', details: {} });
    return { returnId: id, message, action, words };
  }
}

const isConflict = ({ kind, reason }: StoredReturn): boolean => kind === 'RSP' && reason?.code === 'RET-041';

/** A conflict in a state. Errors: RET-045. */
export async function one(session: StoreSession, returnId: string, state: ReturnState): Promise<StoredReturn> {
  const entry = await session.returns.get(returnId);
  if (entry === null || !isConflict(entry) || entry.state !== state) throw new VitaleError('RET-045');
  return entry;
}
