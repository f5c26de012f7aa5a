/** The addresses of the routing tables. */
import type { FastifyInstance } from 'fastify';
import type { Recipients } from '../../settings/recipients-port';
import type { RecipientBackBody, RecipientBody } from '../protocol';
import { NO_QUERY } from './schemas';

const table = { enum: ['amo', 'amc'] } as const;
const version = { type: 'string', pattern: '^[0-9a-f]{64}$' } as const;
/** No tab, no line end: one cell is one cell. */
const cell = { type: 'string', maxLength: 200, pattern: '^[^\\u0000-\\u001f\\u007f]*$' } as const;

const body = (properties: Readonly<Record<string, object>>): object => ({
  schema: { querystring: NO_QUERY, body: { type: 'object', additionalProperties: false, required: Object.keys(properties), properties } },
});

/** @param told called after every change. */
export function addRecipients(app: FastifyInstance, recipients: Recipients, told: () => void): void {
  app.get('/api/settings/recipients', { schema: { querystring: NO_QUERY } }, () => recipients.read());
  app.post<{ Body: RecipientBody }>(
    '/api/settings/recipients',
    body({
      table,
      version,
      line: { anyOf: [{ type: 'integer', minimum: 1 }, { type: 'null' }] },
      cells: { anyOf: [{ type: 'array', maxItems: 20, items: cell }, { type: 'null' }] },
      confirmed: { type: 'array', maxItems: 20, items: { type: 'string', maxLength: 100 } },
    }),
    async (request) => {
      const { line, cells, confirmed } = request.body;
      const outcome = await recipients.save(request.body.table, request.body.version, { line, cells }, confirmed);
      if (outcome.saved) told();
      return outcome;
    },
  );
  app.post<{ Body: RecipientBackBody }>('/api/settings/recipients/back', body({ table, version }), async (request) => {
    const outcome = await recipients.goBack(request.body.table, request.body.version);
    if (outcome.saved) told();
    return outcome;
  });
}
