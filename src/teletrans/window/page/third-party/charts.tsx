import type { VNode } from 'preact';
import { Empty } from '../lists/toolbar';
import { Problem } from '../ui/badge';
import { useRead } from '../ui/use-read';
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
  const { value: view, failure } = useRead(readCharts, [change]);
  if (failure !== null) return <Problem problem={failure} />;
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
