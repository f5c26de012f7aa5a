import type { Envelope } from '../keys/envelope';
import type { StoreSession } from '../port';
import type { Access } from './access';
import { SqliteArchives } from './archives';
import { SqliteAttempts } from './attempts';
import { SqliteDecisions } from './decisions';
import { SqliteFiles } from './files';
import { SqliteInvoices } from './invoices';
import { listedTables } from './listing/tables';
import { SqliteLots } from './lots';
import { SqliteReturns } from './returns';
import { thirdPartyTables } from './third-party/tables';
import { SqliteCounters, SqliteJournal, SqliteSettings } from './small-tables';

/** The tables of one transaction or snapshot. */
export function sessionOn(access: Access, bodies: Envelope): StoreSession {
  return {
    invoices: new SqliteInvoices(access, bodies),
    lots: new SqliteLots(access, bodies),
    files: new SqliteFiles(access),
    attempts: new SqliteAttempts(access),
    returns: new SqliteReturns(access, bodies),
    decisions: new SqliteDecisions(access, bodies),
    lists: listedTables(access),
    archives: new SqliteArchives(access),
    counters: new SqliteCounters(access),
    journal: new SqliteJournal(access),
    thirdParty: thirdPartyTables(access, bodies),
    settings: new SqliteSettings(access),
  };
}
