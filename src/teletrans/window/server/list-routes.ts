/** The addresses of the lists of invoices, lots and files. They only read. What is looked for travels in a body, never in an address. */
import type { FastifyInstance, RouteShorthandOptions } from 'fastify';
import type { FileColumn, FilesAsked, InvoiceColumn, InvoicesAsked, ListDesk, LotColumn, LotsAsked } from '../../application/lists/port';
import { MOST_LISTED } from '../../application/lists/port';
import { VitaleError } from '../../domain/errors';
import type { StateWord, StateWords } from '../state-words';
import { inOrderOfWords } from '../view-model/state-choices';
import { ID_PARAMS, NO_QUERY } from './schemas';

/** What is typed to find rows; longer is no name and no number. */
const LONGEST_SEARCH = 80;

const orNull = (schema: object): object => ({ anyOf: [schema, { type: 'null' }] });

function all(properties: Readonly<Record<string, object>>): object {
  return { type: 'object', additionalProperties: false, required: Object.keys(properties), properties };
}

/** A list that may be asked by these states and columns, and chosen by these besides. */
function listOf(
  states: Readonly<Record<string, StateWord>>,
  columns: readonly string[],
  besides: Readonly<Record<string, object>> = {},
): RouteShorthandOptions {
  const state = { type: 'array', maxItems: 40, items: { enum: Object.keys(states) } };
  return {
    schema: {
      querystring: NO_QUERY,
      body: all({
        choices: all({
          states: orNull(state),
          practitioner: orNull({ type: 'string', pattern: '^[0-9]{9}$' }),
          text: { type: 'string', maxLength: LONGEST_SEARCH },
          ...besides,
        }),
        order: all({ key: { enum: columns }, direction: { enum: ['asc', 'desc'] } }),
        from: { type: 'integer', minimum: 0, maximum: 10_000_000 },
        count: { type: 'integer', minimum: 1, maximum: MOST_LISTED },
        view: orNull({ type: 'string', pattern: '^[0-9]{1,15}$' }),
      }),
    },
  };
}

const INVOICE_COLUMNS: readonly InvoiceColumn[] = [
  'number',
  'kind',
  'practitioner',
  'payer',
  'state',
  'deadline',
  'lot',
  'fees',
  'amo',
  'amc',
];
const LOT_COLUMNS: readonly LotColumn[] = ['number', 'date', 'kind', 'practitioner', 'payer', 'count', 'amo', 'amc', 'state', 'file'];
const FILE_COLUMNS: readonly FileColumn[] = ['number', 'kind', 'practitioner', 'payer', 'lots', 'count', 'state', 'created', 'attempts'];

export function addLists(app: FastifyInstance, lists: ListDesk, words: StateWords): void {
  const order = { invoice: inOrderOfWords(words.invoice), lot: inOrderOfWords(words.lot), file: inOrderOfWords(words.file) };
  const invoices = listOf(words.invoice, INVOICE_COLUMNS, { clock: orNull({ enum: ['late', 'today'] }) });
  app.post<{ Body: InvoicesAsked }>('/api/lists/invoices', invoices, ({ body }) => lists.invoices(body, order.invoice));
  app.post<{ Body: LotsAsked }>('/api/lists/lots', listOf(words.lot, LOT_COLUMNS), ({ body }) => lists.lots(body, order.lot));
  app.post<{ Body: FilesAsked }>('/api/lists/files', listOf(words.file, FILE_COLUMNS), ({ body }) => lists.files(body, order.file));
  app.get<{ Params: { id: string } }>(
    '/api/lists/invoices/:id',
    { schema: { querystring: NO_QUERY, params: ID_PARAMS } },
    async ({ params }) => {
      const found = await lists.invoice(params.id);
      if (found === null) throw new VitaleError('FEN-010');
      return found;
    },
  );
}
