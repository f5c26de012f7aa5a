/** A long list as the page holds it: asked for stretch by stretch, as one scrolls. */
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { ApiError } from '../../protocol';
import { missingStretch, rowIn, STRETCH, withStretch, withWhole, type InSight, type Stretches } from '../../view-model/row-pages';
import { ApiFailure } from '../api';

/** What one asks for. */
interface Question<C, O> {
  readonly choices: C;
  readonly order: O;
}

interface Asked<C, O> extends Question<C, O> {
  readonly from: number;
  readonly count: number;
  readonly view: string | null;
}

/** What the program answers: some rows, and what it says of the whole list. */
interface Page<R> {
  readonly view: string;
  readonly rows: readonly R[];
  readonly count: number;
}

/** A list that has been asked for. */
interface Found<C, O, P extends Page<unknown>> {
  readonly asked: Question<C, O>;
  /** The last answer. */
  readonly page: P;
  readonly stretches: Stretches<P['rows'][number]>;
}

export interface PagedList<R, P> {
  /** What the last answer says of the whole list; null before the first. */
  readonly found: P | null;
  /** The list shown is not yet the one asked for. */
  readonly searching: boolean;
  readonly failure: ApiError | null;
  readonly rowAt: (rank: number) => R | undefined;
  /** Says which rows are in sight: those not here are asked for. */
  readonly look: (inSight: InSight) => void;
  /** Fetches every row of a list that has at most so many. */
  readonly fetchWhole: (most: number) => Promise<void>;
}

/** Typing asks once the fingers rest. */
const REST_MS = 150;
/** Stretches asked for at once when all of them are. */
const STRETCHES_AT_ONCE = 5;

/** What is in sight first, then the rest of a list that is held whole. */
function nextMissing<R>(stretches: Stretches<R>, count: number, inSight: InSight, whole: number): number | null {
  return missingStretch(stretches, inSight, count) ?? (count > whole ? null : missingStretch(stretches, { start: 0, end: count }, count));
}

/**
 * @param read always the same function.
 * @param question compared by identity.
 * @param change another value: what is kept may have changed, the list is asked for again.
 * @param typed another value: somebody is typing.
 * @param whole lists up to here are fetched whole, once what is in sight is there.
 */
export function usePagedList<C, O, P extends Page<unknown>>(
  read: (asked: Asked<C, O>) => Promise<P>,
  { choices, order }: Question<C, O>,
  change: unknown,
  typed: string,
  whole = 0,
): PagedList<P['rows'][number], P> {
  type R = P['rows'][number];
  const [found, setFound] = useState<Found<C, O, P> | null>(null);
  const [searching, setSearching] = useState(true);
  const [failure, setFailure] = useState<ApiError | null>(null);
  const inSight = useRef<InSight>({ start: 0, end: STRETCH });
  const now = useRef<Found<C, O, P> | null>(null);
  const question = useRef(0);
  const asking = useRef(false);
  const before = useRef(typed);

  const show = useCallback((next: Found<C, O, P>): void => {
    now.current = next;
    setFound(next);
  }, []);

  const failed = useCallback((error: unknown): void => {
    if (!(error instanceof ApiFailure)) throw error;
    // A program that does not answer is told once, above the page.
    if (error.status !== 0) setFailure(error.explained);
  }, []);

  /** Asks for what is in sight and not here, one stretch after the other: what has been scrolled past in between is never asked for. */
  const complete = useCallback(async (): Promise<void> => {
    if (asking.current) return;
    asking.current = true;
    try {
      for (;;) {
        const list = now.current;
        const missing = list === null ? null : nextMissing(list.stretches, list.page.count, inSight.current, whole);
        if (list === null || missing === null) return;
        const page = await read({ ...list.asked, from: missing * STRETCH, count: STRETCH, view: list.page.view });
        // Another list has taken its place meanwhile.
        if (now.current !== list) continue;
        // The program forgot the order of this list: nothing of the earlier answers can be kept.
        const stretches = page.view === list.page.view ? list.stretches : new Map<number, readonly R[]>();
        show({ page, asked: list.asked, stretches: withStretch(stretches, missing, page.rows, inSight.current) });
      }
    } catch (error) {
      failed(error);
    } finally {
      asking.current = false;
    }
  }, [read, show, failed, whole]);

  useEffect(() => {
    const asked = (question.current += 1);
    setSearching(true);
    const ask = async (): Promise<void> => {
      try {
        const first = Math.floor(inSight.current.start / STRETCH);
        const page = await read({ choices, order, from: first * STRETCH, count: STRETCH, view: null });
        if (asked !== question.current) return;
        setFailure(null);
        setSearching(false);
        show({ page, asked: { choices, order }, stretches: new Map([[first, page.rows]]) });
        await complete();
      } catch (error) {
        if (asked === question.current) failed(error);
      }
    };
    const resting = before.current !== typed;
    before.current = typed;
    const timer = setTimeout(() => void ask(), resting ? REST_MS : 0);
    return () => clearTimeout(timer);
  }, [read, choices, order, change, typed, complete, show, failed]);

  const look = useCallback(
    (next: InSight): void => {
      inSight.current = next;
      void complete();
    },
    [complete],
  );

  const fetchWhole = useCallback(
    async (most: number): Promise<void> => {
      try {
        for (;;) {
          const list = now.current;
          if (list === null || list.page.count > most) return;
          const missing = missingStretch(list.stretches, { start: 0, end: list.page.count }, list.page.count);
          if (missing === null) return;
          const page = await read({ ...list.asked, from: missing * STRETCH, count: STRETCHES_AT_ONCE * STRETCH, view: list.page.view });
          if (now.current !== list) continue;
          const stretches = page.view === list.page.view ? list.stretches : new Map<number, readonly R[]>();
          show({ page, asked: list.asked, stretches: withWhole(stretches, missing, page.rows) });
        }
      } catch (error) {
        failed(error);
      }
    },
    [read, show, failed],
  );

  const rowAt = (rank: number): R | undefined => (found === null ? undefined : rowIn(found.stretches, rank));
  return { found: found?.page ?? null, searching, failure, rowAt, look, fetchWhole };
}
