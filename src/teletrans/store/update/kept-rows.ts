/** What no update of the data may lose: how many rows there are, and the journal to its last word. */
import { Access } from '../sqlite/access';
import type { Connection } from '../sqlite/connection';
import { SqliteJournal } from '../sqlite/small-tables';
import { tablesOf } from '../sqlite/soundness';

/** Tables whose every row is a fact that happened, or the money of one. A change that merges some on purpose takes them out of this list. */
const FACTS: ReadonlySet<string> = new Set([
  ...['invoices', 'invoice_bodies', 'lots', 'lot_invoices', 'lot_bytes', 'files', 'file_lots', 'attempts', 'returns', 'return_mails'],
  ...['journal', 'decisions', 'claims', 'remittances', 'remittance_lines', 'ledger', 'follow_ups', 'archives', 'archive_items'],
  ...['counters', 'settings'],
]);

export interface Content {
  /** Rows by table. */
  readonly rows: Readonly<Record<string, number>>;
  readonly journal: { readonly length: number; readonly tip: string };
}

export async function contentOf(connection: Connection): Promise<Content> {
  const names = tablesOf(connection).filter((name) => FACTS.has(name));
  const rows = names.map((name) => [name, Number(connection.get(`SELECT count(*) AS n FROM ${name}`)?.['n'])] as const);
  return { rows: Object.fromEntries(rows), journal: await new SqliteJournal(new Access(connection, false)).tip() };
}

/** Tables that have another number of rows than before, and `journal` where its last entry is another; tables that came with the update count for nothing. */
export function changedBetween(before: Content, after: Content): readonly string[] {
  const names = Object.keys(before.rows).filter((name) => before.rows[name] !== after.rows[name]);
  const isSameJournal = before.journal.length === after.journal.length && before.journal.tip === after.journal.tip;
  return isSameJournal ? names : [...new Set([...names, 'journal'])];
}
