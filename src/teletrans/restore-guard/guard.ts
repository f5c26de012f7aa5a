/**
 * Detects, when the practice is opened, data that were restored from a backup or moved to another computer: sending is then frozen until a person has chosen
 * (docs/decisions/0032). The mark is written after the database, and before anything leaves: a crash between the two leaves the database ahead, which is no alarm.
 */
import type { Clock } from '../domain/clock';
import { VitaleError } from '../domain/errors';
import type { Identifiers } from '../domain/identifiers';
import type { HeldReason, HighWaterMark, HighWaterMarks, Restoration, Store, StoreSession } from '../store/port';
import { markKey } from './mark';

const SETTING = 'restore-guard';

/** What the freeze is called where a decision needs a name. */
export const NUMBERS = 'numeros';

/** Why sending is frozen. restored: the journal does not continue a mark, or a backup was put in place; moved: the copy outside the data folder is missing. */
export interface Freeze {
  readonly cause: 'restored' | 'moved';
  /** ISO date-time. */
  readonly since: string;
  /** Marks that the data do not continue. */
  readonly marks: readonly HighWaterMark[];
  /** Attempts that the marks know of and the data do not; null: nobody knows. */
  readonly attemptsSince: number | null;
}

export interface GuardState {
  /** Names the practice outside its data folder. */
  readonly practice: string;
  /** The copy outside has been written from this database: it must be there. */
  readonly outside: boolean;
  readonly freeze: Freeze | null;
  /** Marks that a person has decided about, and restorations that have frozen sending: they are no alarm again. */
  readonly settled: readonly string[];
}

export class RestoreGuard {
  constructor(
    private readonly store: Store,
    private readonly marks: HighWaterMarks,
    private readonly clock: Clock,
    private readonly ids: Identifiers,
  ) {}

  /** Compares the data with the marks; called once when the practice is opened. Marks are read first: the data can only be further on than they were. */
  async check(): Promise<void> {
    const inside = await this.marks.inside();
    const known = await this.store.read(guardState);
    const restoration = await this.newRestoration(known);
    if (known?.freeze != null && restoration === null) return;
    const practice = known?.practice ?? inside?.practice ?? this.ids.uuid();
    const outside = await this.marks.outside(practice);
    const before = restoration?.marks.filter((mark) => mark.practice === practice) ?? [];
    const seen = [inside, outside, ...before].filter((mark) => mark !== null);
    const astray = await this.store.read((session) => astrayFrom(session, seen, known?.settled ?? []));
    const moved = known?.outside === true && outside === null;
    if (astray.length > 0 || moved || restoration !== null) {
      const settled = [...(known?.settled ?? []), ...(restoration === null ? [] : [restorationKey(restoration)])];
      const marks = [...(known?.freeze?.marks ?? []), ...astray];
      const cause = marks.length > 0 || restoration !== null ? 'restored' : 'moved';
      await this.freeze({ practice, outside: known?.outside ?? false, settled }, { cause, marks, compared: seen.length > 0 });
      if (restoration !== null) await this.marks.forgetRestoration();
      return;
    }
    // The files first, then the database that says they are there: a crash in between is taken up here again.
    const settledOnes = [inside, outside].some((mark) => mark !== null && known?.settled.includes(markKey(mark)) === true);
    if (known === null || !known.outside || inside === null || settledOnes) await this.write(practice, known);
  }

  /** A backup was put in place of the data, and sending was not yet frozen for it. A crash after the freeze leaves its file, which is removed here. */
  private async newRestoration(known: GuardState | null): Promise<Restoration | null> {
    const found = await this.marks.restoration();
    if (found === null || known?.settled.includes(restorationKey(found)) !== true) return found;
    await this.marks.forgetRestoration();
    return null;
  }

  /** What freezes sending, or null. */
  async frozen(): Promise<Freeze | null> {
    return (await this.store.read(guardState))?.freeze ?? null;
  }

