/** The addresses of the settings. A password travels in the body of one request, towards the program, and is in no answer. */
import type { FastifyInstance } from 'fastify';
import { ForeignChange } from '../../settings/editing';
import type { Settings } from '../../settings/port';
import type { ConnectionBody, GoBackBody, SettingsBody } from '../protocol';
import { RequestRefused } from './refusals';
import { NO_QUERY } from './schemas';

/** A practice has a few dozen settings; nothing longer is read. */
const BODY_LIMIT = 64 * 1024;

const version = { type: 'string', pattern: '^[0-9a-f]{64}$' } as const;
/** One line: no setting has more. */
const value = {
  anyOf: [
    { type: 'string', maxLength: 1000, pattern: '^[^\\u0000-\\u001f\\u007f]*$' },
    { type: 'number' },
    { type: 'boolean' },
    { type: 'null' },
  ],
} as const;
const values = {
  type: 'object',
  maxProperties: 100,
  propertyNames: { pattern: '^[A-Za-z0-9/]{1,100}$' },
  additionalProperties: value,
} as const;
const change = {
  type: 'object',
  additionalProperties: false,
  required: ['values', 'lists'],
  properties: {
    values,
    lists: {
      type: 'object',
      maxProperties: 10,
      additionalProperties: {
        type: 'array',
        maxItems: 200,
        items: {
          type: 'object',
          additionalProperties: false,
          required: ['from', 'values'],
          properties: { from: { anyOf: [{ type: 'integer', minimum: 0 }, { type: 'null' }] }, values },
        },
      },
    },
  },
} as const;
const confirmed = { type: 'array', maxItems: 20, items: { type: 'string', maxLength: 100 } } as const;

const body = (properties: Readonly<Record<string, object>>): object => ({
  type: 'object',
  additionalProperties: false,
  required: Object.keys(properties),
  properties,
});

/** What no page of ours asks for is a badly formed request. */
async function ours<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw error instanceof ForeignChange ? new RequestRefused('body') : error;
  }
}

/** @param told called after every change. */
export function addSettings(app: FastifyInstance, settings: Settings, told: () => void): void {
  const asked = (properties: Readonly<Record<string, object>>): object => ({
    schema: { querystring: NO_QUERY, body: body(properties) },
    bodyLimit: BODY_LIMIT,
  });
  app.get('/api/settings', { schema: { querystring: NO_QUERY } }, () => settings.read());
  app.post<{ Body: SettingsBody }>('/api/settings', asked({ version, change, confirmed }), async (request) => {
    const outcome = await ours(settings.save(request.body.version, request.body.change, request.body.confirmed));
    if (outcome.saved) told();
    return outcome;
  });
  app.post<{ Body: GoBackBody }>('/api/settings/back', asked({ version, confirmed }), async (request) => {
    const outcome = await settings.goBack(request.body.version, request.body.confirmed);
    if (outcome.saved) told();
    return outcome;
  });
  app.post<{ Body: ConnectionBody }>(
    '/api/settings/connection',
    asked({ version, change, server: { enum: ['smtp', 'pop3'] } }),
    (request) => ours(settings.tryConnection(request.body.version, request.body.change, request.body.server)),
  );
}
