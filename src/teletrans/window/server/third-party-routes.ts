/** The addresses of third-party payments. Handlers only translate: every decision is the application's. */
import type { FastifyInstance, RouteShorthandOptions } from 'fastify';
import type { Teletrans } from '../../application/port';
import { MOST_ROWS, type ClaimRef, type ClaimsAsked, type ReminderLetter, type Said } from '../../application/third-party-port';
import { NO_QUERY } from './schemas';
import type { ReminderBrief, ThirdPartyBodies } from '../protocol';

type Part = ClaimRef['part'];

const id = { type: 'string', pattern: '^[0-9A-Za-z-]{1,64}$' } as const;
const letter = { type: 'string', pattern: '^[0-9a-f]{32}$' } as const;
const part = { enum: ['amo', 'amc'] } as const;
const line = { type: 'integer', minimum: 1 } as const;
const centimes = { type: 'integer', minimum: -99_999_999_999, maximum: 99_999_999_999 } as const;
const says = { nom: { type: 'string', maxLength: 200 }, motif: { type: 'string', maxLength: 1000 } } as const;
const claim = { invoiceId: id, part } as const;

/** A body whose members are all required. */
function body(properties: Readonly<Record<string, object>>): object {
  return { type: 'object', additionalProperties: false, required: Object.keys(properties), properties };
}

const options = (properties: Readonly<Record<string, object>>): RouteShorthandOptions => ({
  schema: { querystring: NO_QUERY, body: body(properties) },
});

const listOf = (properties: Readonly<Record<string, object>>): object => ({
  type: 'array',
  minItems: 1,
  maxItems: 500,
  items: body(properties),
});

const saidOf = ({ nom, motif }: { readonly nom: string; readonly motif: string }): Said => ({ by: nom, reason: motif });

const orNull = (schema: object): object => ({ anyOf: [schema, { type: 'null' }] });
const text = (maxLength: number): object => ({ type: 'string', minLength: 1, maxLength });

/** What is looked for travels in a body, never in an address. */
const CLAIMS_ASKED = {
  choices: body({
    part: orNull(part),
    payer: orNull(text(200)),
    practitioner: orNull({ type: 'string', pattern: '^[0-9]{9}$' }),
    age: orNull(text(20)),
    settlement: { enum: ['open', 'settled', 'late', 'remind', 'all'] },
    search: { type: 'string', pattern: '^[0-9]{0,9}$' },
  }),
  order: body({
    key: { enum: ['number', 'part', 'payer', 'date', 'age', 'expected', 'paid', 'due', 'state'] },
    direction: { enum: ['asc', 'desc'] },
  }),
  from: { type: 'integer', minimum: 0, maximum: 10_000_000 },
  count: { type: 'integer', minimum: 1, maximum: MOST_ROWS },
  view: orNull(id),
} as const;

/** A letter without its invoices, of which the list says enough. */
const briefly = ({ claims, ...reminder }: ReminderLetter): ReminderBrief => ({
  ...reminder,
  oldest: Math.max(...claims.map(({ age }) => age)),
  again: claims.filter(({ reminders }) => reminders > 0).length,
});

/** What a download is called and how it is served. */
const EXPORTS = {
  csv: { type: 'text/csv; charset=utf-8', name: 'rapprochement-bancaire.csv' },
  xml: { type: 'application/xml; charset=utf-8', name: 'rapprochement-bancaire.xml' },
} as const;

