import type { VNode } from 'preact';
import type { ChartsView } from '../../../application/third-party-port';
import type { Part } from '../../../domain/claims';
import { ageChart, type Bar } from '../../view-model/charts';
import { formatEuros, plural } from '../../view-model/format';
import { Term } from '../glossary/term';
import { partWord } from './claim-columns';

export interface AgeChartProps {
  readonly view: ChartsView;
  /** Shows the list of what a bar stands for. */
  readonly onChoose: (part: Part, age: string) => void;
}

/** What is due by age, AMO and AMC apart: a table whose cells are bars, so that eyes, ears and keyboard have the same of it. */
export function AgeChart({ view, onChoose }: AgeChartProps): VNode {
  const { rows, zero, totals } = ageChart(view);
  return (
    <section class="ages" aria-labelledby="titre-ages">
      <h3 id="titre-ages">Ce qui reste dû, par âge</h3>
      <p class="hint">Âge depuis l’envoi, parts AMO et AMC à part. Une barre ouvre la liste de ses factures.</p>
      <table class="age-chart">
        <caption class="unseen">Ce qui reste dû, par âge depuis l’envoi</caption>
        <thead>
          <tr>
            <th scope="col">Âge</th>
            {(['amo', 'amc'] as const).map((part) => (
              <th key={part} scope="col">
                <svg class="key" width="16" height="16" aria-hidden="true" focusable="false">
                  <rect class={`bar bar-${part}`} width="16" height="16" />
                </svg>
                Part <Term word={partWord(part)} />
              </th>
            ))}
            <th scope="col" class="right">
              Ensemble
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ age, bars, due }) => (
            <tr key={age}>
              <th scope="row">{age} jours</th>
              {bars.map((bar) => (
                <td key={bar.part}>
                  <AgeBar bar={bar} zero={zero} age={age} onChoose={() => onChoose(bar.part, age)} />
                </td>
              ))}
              <td class="right">{formatEuros(due)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">Total</th>
            <td>{formatEuros(totals.amo)}</td>
            <td>{formatEuros(totals.amc)}</td>
            <td class="right">{formatEuros(totals.all)}</td>
          </tr>
        </tfoot>
      </table>
    </section>
  );
}

interface AgeBarProps {
  readonly bar: Bar;
  readonly zero: number;
  readonly age: string;
  readonly onChoose: () => void;
}

function AgeBar({ bar: { part, due, open, start, length }, zero, age, onChoose }: AgeBarProps): VNode {
  if (open === 0) return <span class="bar-none">{formatEuros(due)}</span>;
  return (
    <button type="button" class="bar-button" onClick={onChoose}>
      <svg class="bar-box" width="100%" height="20" aria-hidden="true" focusable="false">
        <rect class={`bar bar-${part}`} x={`${start}%`} width={`${length}%`} height="20" />
        <line class="bar-zero" x1={`${zero}%`} x2={`${zero}%`} y1="0" y2="20" />
      </svg>
      <span class="bar-amount">{formatEuros(due)}</span>
      <span class="unseen">
        {' '}
        : {plural(open, 'part')} {partWord(part)} de {age} jours, ouvrir la liste
      </span>
    </button>
  );
}
