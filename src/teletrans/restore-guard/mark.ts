/**
 * The high-water mark: how far the practice's journal and numbers had gone, kept outside the database. A database whose journal does not continue a mark is an older
 * copy (spec/lots-and-files.md § 3 point 5). Pure.
 */
import type { HighWaterMark } from '../store/port';

/** Numbers are taken up this far beyond the highest known: what another copy of the data used must not come again (own choice). */
const JUMPS = {
  lot: { jump: 20, min: 1, max: 999 },
  file: { jump: 100, min: 1, max: 999_999 },
  compostage: { jump: 1000, min: 0, max: 99_999 },
} as const;

type CounterKind = keyof typeof JUMPS;

/** `lot:999000011` is a lot counter. */
const kindOf = (scope: string): CounterKind | null => {
  const kind = scope.split(':')[0] ?? '';
  return kind in JUMPS ? (kind as CounterKind) : null;
};

export interface KnownNumbers {
  /** Number of journal entries. */
  readonly journal: number;
  readonly counters: Readonly<Record<string, number>>;
}

/**
 * The last value of each counter after the numbers were taken up: the highest known and a jump, around the end where there is one. A mark further on than the data says
 * later, even where its counter has begun again.
 */
export function takenUp(data: KnownNumbers, marks: readonly KnownNumbers[]): Readonly<Record<string, number>> {
  const scopes = new Set([data, ...marks].flatMap(({ counters }) => Object.keys(counters)));
  const next: Record<string, number> = {};
  for (const scope of scopes) {
    const kind = kindOf(scope);
    if (kind === null) continue;
    const { jump, min, max } = JUMPS[kind];
    let last = data.counters[scope] ?? min;
    for (const mark of marks) {
      const known = mark.counters[scope];
      if (known !== undefined && (mark.journal > data.journal || known > last)) last = known;
    }
    next[scope] = ((last - min + jump) % (max - min + 1)) + min;
  }
  return next;
}

/** Lot numbers that another copy of the data may have used: after `from`, up to and including `to`, around 999. 3 digits each. */
export function numbersBetween(from: number, to: number): readonly string[] {
  const { min, max } = JUMPS.lot;
  const found: string[] = [];
  for (let number = from; number !== to && found.length < max;) {
    number = number >= max ? min : number + 1;
    found.push(String(number).padStart(3, '0'));
  }
  return found;
}

export const markKey = ({ journal, tip }: Pick<HighWaterMark, 'journal' | 'tip'>): string => `${journal} ${tip}`;
