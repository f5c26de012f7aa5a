/** The section `diagnostics` of the manifest, and what it means at a given time. Pure. */
import { USUAL_LEVELS, type LogLevels } from './logger';

/** As `addin/manifest.schema.json` has it. */
export interface SwitchSetting extends LogLevels {
  readonly enabled: boolean;
  /** ISO date-time with offset, or null. */
  readonly until: string | null;
  readonly by: SwitchedBy;
}

/** A role, never a name; `unknown` when the manifest does not say. */
export type SwitchedBy = 'cabinet' | 'support' | 'editeur' | 'unknown';

/** What holds now. */
export interface SwitchState {
  /** expired: it was on and its time is over. */
  readonly state: 'off' | 'on' | 'expired';
  /** What is written to the log. */
  readonly levels: LogLevels;
  readonly by: SwitchedBy;
  /** ISO date-time in UTC of the end, null while off. */
  readonly until: string | null;
  /** When the manifest was last changed, ms since 1970: tells one switching-on from the next. */
  readonly changedAt: number;
}

const HOUR_MS = 3_600_000;
/** Without an end of its own. */
const USUAL_HOURS = 24;
/** Whatever the manifest asks for. */
const MOST_HOURS = 7 * 24;

/** @param changedAt when the manifest was last changed, ms since 1970: the end counts from there, so that it stays the same after a restart. */
export function stateAt(now: Date, setting: SwitchSetting, changedAt: number): SwitchState {
  const { enabled, level, areas, by, until } = setting;
  if (!enabled) return { state: 'off', levels: USUAL_LEVELS, by, until: null, changedAt };
  const asked = until === null ? changedAt + USUAL_HOURS * HOUR_MS : Date.parse(until);
  const end = Math.min(asked, changedAt + MOST_HOURS * HOUR_MS);
  const on = now.getTime() < end;
  return { state: on ? 'on' : 'expired', levels: on ? { level, areas } : USUAL_LEVELS, by, until: new Date(end).toISOString(), changedAt };
}
