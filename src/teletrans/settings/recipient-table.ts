/** The routing tables as lines a person changes: only the line that is changed is written anew, every other byte stays. Pure. */

/** `amo`: funds; `amc`: complementary insurers. */
export type RecipientTable = 'amo' | 'amc';

export const TABLE_FILES: Readonly<Record<RecipientTable, string>> = { amo: 'amo_recipients.tsv', amc: 'amc_recipients.tsv' };

export interface TableRow {
  /** Rank of its line in the file, the header being 0. */
  readonly line: number;
  readonly cells: readonly string[];
}

/** One change: a row put in the place of another, added (`line` null), or taken out (`cells` null). */
export interface RowChange {
  readonly line: number | null;
  readonly cells: readonly string[] | null;
}

/** Columns by the header line, and the rows. A line that is empty is no row. */
export function rowsOf(text: string): { readonly columns: readonly string[]; readonly rows: readonly TableRow[] } {
  const [header = '', ...lines] = text.split(/\r?\n/);
  const rows = lines.map((line, rank) => ({ line: rank + 1, cells: line.split('\t') }));
  return { columns: header.split('\t'), rows: rows.filter(({ cells }) => cells.join('') !== '') };
}

/** The text with one row changed. @returns null for a line that is not there. */
export function withRow(text: string, { line, cells }: RowChange): string | null {
  const end = text.includes('\r\n') ? '\r\n' : '\n';
  if (line === null) {
    if (cells === null) return null;
    return `${text}${text === '' || text.endsWith('\n') ? '' : end}${cells.join('\t')}${end}`;
  }
  const parts = text.split(/(?<=\n)/);
  const present = parts[line];
  if (line < 1 || present === undefined) return null;
  const [ending = ''] = /\r?\n$/.exec(present) ?? [];
  return [...parts.slice(0, line), ...(cells === null ? [] : [`${cells.join('\t')}${ending}`]), ...parts.slice(line + 1)].join('');
}
