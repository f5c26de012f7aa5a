/** The addresses of what was sent and received: its proofs, and its bytes field by field. They only read. */
import type { FastifyInstance } from 'fastify';
import type { Asked } from '../../formats/field-view';
import type { Inspection } from '../../application/inspection-port';
import { BYTES_QUERY, ID_PARAMS, NO_QUERY, PAGE_QUERY } from './schemas';

/** Records and rows shown at a time. */
export const RECORDS_AT_A_TIME = 40;
export const RETURNS_AT_A_TIME = 100;

interface OfBytes {
  Params: { id: string };
  Querystring: { de?: string; clair?: 'oui' };
}

const askedOf = ({ de = '0', clair }: OfBytes['Querystring']): Asked => ({
  from: Number(de),
  count: RECORDS_AT_A_TIME,
  clear: clair === 'oui',
});

export function addInspection(app: FastifyInstance, inspection: Inspection): void {
  const bytes = { schema: { querystring: BYTES_QUERY, params: ID_PARAMS } } as const;
  app.get<OfBytes>('/api/files/:id/bytes', bytes, (request) => inspection.file(request.params.id, askedOf(request.query)));
  app.get<OfBytes>('/api/returns/:id/bytes', bytes, (request) => inspection.returned(request.params.id, askedOf(request.query)));
  app.get<{ Params: { id: string } }>('/api/files/:id/proofs', { schema: { querystring: NO_QUERY, params: ID_PARAMS } }, (request) =>
    inspection.proofs(request.params.id),
  );
  app.get<{ Querystring: { de?: string } }>('/api/returns', { schema: { querystring: PAGE_QUERY } }, (request) =>
    inspection.returns(Number(request.query.de ?? '0'), RETURNS_AT_A_TIME),
  );
}
