/**
 * The list of claims as a file. It is asked for in a body, since what is looked for never stands in an address; the answer names the download, which is good once. The file
 * goes out as it is read, so that memory does not grow with it.
 */
import type { FastifyInstance } from 'fastify';
import { randomUUID } from 'node:crypto';
import { PassThrough } from 'node:stream';
import type { ClaimsExportAsked } from '../../application/third-party-port';
import type { Teletrans } from '../../application/port';
import type { ExportView } from '../protocol';
import type { StateWords } from '../state-words';
import { CLAIMS_EXPORT_BODY } from './claim-schemas';
import { RequestRefused } from './refusals';
import { ID_PARAMS, NO_QUERY } from './schemas';

/** Five hundred chosen parts, each by its identifier. */
const BODY_LIMIT = 65_536;
/** Asked for and not fetched yet. */
const MOST_WAITING = 8;
/** Going out at the same time: each holds a snapshot of the store. */
const MOST_RUNNING = 3;
/** A browser that takes nothing for so long is not waited for: the snapshot is given back. */
const PATIENCE_MS = 60_000;

const TYPES = {
  csv: { type: 'text/csv; charset=utf-8', name: 'tiers-payants.csv' },
  xml: { type: 'application/xml; charset=utf-8', name: 'tiers-payants.xml' },
} as const;

export interface ClaimExportDependencies {
  readonly teletrans: Pick<Teletrans, 'thirdParty'>;
  readonly words: Pick<StateWords, 'invoice'>;
}

export function addClaimExport(app: FastifyInstance, { teletrans: { thirdParty }, words }: ClaimExportDependencies): void {
  const waiting = new Map<string, ClaimsExportAsked>();
  const running = new Set<PassThrough>();
  app.post<{ Body: ClaimsExportAsked }>(
    '/api/third-party/claims/export',
    { bodyLimit: BODY_LIMIT, schema: { querystring: NO_QUERY, body: CLAIMS_EXPORT_BODY } },
    ({ body }): ExportView => {
      const id = randomUUID();
      waiting.set(id, body);
      for (const oldest of waiting.keys()) if (waiting.size > MOST_WAITING) waiting.delete(oldest);
      return { id };
    },
  );
  app.get<{ Params: { id: string } }>(
    '/api/third-party/claims/export/:id',
    { schema: { querystring: NO_QUERY, params: ID_PARAMS } },
    (request, reply) => {
      const asked = waiting.get(request.params.id);
      if (asked === undefined) throw new RequestRefused('notFound');
      waiting.delete(request.params.id);
      for (const oldest of running)
        if (running.size >= MOST_RUNNING) {
          running.delete(oldest);
          oldest.destroy();
        }
      const out = new PassThrough();
      running.add(out);
      out.once('close', () => running.delete(out));
      thirdParty
        .exportClaims(
          asked,
          (state) => words.invoice[state].word,
          (piece) => taken(out, piece),
        )
        .then(
          () => out.end(),
          // The connection is cut short: a file that is not whole must not look like one.
          (error: unknown) => out.destroy(error instanceof Error ? error : new Error('export')),
        );
      const { type, name } = TYPES[asked.format];
      return reply.type(type).header('content-disposition', `attachment; filename="${name}"`).send(out);
    },
  );
}

/** Resolves when the reader has room for more. Errors: it has gone, or takes nothing any more. */
function taken(out: PassThrough, piece: string): Promise<void> {
  if (out.destroyed) return Promise.reject(new Error('the reader has gone'));
  if (out.write(piece)) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const end = (settle: () => void): void => {
      clearTimeout(timer);
      out.off('drain', drained);
      out.off('close', gone);
      settle();
    };
    const drained = (): void => end(resolve);
    const gone = (): void => end(() => reject(new Error('the reader has gone')));
    const timer = setTimeout(gone, PATIENCE_MS);
    out.once('drain', drained);
    out.once('close', gone);
  });
}
