/**
 * When failures look systemic, sending stops: "ne renvoyez pas" (spec/lots-and-files.md § 6.4). What counts is data: `addin/tables/brake.json` and the thresholds of the
 * transport profile. Pure.
 */
import type { Recipient } from '../../domain/routing';

/** `addin/tables/brake.json`. */
export interface BrakeTable {
  /** Codes of definite refusals by the mail system that may be systemic. */
  readonly watchedFailures: readonly string[];
  /** ARL codes that are about the invoices themselves: however many, they are no incident of a payer. */
  readonly arlAboutInvoices: readonly string[];
  /** ARL codes by which a payer asks not to send again, besides every result of class notice. */
  readonly noticeCodes: readonly string[];
  /** While stopped, one file never tried before leaves at this pace, to see. */
  readonly probeEveryHours: number;
}

/** Thresholds of the profile (`brake`). */
export interface BrakeLimits {
  readonly lots: number;
  readonly payers: number;
  readonly windowMs: number;
  readonly missingArl: boolean;
}

/** refusals: by the mail system; negative-arl: by payers; notice: a payer asks not to send again; missing-arl: ARL that do not come. */
export type BrakeCause = 'refusals' | 'negative-arl' | 'notice' | 'missing-arl';

/** A payer as files name it. */
export type Payer = Pick<Recipient, 'type' | 'number' | 'label'>;

/** Sending is stopped, for some payers or for all. */
export interface BrakeIncident {
  readonly id: string;
  readonly cause: BrakeCause;
  /** Failure or ARL code; empty for missing ARL. */
  readonly code: string;
  /** ISO date-time. */
  readonly since: string;
  /** Nothing leaves, to anybody. */
  readonly everything: boolean;
  readonly payers: readonly Payer[];
  readonly lots: number;
  /** When a file was last let through to see; null: none yet. */
  readonly probedAt: string | null;
}

/** One thing that went wrong, or one ARL that is awaited: for one payer. */
export interface BrakeSignal {
  readonly cause: BrakeCause;
  readonly code: string;
  readonly payer: Payer;
  readonly lots: number;
  /** When it happened; of a missing ARL, when its file was handed over. */
  readonly at: string;
  /** It can only be about this payer: others are known to be well. */
  readonly alone?: boolean;
}

export type NewIncident = Pick<BrakeIncident, 'cause' | 'code' | 'everything' | 'payers' | 'lots'>;

export const payerKey = ({ type, number }: Pick<Payer, 'type' | 'number'>): string => `${type}${number}`;

/** The incidents that signals of the window amount to, one a cause and code at the most. */
export function incidentsIn(signals: readonly BrakeSignal[], limits: BrakeLimits): readonly NewIncident[] {
  const groups = new Map<string, BrakeSignal[]>();
  for (const signal of signals) {
    const key = `${signal.cause} ${signal.code}`;
    groups.set(key, [...(groups.get(key) ?? []), signal]);
  }
  return [...groups.values()].flatMap((group) => incidentOf(group, limits));
}

function incidentOf(group: readonly BrakeSignal[], limits: BrakeLimits): NewIncident[] {
  const [first] = group;
  if (first === undefined) return [];
  const { cause, code } = first;
  const byPayer = new Map<string, { readonly payer: Payer; lots: number }>();
  for (const { payer, lots } of group) {
    const known = byPayer.get(payerKey(payer)) ?? { payer, lots: 0 };
    byPayer.set(payerKey(payer), { ...known, lots: known.lots + lots });
  }
  const all = [...byPayer.values()];
  const of = (found: typeof all, everything: boolean): NewIncident => ({
    cause,
    code,
    everything,
    payers: found.map(({ payer }) => payer),
    lots: found.reduce((sum, { lots }) => sum + lots, 0),
  });
  // One payer that asks to wait is believed at once, and for itself alone.
  if (cause === 'notice') return [of(all, false)];
  if (all.length >= limits.payers && !group.some(({ alone }) => alone === true)) return [of(all, true)];
  const struck = all.filter(({ lots }) => lots >= limits.lots);
  return struck.length > 0 ? [of(struck, false)] : [];
}

/** True when the incident keeps files for this payer back. */
export function stops(incident: BrakeIncident, payer: Pick<Payer, 'type' | 'number'>): boolean {
  return incident.everything || incident.payers.some((struck) => payerKey(struck) === payerKey(payer));
}

/** What may show that an incident is over. */
export interface BrakeEvidence {
  readonly kind: 'handed-over' | 'positive' | 'negative' | 'notice' | 'unknown';
  readonly payer: Pick<Payer, 'type' | 'number'>;
  /** When it came. */
  readonly at: string;
  /** When the file it is about was handed over. */
  readonly sentAt: string;
}

/** True when the evidence shows the incident over: the very thing that failed has worked, for one of the payers it struck, after it began. */
export function endsIncident(incident: BrakeIncident, { kind, payer, at, sentAt }: BrakeEvidence): boolean {
  if (!stops(incident, payer) || at <= incident.since) return false;
  switch (incident.cause) {
    case 'refusals':
      return kind === 'handed-over' && sentAt > incident.since;
    case 'negative-arl':
      // A late yes to what was sent before says nothing of now.
      return kind === 'positive' && sentAt > incident.since;
    case 'notice':
      return kind === 'positive' || kind === 'negative';
    case 'missing-arl':
      return kind !== 'handed-over';
  }
}

/** True when one file, never tried before, may leave to see whether the incident is over. Never against a payer's own request. */
export function mayProbe({ cause, since, probedAt }: BrakeIncident, table: BrakeTable, now: Date): boolean {
  const due = Date.parse(probedAt ?? since) + table.probeEveryHours * 3_600_000;
  return cause !== 'notice' && due <= now.getTime();
}
