/** How invoices, lots and files are listed: which columns each list chooses, sorts and adds up by. */
import type { FileGroup, FileSortKey, InvoiceGroup, InvoiceSortKey, LotGroup, LotSortKey } from '../../listing/port';
import type { ListDescription } from './list-sql';

const AMOUNTS = 'count(*) AS count, total(fees) AS fees, total(amo) AS amo, total(amc) AS amc';

export const LISTED_INVOICES: ListDescription<InvoiceGroup, InvoiceSortKey> = {
  table: 'invoices',
  group: ['amo_state', 'amc_state', 'sheet_sent'],
  valuesOf: ({ amoState, amcState, sheetSent }) => [amoState, amcState, sheetSent ? 1 : 0],
  living: `coalesce(amo_state, amc_state) <> 'ARCHIVED'`,
  sought: [`ltrim(number, '0')`, 'lot_number'],
  kind: 'kind',
  sums: AMOUNTS,
  sorted: {
    number: ['number'],
    kind: ['kind'],
    deadline: ['stopped', 'deadline'],
    lot: ['lot_number'],
    fees: ['fees'],
    amo: ['amo'],
    amc: ['amc'],
  },
  nullable: ['lot'],
};

/** Not in the index, and asked for by no filter: one way through another index for each lot. */
const INVOICES_IN_LOT = '(SELECT count(*) FROM lot_invoices WHERE lot_rank = lots.rank)';
const NUMBER_OF_FILE = '(SELECT files.file_id FROM files WHERE files.id = lots.file_id)';

export const LISTED_LOTS: ListDescription<LotGroup, LotSortKey> = {
  table: 'lots',
  group: ['state'],
  valuesOf: ({ state }) => [state],
  living: `state <> 'ARCHIVED'`,
  sought: ['number'],
  kind: 'flow',
  sums: AMOUNTS,
  sorted: {
    number: ['number'],
    date: ['lot_date'],
    kind: ['flow'],
    count: [INVOICES_IN_LOT],
    amo: ['amo'],
    amc: ['amc'],
    file: [NUMBER_OF_FILE],
  },
  nullable: ['file'],
};

const ATTEMPTS = '(SELECT count(*) FROM attempts WHERE attempts.file_id = files.id)';

export const LISTED_FILES: ListDescription<FileGroup, FileSortKey> = {
  table: 'files',
  group: ['state'],
  valuesOf: ({ state }) => [state],
  living: `state <> 'ARCHIVED'`,
  sought: ['file_id', 'lot_numbers'],
  kind: 'flow',
  sums: 'count(*) AS count, total(invoices) AS invoices',
  sorted: {
    number: ['file_id'],
    kind: ['flow'],
    lots: ['lot_numbers'],
    count: ['invoices'],
    created: ['created_at'],
    attempts: [ATTEMPTS],
  },
};
