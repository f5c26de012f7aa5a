/** The list of claims as the page holds it: asked for stretch by stretch, as one scrolls. */
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { ClaimChoices, ClaimOrder, ClaimsAsked, ClaimsPage, ClaimView } from '../../../application/third-party-port';
import type { ApiError } from '../../protocol';
import { missingStretch, rowIn, STRETCH, withStretch, type InSight, type Stretches } from '../../view-model/row-pages';
import { ApiFailure } from '../api';
import { readClaims } from './api';

/** Which claims, in which order. */
export type ListAsked = Pick<ClaimsAsked, 'choices' | 'order'>;

/** A list that has been asked for. */
interface Found extends Pick<ClaimsPage, 'view' | 'count' | 'totals'> {
  readonly asked: ListAsked;
  readonly stretches: Stretches<ClaimView>;
}

export interface ClaimsList {
  /** Null before the first answer. */
  readonly found: Found | null;
  /** The list shown is not yet the one asked for. */
  readonly searching: boolean;
  readonly failure: ApiError | null;
  readonly rowAt: (rank: number) => ClaimView | undefined;
  /** Says which rows are in sight: those not here are asked for. */
  readonly look: (inSight: InSight) => void;
}

/** Lists up to here are fetched whole, once what is in sight is there: printing, which cannot wait, then has every row. */
export const WHOLE = 1000;

/** Typing asks once the fingers rest. */
const REST_MS = 150;

/** What is in sight first, then the rest of a list that is held whole. */
function nextMissing({ stretches, count }: Found, inSight: InSight): number | null {
  return missingStretch(stretches, inSight, count) ?? (count > WHOLE ? null : missingStretch(stretches, { start: 0, end: count }, count));
}

/** @param change another value: what is kept may have changed, the list is asked for again. */
export function useClaims(choices: ClaimChoices, order: ClaimOrder, change: unknown): ClaimsList {
  const [found, setFound] = useState<Found | null>(null);
  const [searching, setSearching] = useState(true);
  const [failure, setFailure] = useState<ApiError | null>(null);
  const inSight = useRef<InSight>({ start: 0, end: STRETCH });
  const now = useRef<Found | null>(null);
  const question = useRef(0);
  const asking = useRef(false);

  const show = useCallback((next: Found): void => {
    now.current = next;
    setFound(next);
  }, []);

  /** Asks for what is in sight and not here, one stretch after the other: what has been scrolled past in between is never asked for. */
  const complete = useCallback(async (): Promise<void> => {
    if (asking.current) return;
    asking.current = true;
    try {
      for (;;) {
        const list = now.current;
        const missing = list === null ? null : nextMissing(list, inSight.current);
        if (list === null || missing === null) return;
        const page = await readClaims({ ...list.asked, from: missing * STRETCH, count: STRETCH, view: list.view });
        // Another list has taken its place meanwhile.
        if (now.current !== list) continue;
        // The program forgot the order of this list: nothing of the earlier answers can be kept.
        const stretches = page.view === list.view ? list.stretches : new Map<number, readonly ClaimView[]>();
        show({ ...page, asked: list.asked, stretches: withStretch(stretches, missing, page.rows, inSight.current) });
      }
    } catch (error) {
      if (!(error instanceof ApiFailure)) throw error;
      setFailure(error.explained);
    } finally {
      asking.current = false;
    }
  }, [show]);

  useEffect(() => {
    const asked = (question.current += 1);
    setSearching(true);
    const ask = async (): Promise<void> => {
      try {
        const first = Math.floor(inSight.current.start / STRETCH);
        const page = await readClaims({ choices, order, from: first * STRETCH, count: STRETCH, view: null });
        if (asked !== question.current) return;
        show({ ...page, asked: { choices, order }, stretches: new Map([[first, page.rows]]) });
        setFailure(null);
        setSearching(false);
        await complete();
      } catch (error) {
        if (!(error instanceof ApiFailure)) throw error;
        if (asked === question.current) setFailure(error.explained);
      }
    };
    const timer = setTimeout(() => void ask(), now.current === null ? 0 : REST_MS);
    return () => clearTimeout(timer);
  }, [choices, order, change, complete, show]);

  const look = useCallback(
    (next: InSight): void => {
      inSight.current = next;
      void complete();
    },
    [complete],
  );
  const rowAt = (rank: number): ClaimView | undefined => (found === null ? undefined : rowIn(found.stretches, rank));
  return { found, searching, failure, rowAt, look };
}
