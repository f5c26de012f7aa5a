/** Which work the panel shows: the one under way, or the last one this tab saw, until it is closed or old. */
import { useState } from 'preact/hooks';
import type { Live } from '../live';
import type { WorkView } from '../../protocol';

/** A report that nobody closed gives way after this time. */
const OLD_MS = 15 * 60_000;
/** Kept by the tab, so that a closed report does not come back with a reload. */
const CLOSED = 'compte-rendu-fermé';

export interface ReportShown {
  readonly shown: WorkView | null;
  readonly close: () => void;
}

/** @param now the program's time, ISO. */
export function useReport({ work, witnessed }: Pick<Live, 'work' | 'witnessed'>, now: string): ReportShown {
  const [closed, setClosed] = useState(() => sessionStorage.getItem(CLOSED));
  const old = work !== null && work.endedAt !== null && Date.parse(now) - Date.parse(work.endedAt) > OLD_MS;
  const shown = work !== null && work.startedAt !== closed && work.startedAt === witnessed && !old;
  return {
    shown: shown ? work : null,
    close: () => {
      if (work === null) return;
      sessionStorage.setItem(CLOSED, work.startedAt);
      setClosed(work.startedAt);
    },
  };
}
