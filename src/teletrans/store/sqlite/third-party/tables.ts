import type { Envelope } from '../../keys/envelope';
import type { ThirdPartyTables } from '../../third-party/port';
import type { Access } from '../access';
import { SqliteClaims } from './claims';
import { SqliteFollowUps, SqliteLedger } from './ledger';
import { SqliteLines } from './lines';
import { SqliteRemittances } from './remittances';

/** The third-party tables of one transaction or snapshot. */
export function thirdPartyTables(access: Access, envelope: Envelope): ThirdPartyTables {
  return {
    claims: new SqliteClaims(access, envelope),
    remittances: new SqliteRemittances(access),
    lines: new SqliteLines(access, envelope),
    ledger: new SqliteLedger(access, envelope),
    followUps: new SqliteFollowUps(access, envelope),
  };
}
