/** The routing tables on the screen. Pure. */
import type { RecipientTableView } from '../../settings/recipients-port';
import type { RecipientTable, TableRow } from '../../settings/recipient-table';

/** Rows drawn at once; a search finds the others. */
export const MOST_ROWS = 50;

const folded = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLocaleLowerCase('fr');

export function rowsFound({ rows }: RecipientTableView, text: string): readonly TableRow[] {
  const sought = folded(text.trim());
  return rows.filter(({ cells }) => sought === '' || folded(cells.join(' ')).includes(sought));
}

/** A row to be filled in for a payer no table knows, from the address of the page (`amo-01-352-0100`, `amc-810000999`); null for any other address. */
export function rowFor(
  anchor: string | null,
): { readonly table: RecipientTable; readonly values: Readonly<Record<string, string>> } | null {
  const [, regime, fund, centre] = /^amo-(\w{1,4})-(\w{1,4})-(\w{1,5})$/.exec(anchor ?? '') ?? [];
  if (regime !== undefined && fund !== undefined && centre !== undefined) return { table: 'amo', values: { regime, fund, centre } };
  const [, number] = /^amc-(\w{1,10})$/.exec(anchor ?? '') ?? [];
  return number === undefined ? null : { table: 'amc', values: { amc_no: number, regime_pattern: '*', fund_pattern: '*' } };
}

/** A line as the support sends it, pasted into any field: cells by tabs, as many as there are columns; null for any other text. */
export function pastedRow(text: string, columns: number): readonly string[] | null {
  const cells = text.replace(/\r?\n$/, '').split('\t');
  return cells.length === columns ? cells.map((cell) => cell.trim()) : null;
}
