/** The addresses of the prints. GET gives the PDF as a file; POST to the same address hands it to the print service, where there is one. */
import type { FastifyInstance } from 'fastify';
import { VitaleError } from '../../domain/errors';
import { DUPLICATE_REASONS, type DuplicateReason } from '../../print/documents/duplicate-reasons';
import type { PrintDocument, PrintService } from '../../print/print-service';
import type { Printed, Prints } from '../../print/prints';
import type { PrintServiceView } from '../protocol';
import { ID_PARAMS, NO_QUERY } from './schemas';

export interface PrintRouteDependencies {
  readonly prints: Prints;
  /** Left out or null: there is none, as in the standalone program. */
  readonly printService?: PrintService | null;
}

interface Asked {
  Params: { id: string };
  Querystring: { motif: DuplicateReason };
}

interface PrintRoute {
  readonly path: string;
  readonly schema: object;
  readonly document: PrintDocument;
  readonly make: (prints: Prints, id: string, motif: DuplicateReason) => Promise<Printed>;
  /** The file's name: never a person's. */
  readonly file: (id: string) => string;
}

const plain = { querystring: NO_QUERY };
const ofOne = { querystring: NO_QUERY, params: ID_PARAMS };
const duplicate = {
  querystring: {
    type: 'object',
    additionalProperties: false,
    required: ['motif'],
    properties: { motif: { enum: Object.keys(DUPLICATE_REASONS) } },
  },
  params: ID_PARAMS,
};

const ROUTES: readonly PrintRoute[] = [
  {
    path: 'archive/:id',
    schema: ofOne,
    document: 'archive',
    make: (prints, id) => prints.archive(id),
    file: (id) => `archive-${id}.pdf`,
  },
  { path: 'dossier/:id', schema: ofOne, document: 'dossier', make: (prints, id) => prints.dossier(id), file: () => 'dossier.pdf' },
  {
    path: 'duplicate/:id',
    schema: duplicate,
    document: 'duplicata',
    make: (prints, id, motif) => prints.duplicate(id, motif),
    file: () => 'duplicata.pdf',
  },
  {
    path: 'duplicates/:id',
    schema: duplicate,
    document: 'duplicata',
    make: (prints, id, motif) => prints.duplicates(id, motif),
    file: () => 'duplicatas.pdf',
  },
  { path: 'reminder/:id', schema: ofOne, document: 'relance', make: (prints, id) => prints.reminder(id), file: () => 'relance.pdf' },
  { path: 'late-notice/:id', schema: ofOne, document: 'retard', make: (prints, id) => prints.lateNotice(id), file: () => 'retard.pdf' },
  { path: 'slip', schema: plain, document: 'bordereau', make: (prints) => prints.slip(null), file: () => 'bordereau.pdf' },
  { path: 'returns', schema: plain, document: 'retours', make: (prints) => prints.returns(), file: () => 'arl-rsp.pdf' },
];

export function addPrintRoutes(app: FastifyInstance, { prints, printService = null }: PrintRouteDependencies): void {
  app.get('/api/print', { schema: plain }, (): PrintServiceView => ({ service: printService?.name ?? null }));
  for (const { path, schema, document, make, file } of ROUTES) {
    app.get<Asked>(`/api/print/${path}`, { schema }, async ({ params, query }, reply) => {
      const { pdf } = await make(prints, params.id, query.motif);
      return reply
        .type('application/pdf')
        .header('content-disposition', `attachment; filename="${file(params.id)}"`)
        .send(pdf);
    });
    app.post<Asked>(`/api/print/${path}`, { schema }, async ({ params, query }, reply) => {
      if (printService === null) throw new VitaleError('HOT-014');
      await printService.print(document, await make(prints, params.id, query.motif));
      return reply.code(204).send();
    });
  }
}
