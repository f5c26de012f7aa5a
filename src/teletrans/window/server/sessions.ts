/**
 * Who may speak to the window. A one-time address opens a session; the session's cookie is the only key afterwards.
 * Only digests are kept: what memory holds opens nothing.
 */
import { createHash } from 'node:crypto';

/** A one-time address is good for two minutes. */
export const TICKET_MS = 120_000;
/** A session ends after twelve hours without a request. */
export const SESSION_IDLE_MS = 12 * 3_600_000;
/** More than a person can have open; the oldest goes first. */
const MOST = 64;

export interface SessionsDependencies {
  /** Milliseconds; only differences count. */
  readonly now: () => number;
  readonly randomBytes: (count: number) => Buffer;
}

const digest = (secret: string): string => createHash('sha256').update(secret).digest('base64');

/** Drops what is over, then the oldest while there are too many. */
function prune(entries: Map<string, number>, now: number): void {
  for (const [key, end] of entries) if (end <= now) entries.delete(key);
  for (const key of entries.keys()) {
    if (entries.size < MOST) break;
    entries.delete(key);
  }
}

export class Sessions {
  /** Digest → time of its end, oldest first. */
  private readonly tickets = new Map<string, number>();
  private readonly sessions = new Map<string, number>();

  /** Told of each session that opens. */
  onOpened: () => void = () => undefined;

  constructor(private readonly dependencies: SessionsDependencies) {}

  /** A new ticket of 256 bits for a one-time address, base64url. */
  issueTicket(): string {
    return this.add(this.tickets, TICKET_MS);
  }

  /** Takes a ticket once; the new session's secret, or null when the ticket is unknown, used or too old. */
  redeem(ticket: string): string | null {
    const key = digest(ticket);
    const end = this.tickets.get(key);
    this.tickets.delete(key);
    if (end === undefined || end <= this.dependencies.now()) return null;
    const secret = this.add(this.sessions, SESSION_IDLE_MS);
    this.onOpened();
    return secret;
  }

  /** A ticket that somebody has seen opens nothing any more. */
  spend(ticket: string): void {
    this.tickets.delete(digest(ticket));
  }

  /** True for a living session, whose idle time then starts again. */
  admits(secret: string | undefined): boolean {
    if (secret === undefined) return false;
    const now = this.dependencies.now();
    const key = digest(secret);
    const end = this.sessions.get(key);
    if (end === undefined) return false;
    this.sessions.delete(key);
    if (end <= now) return false;
    this.sessions.set(key, now + SESSION_IDLE_MS);
    return true;
  }

  /** The living sessions: digest and milliseconds left. */
  living(): readonly (readonly [string, number])[] {
    const now = this.dependencies.now();
    return [...this.sessions].map(([key, end]) => [key, end - now] as const).filter(([, left]) => left > 0);
  }

  /** Takes up sessions of an earlier run of the program. */
  takeUp(entries: readonly (readonly [string, number])[]): void {
    const now = this.dependencies.now();
    for (const [key, left] of entries) this.sessions.set(key, now + Math.min(left, SESSION_IDLE_MS));
    prune(this.sessions, now);
  }

  /** Ends every session and every ticket. */
  clear(): void {
    this.tickets.clear();
    this.sessions.clear();
  }

  private add(entries: Map<string, number>, lifetime: number): string {
    const now = this.dependencies.now();
    prune(entries, now);
    const secret = this.dependencies.randomBytes(32).toString('base64url');
    entries.set(digest(secret), now + lifetime);
    return secret;
  }
}
