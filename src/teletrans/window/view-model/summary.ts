/** The day in one look: a headline, and a count for each thing that may need somebody. */
import type { Counts, Glance } from '../../application/port';
import type { Shape, Tone } from '../state-words';
import { plural } from './format';
import type { InvoiceGroup } from '../../domain/invoice-groups';

export interface Tile {
  readonly group: InvoiceGroup;
  readonly label: string;
  readonly count: number;
  readonly shape: Shape;
  /** `neutral` when there is nothing of it. */
  readonly tone: Tone;
  /** What the count means, one sentence. */
  readonly meaning: string;
}

interface TileRow {
  readonly group: InvoiceGroup;
  readonly label: string;
  readonly count: keyof Counts;
  readonly shape: Shape;
  readonly tone: Tone;
  readonly meaning: string;
}

const TILES: readonly TileRow[] = [
  {
    group: 'ready',
    label: 'À envoyer',
    count: 'ready',
    shape: 'arrow',
    tone: 'info',
    meaning: 'Factures contrôlées qui attendent le prochain envoi.',
  },
  {
    group: 'due',
    label: 'Avant ce soir',
    count: 'dueToday',
    shape: 'clock',
    tone: 'attention',
    meaning: 'Factures dont le délai légal finit aujourd’hui.',
  },
  {
    group: 'late',
    label: 'En retard',
    count: 'late',
    shape: 'clock',
    tone: 'alert',
    meaning: 'Factures dont le délai légal est passé ; elles peuvent encore partir.',
  },
  { group: 'held', label: 'Retenues', count: 'held', shape: 'hand', tone: 'attention', meaning: 'Factures à corriger avant leur envoi.' },
  {
    group: 'sent',
    label: 'Envoyées',
    count: 'sent',
    shape: 'plane',
    tone: 'info',
    meaning: 'Factures parties ; leur accusé (ARL) est attendu, sauf pour les dégradées.',
  },
  { group: 'acked', label: 'ARL reçus', count: 'acked', shape: 'check', tone: 'good', meaning: 'Factures acceptées par l’organisme.' },
  {
    group: 'uncertain',
    label: 'En doute',
    count: 'uncertain',
    shape: 'question',
    tone: 'alert',
    meaning: 'Factures peut-être arrivées : ne pas renvoyer.',
  },
  {
    group: 'refused',
    label: 'Refusées',
    count: 'refused',
    shape: 'cross',
    tone: 'alert',
    meaning: 'Factures refusées ou rejetées par l’organisme.',
  },
];

/** Labels of the groups, in the order of the summary: choices of the list's filter too. */
export const GROUP_LABELS: readonly { readonly group: InvoiceGroup; readonly label: string }[] = TILES.map(({ group, label }) => ({
  group,
  label,
}));

export function tiles(counts: Counts): readonly Tile[] {
  return TILES.map((row) => ({ ...row, count: counts[row.count], tone: counts[row.count] === 0 ? 'neutral' : row.tone }));
}

export interface Headline {
  readonly tone: Tone;
  readonly shape: Shape;
  readonly text: string;
  readonly detail: string;
}

/** One sentence for the person who has one second. */
export function headline({
  counts,
  totals,
  awaited,
  overdue,
  paper,
}: Pick<Glance, 'counts' | 'totals' | 'awaited' | 'overdue' | 'paper'>): Headline {
  const { ready, dueToday, late, held, uncertain, refused } = counts;
  const troubled = held + uncertain + refused + overdue;
  const detail = [
    ...(dueToday > 0 ? [`${plural(dueToday, 'échéance')} ce soir`] : []),
    ...(late > 0 ? [`${late} en retard`] : []),
    ...(uncertain > 0 ? [`${uncertain} en doute`] : []),
    ...(refused > 0 ? [plural(refused, 'refusée')] : []),
    ...(overdue > 0 ? [plural(overdue, 'ARL manquant', 'ARL manquants')] : []),
    ...(held > 0 ? [plural(held, 'retenue')] : []),
    ...(awaited > overdue ? [plural(awaited - overdue, 'accusé attendu', 'accusés attendus')] : []),
    ...(paper > 0 ? [plural(paper, 'feuille papier à envoyer', 'feuilles papier à envoyer')] : []),
  ].join(' · ');
  if (totals.invoices === 0)
    return {
      tone: 'neutral',
      shape: 'circle',
      text: 'Aucune facture pour le moment.',
      detail: 'Les factures terminées dans le logiciel de gestion arrivent ici d’elles-mêmes.',
    };
  if (ready > 0) {
    const tone = late > 0 ? 'alert' : dueToday > 0 ? 'attention' : 'info';
    return { tone, shape: tone === 'info' ? 'arrow' : 'clock', text: `${plural(ready, 'facture')} à envoyer.`, detail };
  }
  if (troubled > 0) {
    const shape = uncertain > 0 ? 'question' : refused > 0 ? 'cross' : overdue > 0 ? 'clock' : 'hand';
    return {
      tone: shape === 'hand' ? 'attention' : 'alert',
      shape,
      text: `Rien à envoyer ; ${plural(troubled, 'facture')} à regarder.`,
      detail,
    };
  }
  if (awaited > 0) return { tone: 'info', shape: 'plane', text: 'Tout est parti.', detail };
  return { tone: 'good', shape: 'check', text: 'Tout est parti, tout est reçu.', detail: detail === '' ? 'Rien à faire.' : detail };
}

/** What came back and could not be placed; null when there is nothing of it. */
export function returnsNotice({ unmatched, quarantined }: Glance['returns']): string | null {
  const parts = [
    ...(unmatched > 0 ? [`${plural(unmatched, 'retour')} à rattacher ou à vérifier`] : []),
    ...(quarantined > 0 ? [`${plural(quarantined, 'message illisible', 'messages illisibles')} mis de côté`] : []),
  ];
  return parts.length === 0 ? null : `${parts.join(' et ')}. Rien n’est perdu : voyez « Retours ».`;
}

/** Number on the tab of the browser: what must leave before tonight, else what is ready. */
export function titleBadge(counts: Counts): string {
  const pressing = counts.dueToday + counts.late;
  return pressing > 0 ? `(${pressing} !) ` : counts.ready > 0 ? `(${counts.ready}) ` : '';
}
