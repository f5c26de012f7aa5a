/** The addresses of the archives. What a person looks for travels in a body: a name or a NIR never stands in an address. */
import type { FastifyInstance, FastifyReply } from 'fastify';
import { Readable } from 'node:stream';
import type { Archives } from '../../archive/port';
import type { SearchBody } from '../protocol';
import { ID_PARAMS, NO_QUERY, SEARCH_BODY } from './schemas';

export interface ArchiveRouteDependencies {
  readonly archives: Archives;
}

const plain = { schema: { querystring: NO_QUERY } } as const;
const ofOne = { schema: { querystring: NO_QUERY, params: ID_PARAMS } } as const;
interface OfOne {
  Params: { id: string };
}

const asFile = (reply: FastifyReply, name: string, type: string): FastifyReply =>
  reply.type(type).header('content-disposition', `attachment; filename="${name}"`);
/** Null is a JSON value here, which the framework would otherwise take for an empty body. */
const sendJson = (reply: FastifyReply, value: unknown): FastifyReply =>
  reply.type('application/json; charset=utf-8').send(JSON.stringify(value));

export function addArchiveRoutes(app: FastifyInstance, { archives }: ArchiveRouteDependencies): void {
  app.get('/api/archives', plain, () => archives.list());
  app.post('/api/archives/announce', plain, async (_request, reply) => sendJson(reply, await archives.announce()));
  app.post('/api/archives/postpone', plain, async (_request, reply) => {
    await archives.postpone();
    return reply.code(204).send();
  });
  app.get('/api/archives/simulation', plain, () => archives.simulate());
  app.post('/api/archives/purge', plain, () => archives.purge(() => undefined));
  app.post('/api/archives/verify', plain, () => archives.verify(() => undefined));
  app.post<{ Body: SearchBody }>('/api/archives/search', { schema: { querystring: NO_QUERY, body: SEARCH_BODY } }, (request) =>
    archives.search(request.body.text),
  );
  app.get<OfOne>('/api/dossiers/:id', ofOne, (request) => archives.dossier(request.params.id));
  app.get<OfOne>('/api/archives/:id/xml', ofOne, async (request, reply) => {
    const { id } = request.params;
    await archives.contents(id);
    return asFile(reply, `archive-${id}.xml`, 'application/xml').send(Readable.from(archives.xml(id), { objectMode: false }));
  });
}
