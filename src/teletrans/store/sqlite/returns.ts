import { placeOf, type Envelope } from '../keys/envelope';
import type { HeldReason, ReturnChange, ReturnKind, ReturnState, StoredReturn, StoreSession } from '../port';
import { among, Conditions, insertRow, mustRankOf, pageSql, updateRow, type Access } from './access';
import { openBody } from './bodies';
import type { SqlRow, SqlValue } from './engine';
import { blob, jsonOrNull, text, textOrNull, toJson, toJsonOrNull } from './rows';

type ReturnTable = StoreSession['returns'];
type ReturnFilter = NonNullable<Parameters<ReturnTable['list']>[0]>;

const placeOfMail = (id: string): string => placeOf('return_mails', id, 'mail');

function returnOf(row: SqlRow): StoredReturn {
  return {
    id: text(row, 'id'),
    uidl: text(row, 'uidl'),
    mailSha256: text(row, 'mail_sha256'),
    contentSha256: textOrNull(row, 'content_sha256'),
    kind: text(row, 'kind') as ReturnKind,
    state: text(row, 'state') as ReturnState,
    receivedAt: text(row, 'received_at'),
    reason: jsonOrNull(row, 'reason') as HeldReason | null,
    fileId: textOrNull(row, 'file_id'),
  };
}

function changedColumns(change: ReturnChange): Record<string, SqlValue> {
  return {
    ...(change.contentSha256 !== undefined && { content_sha256: change.contentSha256 }),
    ...(change.kind !== undefined && { kind: change.kind }),
    ...(change.state !== undefined && { state: change.state }),
    ...(change.reason !== undefined && { reason: toJsonOrNull(change.reason) }),
    ...(change.fileId !== undefined && { file_id: change.fileId }),
  };
}

/** The mails fetched from the practice's mailbox; the mail itself stands apart, encrypted. */
export class SqliteReturns implements ReturnTable {
  constructor(
    private readonly access: Access,
    private readonly envelope: Envelope,
  ) {}

  insert(entry: StoredReturn, mail: Buffer): Promise<void> {
    return this.access.write((connection) => {
      const rank = insertRow(connection, 'returns', {
        id: entry.id,
        uidl: entry.uidl,
        mail_sha256: entry.mailSha256,
        received_at: entry.receivedAt,
        ...changedColumns(entry),
      });
      connection.run('INSERT INTO return_mails (rank, mail) VALUES (?, ?)', rank, this.envelope.seal(mail, placeOfMail(entry.id)));
    });
  }

  async get(id: string): Promise<StoredReturn | null> {
    return (await this.many('SELECT * FROM returns WHERE id = ?', id))[0] ?? null;
  }

  mail(id: string): Promise<Buffer> {
    return this.access.read((connection) => {
      const row = connection.get('SELECT mail FROM returns JOIN return_mails USING (rank) WHERE id = ?', id);
      if (row === null) throw new Error(`no row ${id} in return_mails`);
      return openBody(this.envelope, blob(row, 'mail'), placeOfMail(id));
    });
  }

  dropMail(id: string): Promise<void> {
    return this.access.write((connection) => {
      connection.run('DELETE FROM return_mails WHERE rank = ?', mustRankOf(connection, 'returns', id));
    });
  }

  list(filter: ReturnFilter = {}): Promise<readonly StoredReturn[]> {
    const conditions = new Conditions()
      .when(filter.state, among('state'), toJson(filter.state ?? []))
      .when(filter.fileId, 'file_id = ?', filter.fileId ?? null);
    const { sql, values } = pageSql('returns', conditions, filter);
    return this.many(sql, ...values);
  }

  async byContent(contentSha256: string): Promise<StoredReturn | null> {
    return (
      (
        await this.many(`SELECT * FROM returns WHERE content_sha256 = ? AND state <> 'duplicate' ORDER BY rank LIMIT 1`, contentSha256)
      )[0] ?? null
    );
  }

  async byMail(uidl: string, mailSha256: string): Promise<StoredReturn | null> {
    return (await this.many('SELECT * FROM returns WHERE uidl = ? AND mail_sha256 = ?', uidl, mailSha256))[0] ?? null;
  }

  update(id: string, change: ReturnChange): Promise<void> {
    return this.access.write((connection) => updateRow(connection, 'returns', id, changedColumns(change)));
  }

  private many(sql: string, ...values: readonly SqlValue[]): Promise<readonly StoredReturn[]> {
    return this.access.read((connection) => connection.all(sql, ...values).map(returnOf));
  }
}
