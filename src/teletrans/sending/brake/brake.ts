/**
 * The brake: looks at what failed, stops sending when it looks systemic, and lets it go on when a person decides so or when the evidence says so
 * (docs/decisions/0031). Its state is in the store: it lasts whatever is closed, killed or opened.
 */
import { localDate, type Clock } from '../../domain/clock';
import type { Identifiers } from '../../domain/identifiers';
import { undecidable } from '../../domain/undecidable';
import type { HeldReason, Store, StoredDecision, StoredFile, StoreSession } from '../../store/port';
import {
  endsIncident,
  incidentsIn,
  mayProbe,
  payerKey,
  stops,
  type BrakeIncident,
  type BrakeLimits,
  type BrakeSignal,
  type BrakeTable,
  type NewIncident,
} from './rules';
import { answersSince, evidenceFor, missingSince, refusalsSince } from './signals';

const SETTING = 'brake';

interface BrakeState {
  readonly incidents: readonly BrakeIncident[];
  /** When an incident of this cause and code last ended: what came before does not count again. */
  readonly cleared: Readonly<Record<string, string>>;
}

const keyOf = ({ cause, code }: Pick<BrakeIncident, 'cause' | 'code'>): string => `${cause} ${code}`;

export class Brake {
  constructor(
    private readonly store: Store,
    private readonly table: BrakeTable,
    private readonly limits: BrakeLimits,
    private readonly clock: Clock,
    private readonly ids: Identifiers,
  ) {}

  /** What stops sending now, the first first. */
  incidents(): Promise<readonly BrakeIncident[]> {
    return this.store.read(async (session) => (await stateOf(session)).incidents);
  }

  /** Why this file does not leave, or null. */
  async stopFor({ recipient }: Pick<StoredFile, 'recipient'>): Promise<HeldReason | null> {
    const [incident] = (await this.incidents()).filter((each) => stops(each, recipient));
    return incident === undefined ? null : reasonOf(incident);
  }

  /** True for a file that leaves: nothing stops it, or it may leave to see whether what stops it is over. */
  async lets(file: StoredFile): Promise<boolean> {
    const found = (await this.incidents()).filter((each) => stops(each, file.recipient));
    return found.length === 0 || this.probes(file, found);
  }

  /** As {@link lets}, at the moment it leaves: a file that leaves to see is noted, so that the next one waits. @returns why it does not leave, or null. */
  async admit(file: StoredFile): Promise<HeldReason | null> {
    const found = (await this.incidents()).filter((each) => stops(each, file.recipient));
    const [first] = found;
    if (first === undefined) return null;
    if (!this.probes(file, found)) return reasonOf(first);
    const now = this.clock.now().toISOString();
    await this.store.transaction(async (session) => {
      const state = await stateOf(session);
      const probed = state.incidents.map((each) => (stops(each, file.recipient) ? { ...each, probedAt: now } : each));
      await save(session, { ...state, incidents: probed });
      await this.journal(session, 'probed', first, { fileId: file.fileId });
    });
    return null;
  }

  /** Looks again after an attempt. */
  async afterAttempt(): Promise<void> {
    await this.examine((session, since) => refusalsSince(session, since, this.table));
  }

  /** Looks again after the returns were applied. */
  async afterReturns(): Promise<void> {
    await this.examine(async (session, since, cleared) => [
      ...(await refusalsSince(session, since, this.table)),
      ...(await answersSince(session, since, this.table)),
      ...(this.limits.missingArl ? await missingSince(session, cleared['missing-arl '] ?? '') : []),
    ]);
  }

  /** A person lets sending go on. Errors: DEC-002, DEC-003 when it is not stopped by this incident any more. */
  async release(id: string, decision: StoredDecision): Promise<void> {
    await this.store.transaction(async (session) => {
      const state = await stateOf(session);
      const incident = state.incidents.find((each) => each.id === id);
      if (incident === undefined) throw undecidable(true);
      await session.decisions.append(decision);
      await save(session, without(state, incident, decision.at));
      await this.journal(session, 'released-by-person', incident, { decision: decision.id });
    });
  }

  private probes(file: StoredFile, found: readonly BrakeIncident[]): boolean {
    return file.state === 'FROZEN' && found.every((each) => mayProbe(each, this.table, this.clock.now()));
  }