export function addThirdParty(app: FastifyInstance, { thirdParty }: Pick<Teletrans, 'thirdParty'>): void {
  app.get('/api/third-party', { schema: { querystring: NO_QUERY } }, () => thirdParty.overview());
  app.post<{ Body: ClaimsAsked }>('/api/third-party/claims', options(CLAIMS_ASKED), ({ body: asked }) => thirdParty.claims(asked));
  app.get('/api/third-party/totals', { schema: { querystring: NO_QUERY } }, () => thirdParty.totals());
  app.get('/api/third-party/totals/csv', { schema: { querystring: NO_QUERY } }, async (_request, reply) =>
    reply
      .type(EXPORTS.csv.type)
      .header('content-disposition', 'attachment; filename="totaux-tiers-payant.csv"')
      .send(await thirdParty.totalsExport()),
  );
  app.get('/api/third-party/reminders', { schema: { querystring: NO_QUERY } }, async () =>
    (await thirdParty.reminderLetters()).map(briefly),
  );
  app.get<{ Params: { line: string } }>(
    '/api/third-party/candidates/:line',
    { schema: { querystring: NO_QUERY, params: body({ line: { type: 'string', pattern: '^[1-9][0-9]{0,14}$' } }) } },
    ({ params }) => thirdParty.candidates(Number(params.line)),
  );
  app.get<{ Params: { invoiceId: string; part: Part } }>(
    '/api/third-party/history/:invoiceId/:part',
    { schema: { querystring: NO_QUERY, params: body(claim) } },
    ({ params }) => thirdParty.history(params),
  );
  app.get<{ Params: { format: 'csv' | 'xml' } }>(
    '/api/third-party/export/:format',
    { schema: { querystring: NO_QUERY, params: body({ format: { enum: ['csv', 'xml'] } }) } },
    async ({ params: { format } }, reply) => {
      const { type, name } = EXPORTS[format];
      return reply
        .type(type)
        .header('content-disposition', `attachment; filename="${name}"`)
        .send(await thirdParty.bankExport(format));
    },
  );
  addActs(app, thirdParty);
}

function addActs(app: FastifyInstance, thirdParty: Teletrans['thirdParty']): void {
  const act = <N extends keyof ThirdPartyBodies>(
    name: N,
    properties: Readonly<Record<string, object>>,
    work: (given: ThirdPartyBodies[N]) => Promise<unknown>,
  ): void => {
    app.post<{ Body: ThirdPartyBodies[N] }>(`/api/third-party/${name}`, options(properties), async (request, reply) => {
      await work(request.body as ThirdPartyBodies[N]);
      return reply.code(204).send();
    });
  };
  act('reconcile', { line, allocations: listOf({ ...claim, amount: centimes }), ...says }, (given) =>
    thirdParty.reconcile(given.line, given.allocations, saidOf(given)),
  );
  act('validate', { choices: listOf({ line, ...claim }), ...says }, (given) =>
    thirdParty.validate(
      given.choices.map(({ line: lineId, ...own }) => ({ lineId, claim: own })),
      saidOf(given),
    ),
  );
  act('aside', { line, ...says }, (given) => thirdParty.setAside(given.line, saidOf(given)));
  act('takeup', { line, ...says }, (given) => thirdParty.takeUp(given.line, saidOf(given)));
  act('close', { ...claim, ...says }, ({ invoiceId, part: own, ...given }) => thirdParty.close({ invoiceId, part: own }, saidOf(given)));
  act('adjust', { ...claim, amount: centimes, ...says }, ({ invoiceId, part: own, amount, ...given }) =>
    thirdParty.adjust({ invoiceId, part: own }, amount, saidOf(given)),
  );
  act('reminded', { letters: { type: 'array', minItems: 1, maxItems: 500, items: letter }, ...says }, (given) =>
    thirdParty.reminded(given.letters, saidOf(given)),
  );
  act('undo', { batch: id, ...says }, (given) => thirdParty.undo(given.batch, saidOf(given)));
  act('anyway', { returnId: id, ...says }, (given) => thirdParty.bookAnyway(given.returnId, saidOf(given)));
  act('asidereturn', { returnId: id, ...says }, (given) => thirdParty.setAsideReturn(given.returnId, saidOf(given)));
  act('takeupreturn', { returnId: id, ...says }, (given) => thirdParty.takeUpReturn(given.returnId, saidOf(given)));
  act('note', { ...claim, ...says }, ({ invoiceId, part: own, nom, motif }) =>
    thirdParty.follow({ invoiceId, part: own }, 'note', motif, nom),
  );
  act('owner', { ...claim, ...says }, ({ invoiceId, part: own, nom }) => thirdParty.follow({ invoiceId, part: own }, 'owner', nom, nom));
}
