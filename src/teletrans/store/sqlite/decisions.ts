import { placeOf, type Envelope } from '../keys/envelope';
import type { DecisionKind, StoredDecision, StoreSession } from '../port';
import { insertRow, type Access } from './access';
import { openBody } from './bodies';
import type { SqlRow } from './engine';
import { blob, text } from './rows';

type DecisionTable = StoreSession['decisions'];
type Said = Pick<StoredDecision, 'by' | 'reason' | 'stated'>;

const placeOfBody = (id: string): string => placeOf('decisions', id, 'body');

/** What persons decided; append-only, what they said encrypted. */
export class SqliteDecisions implements DecisionTable {
  constructor(
    private readonly access: Access,
    private readonly envelope: Envelope,
  ) {}

  append({ id, at, kind, entityId, by, reason, stated }: StoredDecision): Promise<void> {
    return this.access.write((connection) => {
      const said: Said = { by, reason, stated };
      const body = this.envelope.seal(Buffer.from(JSON.stringify(said), 'utf8'), placeOfBody(id));
      insertRow(connection, 'decisions', { id, at, kind, entity_id: entityId, body });
    });
  }

  of(entityId: string): Promise<readonly StoredDecision[]> {
    return this.access.read((connection) =>
      connection.all('SELECT * FROM decisions WHERE entity_id = ? ORDER BY rank', entityId).map((row) => this.decisionOf(row)),
    );
  }

  private decisionOf(row: SqlRow): StoredDecision {
    const id = text(row, 'id');
    const said = JSON.parse(openBody(this.envelope, blob(row, 'body'), placeOfBody(id)).toString('utf8')) as Said;
    return { id, at: text(row, 'at'), kind: text(row, 'kind') as DecisionKind, entityId: text(row, 'entity_id'), ...said };
  }
}
