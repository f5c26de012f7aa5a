/** The addresses of the diagnostics page: state, health checks, and the support bundle, shown before it is taken. */
import type { FastifyInstance } from 'fastify';
import { randomUUID } from 'node:crypto';
import { VitaleError } from '../../domain/errors';
import type { DiagnosticsDesk } from '../../diagnostics/desk';
import { zipBundle } from '../../diagnostics/bundle/bundle';
import type { Bundle } from '../../diagnostics/bundle/bundle-model';
import type { BundleView, DiagnosticsView } from '../protocol';
import { ID_PARAMS, NO_QUERY } from './schemas';

const plain = { schema: { querystring: NO_QUERY } } as const;

export function addDiagnostics(app: FastifyInstance, desk: DiagnosticsDesk): void {
  // The last one only: what is downloaded is what was shown.
  let shown: { readonly id: string; readonly bundle: Bundle } | null = null;
  app.get('/api/diagnostics', plain, (): DiagnosticsView => {
    const { state, faulty } = desk.state();
    return { state: state.state, until: state.until, by: state.by, level: state.levels.level, areas: state.levels.areas, faulty };
  });
  app.post('/api/diagnostics/health', plain, () => desk.health());
  app.post('/api/diagnostics/bundle', plain, async (): Promise<BundleView> => {
    const bundle = await desk.bundle();
    shown = { id: randomUUID(), bundle };
    return { id: shown.id, ...bundle };
  });
  app.get<{ Params: { id: string } }>(
    '/api/diagnostics/bundle/:id',
    { schema: { querystring: NO_QUERY, params: ID_PARAMS } },
    (request, reply) => {
      if (shown?.id !== request.params.id) throw new VitaleError('DIA-122');
      void reply.header('content-disposition', `attachment; filename="${shown.bundle.fileName}"`);
      return reply.type('application/zip').send(zipBundle(shown.bundle));
    },
  );
}
