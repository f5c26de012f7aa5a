/** The columns of the list of claims. */
import type { ClaimColumn, ClaimView } from '../../../application/third-party-port';
import type { StateWords } from '../../state-words';
import { formatDate, formatEuros, plural, shortNumber } from '../../view-model/format';
import { Badge } from '../ui/badge';
import type { Column } from '../ui/table-frame';
import type { Chosen } from './use-chosen';

export const partWord = (part: string): string => part.toUpperCase();

export function columnsOf(
  words: StateWords,
  open: (claim: ClaimView) => void,
  chosen: Pick<Chosen, 'has' | 'toggle' | 'full'>,
): readonly Column<ClaimView, ClaimColumn>[] {
  return [
    {
      key: 'number',
      label: 'Facture',
      head: true,
      cell: (row) => (
        <span class="pick">
          <input
            type="checkbox"
            class="no-print"
            aria-label={`Choisir ${shortNumber(row.number)} ${partWord(row.part)}`}
            checked={chosen.has(row)}
            disabled={chosen.full && !chosen.has(row)}
            onChange={() => chosen.toggle(row)}
          />
          <button type="button" class="link" onClick={() => open(row)}>
            {shortNumber(row.number)}
            <span class="unseen"> {partWord(row.part)}, historique</span>
          </button>
        </span>
      ),
    },
    { key: 'part', label: 'Part', cell: (row) => partWord(row.part) },
    {
      key: 'payer',
      label: 'Organisme',
      cell: (row) => (
        <span class="wrap" title={row.payer}>
          {row.payer}
        </span>
      ),
    },
    { key: 'date', label: 'Date', cell: (row) => formatDate(row.date) },
    { key: 'age', label: 'Âge', align: 'right', cell: (row) => `${row.age} j` },
    { key: 'expected', label: 'Attendu', align: 'right', cell: (row) => formatEuros(row.expected) },
    { key: 'paid', label: 'Payé', align: 'right', cell: (row) => formatEuros(row.paid) },
    { key: 'due', label: 'Reste dû', align: 'right', cell: (row) => formatEuros(row.due) },
    {
      key: 'state',
      label: 'État et suite',
      cell: (row) => (
        <>
          <Badge {...words.invoice[row.state]} />
          <span class="todo">{followUpOf(row)}</span>
        </>
      ),
    },
  ];
}

/** What is to be known or done besides the state. */
function followUpOf(row: ClaimView): string {
  return [
    row.lateDays === null ? '' : `Caisse : ${row.lateDays} jours ouvrés${row.penalty > 0 ? `, pénalité ${formatEuros(row.penalty)}` : ''}.`,
    row.remind ? 'À relancer.' : '',
    row.reminders > 0 ? plural(row.reminders, 'relance') : '',
    row.forclusionOn === null ? '' : `Forclusion le ${formatDate(row.forclusionOn)}.`,
    row.owner === null ? '' : `Suivi : ${row.owner}.`,
  ]
    .filter((text) => text !== '')
    .join(' ');
}
