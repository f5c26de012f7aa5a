import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import type { MonthOf } from '../../../application/third-party-port';
import { monthName, sumsOf, TREND, trendChart, type Shown } from '../../view-model/charts';
import { formatEuros } from '../../view-model/format';

const SHOWN: readonly { readonly shown: Shown; readonly label: string }[] = [
  { shown: 'all', label: 'AMO et AMC' },
  { shown: 'amo', label: 'AMO' },
  { shown: 'amc', label: 'AMC' },
];

/** What each month added and took away: a drawing, and the same figures as a table below it. */
export function TrendChart({ months }: { readonly months: readonly MonthOf[] }): VNode {
  const [shown, setShown] = useState<Shown>('all');
  return (
    <section class="trend" aria-labelledby="titre-tendance">
      <div class="row">
        <h3 id="titre-tendance">Mois par mois</h3>
        <div class="tabs" role="group" aria-label="Part montrée">
          {SHOWN.map((one) => (
            <button
              key={one.shown}
              type="button"
              class="secondary small"
              aria-pressed={shown === one.shown}
              onClick={() => setShown(one.shown)}
            >
              {one.label}
            </button>
          ))}
        </div>
      </div>
      <p class="hint">
        Ce qui est parti vers les organismes dans le mois, ce qu’ils ont payé (au jour des virements), et ce qui restait dû à la fin du mois
        : calculé sur les envois et le livre des paiements, pour les factures suivies aujourd’hui. Le dernier mois est en cours.
      </p>
      <Drawing months={months} shown={shown} />
      <MonthTable months={months} shown={shown} />
    </section>
  );
}

const { width, height, left, right } = TREND;

function Drawing({ months, shown }: { readonly months: readonly MonthOf[]; readonly shown: Shown }): VNode {
  const { ticks, columns, zero } = trendChart(months, shown);
  return (
    <figure>
      <figcaption class="legend">
        <Key shape={<rect class="bar bar-sent" width="16" height="16" />} word="Envoyé" />
        <Key shape={<rect class="bar bar-paid" width="16" height="16" />} word="Payé" />
        <Key
          shape={
            <>
              <line class="due-line" x1="0" x2="16" y1="8" y2="8" />
              <circle class="due-point" cx="8" cy="8" r="4" />
            </>
          }
          word="Reste dû à la fin du mois"
        />
      </figcaption>
      <svg
        class="trend-drawing"
        viewBox={`0 0 ${width} ${height}`}
        role="img"
        aria-label="Les figures de ce dessin sont dans le tableau qui suit."
      >
        {ticks.map(({ y, label }) => (
          <g key={label}>
            <line class="grid" x1={left} x2={width - right} y1={y} y2={y} />
            <text class="axis" x={left - 8} y={y + 4} text-anchor="end">
              {label}
            </text>
          </g>
        ))}
        {columns.map(({ month, label, x, sent, paid }) => (
          <g key={month}>
            <rect class="bar bar-sent" {...sent} />
            <rect class="bar bar-paid" {...paid} />
            <text class="axis" x={x} y={height - 10} text-anchor="middle">
              {label}
            </text>
          </g>
        ))}
        <line class="bar-zero" x1={left} x2={width - right} y1={zero} y2={zero} />
        <polyline class="due-line" points={columns.map(({ x, due }) => `${x},${due}`).join(' ')} />
        {columns.map(({ month, x, due }) => (
          <circle key={month} class="due-point" cx={x} cy={due} r="4" />
        ))}
      </svg>
    </figure>
  );
}

function Key({ shape, word }: { readonly shape: VNode; readonly word: string }): VNode {
  return (
    <span>
      <svg class="key" width="16" height="16" aria-hidden="true" focusable="false">
        {shape}
      </svg>
      {word}
    </span>
  );
}

function MonthTable({ months, shown }: { readonly months: readonly MonthOf[]; readonly shown: Shown }): VNode {
  return (
    <table class="totals trend-table">
      <caption class="unseen">Mois par mois, {SHOWN.find((one) => one.shown === shown)?.label}</caption>
      <thead>
        <tr>
          <th scope="col">Mois</th>
          <th scope="col">Envoyé</th>
          <th scope="col">Payé</th>
          <th scope="col">Soldé à la main</th>
          <th scope="col">Reste dû à la fin</th>
        </tr>
      </thead>
      <tbody>
        {[...months].reverse().map((month) => {
          const { sent, paid, adjusted, due } = sumsOf(month, shown);
          return (
            <tr key={month.month}>
              <th scope="row">{monthName(month.month)}</th>
              <td>{formatEuros(sent)}</td>
              <td>{formatEuros(paid)}</td>
              <td>{formatEuros(adjusted)}</td>
              <td>{formatEuros(due)}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