  /** Reads first: where nothing changed, nothing is written. */
  private async examine(
    signalsIn: (session: StoreSession, since: string, cleared: BrakeState['cleared']) => Promise<readonly BrakeSignal[]>,
  ): Promise<void> {
    const now = this.clock.now();
    const since = new Date(now.getTime() - this.limits.windowMs).toISOString();
    const look = async (
      session: StoreSession,
    ): Promise<{ state: BrakeState; over: readonly BrakeIncident[]; begun: readonly NewIncident[] }> => {
      const state = await stateOf(session);
      const over: BrakeIncident[] = [];
      for (const incident of state.incidents)
        if ((await evidenceFor(session, incident)).some((evidence) => endsIncident(incident, evidence))) over.push(incident);
      const at = now.toISOString();
      const clearedNow = { ...state.cleared, ...Object.fromEntries(over.map((incident) => [keyOf(incident), at])) };
      const signals = (await signalsIn(session, since, clearedNow)).filter((signal) => signal.at > (clearedNow[keyOf(signal)] ?? ''));
      const begun = incidentsIn(signals, this.limits).filter((found) => !covered(found, state.incidents));
      return { state, over, begun };
    };
    const seen = await this.store.read(look);
    if (seen.over.length === 0 && seen.begun.length === 0) return;
    await this.store.transaction(async (session) => {
      const { state, over, begun } = await look(session);
      let next = state;
      for (const incident of over) {
        next = without(next, incident, now.toISOString());
        await this.journal(session, 'released-by-evidence', incident, {});
      }
      for (const found of begun) {
        const incident = { ...found, id: this.ids.uuid(), since: now.toISOString(), probedAt: null };
        next = { ...next, incidents: [...next.incidents.filter((each) => keyOf(each) !== keyOf(found)), widened(next, incident)] };
        await this.journal(session, 'engaged', incident, { lots: incident.lots, payers: incident.payers.length });
      }
      await save(session, next);
    });
  }

  private journal(
    session: StoreSession,
    event: string,
    incident: BrakeIncident,
    detail: Readonly<Record<string, string | number>>,
  ): Promise<void> {
    return session.journal.append({
      at: this.clock.now().toISOString(),
      actor: event === 'released-by-person' ? 'person:cabinet' : 'software',
      entity: 'practice',
      entityId: SETTING,
      event,
      from: null,
      to: null,
      detail: { cause: incident.cause, code: incident.code, ...detail },
    });
  }
}

/** What an incident is called on the screen: a code of the error catalogue and its values. */
export function reasonOf({ cause, code, everything, payers, lots, since }: BrakeIncident): HeldReason {
  const details = {
    organisme: payers.map(({ label }) => label).join(', '),
    c: code,
    n: lots,
    date: localDate(new Date(since)).split('-').reverse().join('/'),
  };
  if (cause === 'notice') return { code: 'TRA-013', details };
  if (cause === 'missing-arl') return { code: everything ? 'TRA-035' : 'TRA-036', details };
  return { code: everything ? 'TRA-034' : 'TRA-012', details };
}

/** True when an incident of the same kind stops at least as much already. */
function covered(found: NewIncident, incidents: readonly BrakeIncident[]): boolean {
  return incidents.some(
    (known) =>
      keyOf(known) === keyOf(found) &&
      (known.everything || !found.everything) &&
      (known.everything || found.payers.every((payer) => stops(known, payer))),
  );
}

/** An incident that grew keeps its name and its beginning. */
function widened({ incidents }: BrakeState, incident: BrakeIncident): BrakeIncident {
  const known = incidents.find((each) => keyOf(each) === keyOf(incident));
  if (known === undefined) return incident;
  const payers = new Map([...known.payers, ...incident.payers].map((payer) => [payerKey(payer), payer]));
  return { ...incident, id: known.id, since: known.since, probedAt: known.probedAt, payers: [...payers.values()] };
}

function without(state: BrakeState, incident: BrakeIncident, at: string): BrakeState {
  return {
    incidents: state.incidents.filter(({ id }) => id !== incident.id),
    cleared: { ...state.cleared, [keyOf(incident)]: at },
  };
}

async function stateOf(session: StoreSession): Promise<BrakeState> {
  const saved = await session.settings.get(SETTING);
  return saved === null ? { incidents: [], cleared: {} } : (JSON.parse(saved) as BrakeState);
}

const save = (session: StoreSession, state: BrakeState): Promise<void> => session.settings.set(SETTING, JSON.stringify(state));
