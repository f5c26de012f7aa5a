/** The addresses of third-party payments. Handlers only translate: every decision is the application's. */
import type { FastifyInstance, RouteShorthandOptions } from 'fastify';
import type { Teletrans } from '../../application/port';
import type { ClaimRef, ClaimsAsked, ReminderLetter, Said } from '../../application/third-party-port';
import { body, CLAIM_ID, CLAIM_PART, CLAIMS_ASKED } from './claim-schemas';
import { NO_QUERY } from './schemas';
import type { ReminderBrief, ThirdPartyBodies } from '../protocol';

type Part = ClaimRef['part'];

const letter = { type: 'string', pattern: '^[0-9a-f]{32}$' } as const;
const line = { type: 'integer', minimum: 1 } as const;
const centimes = { type: 'integer', minimum: -99_999_999_999, maximum: 99_999_999_999 } as const;
const says = { nom: { type: 'string', maxLength: 200 }, motif: { type: 'string', maxLength: 1000 } } as const;
const claim = { invoiceId: CLAIM_ID, part: CLAIM_PART } as const;

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
  app.get('/api/third-party/charts', { schema: { querystring: NO_QUERY } }, () => thirdParty.charts());
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
  act('undo', { batch: CLAIM_ID, ...says }, (given) => thirdParty.undo(given.batch, saidOf(given)));
  act('anyway', { returnId: CLAIM_ID, ...says }, (given) => thirdParty.bookAnyway(given.returnId, saidOf(given)));
  act('asidereturn', { returnId: CLAIM_ID, ...says }, (given) => thirdParty.setAsideReturn(given.returnId, saidOf(given)));
  act('takeupreturn', { returnId: CLAIM_ID, ...says }, (given) => thirdParty.takeUpReturn(given.returnId, saidOf(given)));
  act('note', { ...claim, ...says }, ({ invoiceId, part: own, nom, motif }) =>
    thirdParty.follow({ invoiceId, part: own }, 'note', motif, nom),
  );
  act('owner', { ...claim, ...says }, ({ invoiceId, part: own, nom }) => thirdParty.follow({ invoiceId, part: own }, 'owner', nom, nom));
}
