import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { ChartsView } from '../../../application/third-party-port';
import type { ApiError } from '../../protocol';
import { ApiFailure } from '../api';
import { Empty } from '../lists/toolbar';
import { Notice } from '../ui/badge';
import { AgeChart, type AgeChartProps } from './age-chart';
import { readCharts } from './api';
import { TrendChart } from './trend-chart';

export interface ChartsProps {
  /** Another value: the charts are read again. */
  readonly change: unknown;
  readonly onChoose: AgeChartProps['onChoose'];
}

/** What is due by age, and month by month: the figures of the list, drawn. */
export function Charts({ change, onChoose }: ChartsProps): VNode {
  const [view, setView] = useState<ChartsView | null>(null);
  const [failure, setFailure] = useState<ApiError | null>(null);
  useEffect(() => {
    let current = true;
    readCharts().then(
      (found) => {
        if (!current) return;
        setView(found);
        setFailure(null);
      },
      (error: unknown) => {
        if (!(error instanceof ApiFailure)) throw error;
        if (current) setFailure(error.explained);
      },
    );
    return () => {
      current = false;
    };
  }, [change]);
  if (failure !== null)
    return <Notice tone="alert" shape="cross" title={failure.message} text={failure.action} code={failure.code} role="alert" />;
  if (view === null) return <p class="loading">Lecture…</p>;
  if (view.months.length === 0)
    return <Empty title="Aucune facture en tiers payant n’est partie." text="Les graphiques apparaîtront dès le premier envoi." />;
  return (
    <div class="charts">
      <Patterns />
      <AgeChart view={view} onChoose={onChoose} />
      <TrendChart months={view.months} />
    </div>
  );
}

/** Hatchings, so that no bar is told from another by its colour alone. */
function Patterns(): VNode {
  return (
    <svg class="unseen" width="0" height="0" aria-hidden="true" focusable="false">
      <defs>
        <pattern id="hachures-amc" class="hatch hatch-amc" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <line x1="0" x2="0" y1="0" y2="6" />
        </pattern>
        <pattern
          id="hachures-paye"
          class="hatch hatch-paid"
          width="6"
          height="6"
          patternUnits="userSpaceOnUse"
          patternTransform="rotate(-45)"
        >
          <line x1="0" x2="0" y1="0" y2="6" />
        </pattern>
      </defs>
    </svg>
  );
}
