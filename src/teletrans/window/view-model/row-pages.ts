/** The part of a long list that the page holds: stretches of equal length, those far from where one looks are let go. Pure. */

/** Rows asked for at once. */
export const STRETCH = 100;
/** Stretches held: a few screens in each direction. */
const HELD = 40;

/** By rank of the stretch. */
export type Stretches<R> = ReadonlyMap<number, readonly R[]>;

/** Ranks of the first and of the one after the last row in sight. */
export interface InSight {
  readonly start: number;
  readonly end: number;
}

export const rowIn = <R>(stretches: Stretches<R>, rank: number): R | undefined =>
  stretches.get(Math.floor(rank / STRETCH))?.[rank % STRETCH];

/** The stretch to ask for next, nearest to the start of what is in sight; null when all of it is here. */
export function missingStretch<R>(stretches: Stretches<R>, { start, end }: InSight, count: number): number | null {
  const last = Math.ceil(Math.min(end, count) / STRETCH);
  for (let rank = Math.floor(start / STRETCH); rank < last; rank++) if (!stretches.has(rank)) return rank;
  return null;
}

/** With one more; the farthest from what is in sight goes when there are too many. */
export function withStretch<R>(stretches: Stretches<R>, rank: number, rows: readonly R[], { start }: InSight): Stretches<R> {
  const all = new Map(stretches).set(rank, rows);
  const here = start / STRETCH;
  const byDistance = [...all.keys()].sort((a, b) => Math.abs(b - here) - Math.abs(a - here));
  for (const far of byDistance.slice(0, Math.max(0, all.size - HELD))) all.delete(far);
  return all;
}

/** With all that came from one rank on, and nothing let go: for a list that is wanted whole. */
export function withWhole<R>(stretches: Stretches<R>, first: number, rows: readonly R[]): Stretches<R> {
  const all = new Map(stretches);
  for (let at = 0; at < rows.length; at += STRETCH) all.set(first + at / STRETCH, rows.slice(at, at + STRETCH));
  return all;
}
