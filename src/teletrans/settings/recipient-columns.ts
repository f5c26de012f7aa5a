/** What each column of the routing tables may hold (spec/lots-and-files.md § 5). The labels are in `addin/tables/settings.json`. */
import { hasLuhnKey } from '../domain/keys';
import type { RecipientTable } from './recipient-table';

export interface RecipientColumn {
  readonly name: string;
  readonly pattern: RegExp;
  readonly choices: readonly string[] | null;
  /** Beyond the pattern. */
  readonly holds?: (cell: string) => boolean;
}

const column = (name: string, pattern: RegExp, holds?: (cell: string) => boolean): RecipientColumn => ({
  name,
  pattern,
  choices: null,
  ...(holds === undefined ? {} : { holds }),
});
const choice = (name: string, ...choices: readonly string[]): RecipientColumn => ({ name, pattern: /^/, choices });
const MAILBOX = /^[A-Za-z0-9_+-]+(\.[A-Za-z0-9_+-]+)*@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$/;
const TEXT = /^\S[^\t\r\n]{0,79}$/;
const isDate = (cell: string): boolean => !Number.isNaN(Date.parse(cell)) && new Date(cell).toISOString().startsWith(cell);

export const RECIPIENT_COLUMNS: Readonly<Record<RecipientTable, readonly RecipientColumn[]>> = {
  amo: [
    column('valid_from', /^\d{4}-\d{2}-\d{2}$/, isDate),
    column('regime', /^(\d{2}|\*)$/),
    column('fund', /^(\d{3}|\*)$/),
    column('centre', /^(\d{4}|\d{0,3}\*)$/),
    column('recipient_type', /^[A-Z]{2}$/),
    column('body', /^\d{3}$/),
    column('data_centre', /^\d{3}$/),
    choice('route', 'direct', 'oct'),
    column('mailbox', MAILBOX),
    column('label', TEXT),
  ],
  amc: [
    column('amc_no', /^\d{9}$/, hasLuhnKey),
    column('name', TEXT),
    column('regime_pattern', /^[\d*]{1,4}$/),
    column('fund_pattern', /^[\d*]{1,5}$/),
    choice('flow', 'DRE', 'FSE enriched'),
    choice('route', 'direct', 'oct', '–'),
    column('host', /^(\d{3}|–)$/),
    column('domain', /^([A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+|–)$/),
    column('mailbox', new RegExp(`${MAILBOX.source}|^–$`)),
  ],
};

/** Names of the columns whose cell does not fit; a row of another width: all of them. */
export function wrongCells(table: RecipientTable, cells: readonly string[]): readonly string[] {
  const columns = RECIPIENT_COLUMNS[table];
  if (cells.length !== columns.length) return columns.map(({ name }) => name);
  return columns
    .filter(({ pattern, choices, holds }, rank) => {
      const cell = cells[rank] ?? '';
      return choices === null ? !pattern.test(cell) || holds?.(cell) === false : !choices.includes(cell);
    })
    .map(({ name }) => name);
}