  /** The same as a reason. */
  async stop(): Promise<HeldReason | null> {
    const freeze = await this.frozen();
    return freeze === null ? null : reasonOfFreeze(freeze);
  }

  /**
   * Writes the mark of the data as they are now: after each attempt was journalled and before its connection, and after each collection. Under the transmission lock.
   * Errors: STO-001, STO-006 when the copy in the data folder cannot be written; STO-004, STO-005 when sending is frozen.
   */
  async raise(): Promise<void> {
    const known = await this.store.read(guardState);
    if (known === null) return this.write(this.ids.uuid(), null);
    if (known.freeze !== null) throw new VitaleError(reasonOfFreeze(known.freeze).code);
    return this.write(known.practice, known);
  }

  private async write(practice: string, known: GuardState | null): Promise<void> {
    const mark = await this.store.read((session) => markOf(session, practice));
    await this.marks.writeInside(mark);
    const outside = await this.marks.writeOutside(mark);
    if (known?.practice === practice && (known.outside || !outside)) return;
    await this.store.transaction(async (session) => {
      const now = await guardState(session);
      await saveGuardState(session, {
        practice,
        outside: outside || now?.outside === true,
        freeze: now?.freeze ?? null,
        settled: now?.settled ?? [],
      });
    });
  }

  /** @param compared a mark was there to be compared with: then it is known how many attempts were made since. */
  private async freeze(
    state: Omit<GuardState, 'freeze'>,
    { cause, marks, compared }: Pick<Freeze, 'cause' | 'marks'> & { readonly compared: boolean },
  ): Promise<void> {
    const at = this.clock.now().toISOString();
    await this.store.transaction(async (session) => {
      const attempts = await session.attempts.count();
      const known = cause === 'restored' && compared;
      const attemptsSince = known ? Math.max(0, ...marks.map((mark) => mark.attempts - attempts)) : null;
      const freeze: Freeze = { cause, since: at, marks, attemptsSince };
      await saveGuardState(session, { ...state, freeze });
      await session.journal.append({
        at,
        actor: 'software',
        entity: 'practice',
        entityId: SETTING,
        event: 'frozen',
        from: null,
        to: null,
        detail: { cause: freeze.cause, attempts: freeze.attemptsSince ?? '?' },
      });
    });
  }
}

const restorationKey = ({ id }: Restoration): string => `restauration ${id}`;

export function reasonOfFreeze({ cause, attemptsSince }: Freeze): HeldReason {
  return { code: cause === 'restored' ? 'STO-004' : 'STO-005', details: { n: attemptsSince ?? '?' } };
}

/** What the database remembers of the guard; null in one that never met it. */
export async function guardState(session: StoreSession): Promise<GuardState | null> {
  const saved = await session.settings.get(SETTING);
  return saved === null ? null : (JSON.parse(saved) as GuardState);
}

export const saveGuardState = (session: StoreSession, state: GuardState): Promise<void> =>
  session.settings.set(SETTING, JSON.stringify(state));

/** The mark of the data as they are. */
export async function markOf(session: StoreSession, practice: string): Promise<HighWaterMark> {
  const { length, tip } = await session.journal.tip();
  return {
    practice,
    journal: length,
    tip,
    attempts: await session.attempts.count(),
    counters: await session.counters.all(),
    compostage: (await session.settings.get('compostage:last')) ?? '',
  };
}

/** The marks that the journal does not continue, but for those a person has decided about. */
async function astrayFrom(
  session: StoreSession,
  marks: readonly HighWaterMark[],
  settled: readonly string[],
): Promise<readonly HighWaterMark[]> {
  const found: HighWaterMark[] = [];
  for (const mark of marks) {
    if (mark.journal === 0 || settled.includes(markKey(mark))) continue;
    if ((await session.journal.tipAt(mark.journal)) !== mark.tip) found.push(mark);
  }
  return found;
}
