/** What the list shown adds up to, AMO and AMC apart. */
import type { VNode } from 'preact';
import type { Total } from '../../../application/third-party-port';
import { formatCount, formatEuros, plural } from '../../view-model/format';
import { Term } from '../glossary/term';
import { partWord } from './claim-columns';

interface TotalsProps {
  readonly totals: Readonly<Record<'amo' | 'amc', Total>>;
  readonly shown: number;
  readonly all: number;
  readonly searching: boolean;
}

export function Totals({ totals, shown, all, searching }: TotalsProps): VNode {
  return (
    <table class="totals" aria-busy={searching}>
      <caption>
        <span role="status">
          {plural(shown, 'part')} de facture sur {formatCount(all)}
        </span>
      </caption>
      <thead>
        <tr>
          <th scope="col">Part</th>
          <th scope="col">Attendu</th>
          <th scope="col">Payé</th>
          <th scope="col">
            <Term word="Soldée">Soldé</Term> à la main
          </th>
          <th scope="col">Reste dû</th>
        </tr>
      </thead>
      <tbody>
        {(['amo', 'amc'] as const).map((part) => (
          <tr key={part}>
            <th scope="row">
              <Term word={partWord(part)} />
            </th>
            <td>{formatEuros(totals[part].expected)}</td>
            <td>{formatEuros(totals[part].paid)}</td>
            <td>{formatEuros(totals[part].adjusted)}</td>
            <td>{formatEuros(totals[part].due)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
