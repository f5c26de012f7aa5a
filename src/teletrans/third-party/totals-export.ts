/** The totals as a French CSV, one row a group and part: the figures of the screen. Pure. */
import { BOM, cell, decimal } from './bank-export';
import type { Total } from './totals';

export interface TotalsRow {
  /** `Jour`, `Mois`, `Organisme`, `Praticien`, `Ensemble`. */
  readonly by: string;
  readonly key: string;
  readonly part: string;
  readonly total: Total;
}

export function totalsCsv(rows: readonly TotalsRow[]): string {
  const lines = rows.map(({ by, key, part, total }) =>
    [
      cell(by),
      cell(key),
      part,
      String(total.count),
      String(total.open),
      ...[total.expected, total.paid, total.adjusted, total.due].map(decimal),
    ].join(';'),
  );
  const head = ['Par', 'Clé', 'Part', 'Nombre', 'Non soldées', 'Attendu', 'Payé', 'Soldé à la main', 'Reste dû'].join(';');
  return `${BOM}${[head, ...lines].join('\r\n')}\r\n`;
}
