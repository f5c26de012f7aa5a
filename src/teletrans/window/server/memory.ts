/**
 * What lets a page survive a restart of the program: the port it speaks to, and the digests of the living sessions. No secret is kept: what the memory holds opens nothing.
 * A session is taken up only while the program was gone for a few minutes: afterwards a person clicks on the telephone again (docs/decisions/0070-the-page-survives-a-restart.md).
 */

/** A program that was gone longer than this knows no session any more. */
export const GONE_AT_MOST_MS = 5 * 60_000;
/** How often the memory is written while sessions live. */
export const SIGN_OF_LIFE_MS = 30_000;

export interface WindowMemory {
  readonly port: number;
  /** Last sign of life, ISO date-time. */
  readonly at: string;
  /** SHA-256 of each session's secret, base64, and for how many milliseconds it still lived then. */
  readonly sessions: readonly (readonly [digest: string, leftMs: number])[];
}

/** Where it is kept. Neither call ever throws: without a memory the page asks for a click, nothing more. */
export interface WindowMemoryPlace {
  read(): WindowMemory | null;
  /** Null forgets. */
  write(memory: WindowMemory | null): void;
}

export const NO_MEMORY: WindowMemoryPlace = { read: () => null, write: () => undefined };

/** The sessions that may be taken up again. */
export function livingSessions(memory: WindowMemory | null, now: Date): WindowMemory['sessions'] {
  if (memory === null) return [];
  const gone = now.getTime() - Date.parse(memory.at);
  if (!(gone >= 0 && gone <= GONE_AT_MOST_MS)) return [];
  return memory.sessions.map(([digest, left]) => [digest, left - gone] as const).filter(([, left]) => left > 0);
}
