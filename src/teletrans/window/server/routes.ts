/** The addresses of the window's API. Handlers only translate: every decision is the application's. */
import type { FastifyInstance, onRequestHookHandler } from 'fastify';
import type { Readable } from 'node:stream';
import type { Teletrans } from '../../application/port';
import type { PersonSays } from '../../application/decision-questions';
import type { DecisionKind, NumbersDecision } from '../../store/port';
import type { AttachBody, DecisionBody, InsertBody, KeepBody, ReaderView, TransmitBody, WorkAnswer } from '../protocol';
import type { Glossary } from '../glossary';
import type { StateWords } from '../state-words';
import { addClaimExport } from './claim-export-routes';
import { readCode } from './code-body';
import type { EventHub } from './event-hub';
import { SECURITY_HEADERS } from './headers';
import { RequestRefused } from './refusals';
import {
  ATTACH_BODY,
  DECISION_BODY,
  INSERT_BODY,
  ID_PARAMS,
  KEEP_BODY,
  NO_QUERY,
  NUMBERS_PARAMS,
  OPEN_QUERY,
  PREFLIGHT_QUERY,
  QUESTION_PARAMS,
  TRANSMIT_BODY,
} from './schemas';
import { addThirdParty } from './third-party-routes';
import type { WorkDesk } from './work-desk';

export interface RouteDependencies {
  readonly teletrans: Teletrans;
  readonly words: StateWords;
  readonly glossary: Glossary;
  readonly desk: WorkDesk;
  readonly hub: EventHub;
}

const plain = { schema: { querystring: NO_QUERY } } as const;

function addReadings(app: FastifyInstance, { teletrans, words, glossary, desk, hub }: RouteDependencies): void {
  app.get('/api/words', plain, () => words);
  app.get('/api/glossary', plain, () => glossary);
  app.get('/api/glance', plain, () => teletrans.glance());
  app.get<{ Querystring: { praticien?: string; situation?: string } }>(
    '/api/preflight',
    { schema: { querystring: PREFLIGHT_QUERY } },
    (request) => teletrans.preflight({ practitioner: request.query.praticien ?? null, situation: request.query.situation ?? null }),
  );
  app.get('/api/reader', plain, (): Promise<ReaderView> => teletrans.cardReport());
  // Null is a JSON value here, which the framework would otherwise take for an empty body.
  app.get('/api/cards', plain, async (_request, reply) =>
    reply.type('application/json; charset=utf-8').send(JSON.stringify(await teletrans.virtualCards())),
  );
  app.get('/api/transmission', plain, (): WorkAnswer => ({ work: desk.work }));
  app.get('/api/events', plain, (_request, reply) => {
    if (hub.full) throw new RequestRefused('tooMany');
    reply.hijack();
    hub.add(reply.raw, SECURITY_HEADERS);
  });
}

function addCard(app: FastifyInstance, { teletrans, hub }: RouteDependencies): void {
  app.post<{ Body: InsertBody }>('/api/card/insert', { schema: { querystring: NO_QUERY, body: INSERT_BODY } }, async (request, reply) => {
    const cards = await teletrans.virtualCards();
    if (cards === null) throw new RequestRefused('realReader');
    const { file } = request.body;
    // Only a file of the list: a path made up elsewhere goes no further.
    if (file !== null && !cards.some((card) => card.file === file)) throw new RequestRefused('unknownCard');
    await teletrans.insertVirtualCard(file);
    hub.publishChange();
    return reply.code(204).send();
  });
  app.post<{ Querystring: { dernierEssai?: 'confirme'; praticien?: string }; Body: Readable }>(
    '/api/card/open',
    { schema: { querystring: OPEN_QUERY }, onRequest: requireBytes },
    async (request) => {
      const code = await readCode(request.body);
      try {
        return await teletrans.openCard(code, request.query.dernierEssai === 'confirme', request.query.praticien ?? null);
      } finally {
        code.fill(0);
        hub.publishChange();
      }
    },
  );
  app.post<{ Querystring: { dernierEssai?: 'confirme'; praticien?: string } }>(
    '/api/card/keypad',
    { schema: { querystring: OPEN_QUERY } },
    (request) => teletrans.openCardOnKeypad(request.query.dernierEssai === 'confirme', request.query.praticien ?? null),
  );
  app.post<{ Body: KeepBody }>('/api/card/keep', { schema: { querystring: NO_QUERY, body: KEEP_BODY } }, (request) =>
    Promise.resolve(teletrans.keepCardOpen(request.body.minutes)),
  );
  app.post('/api/card/close', plain, async (_request, reply) => {
    await teletrans.closeCard();
    hub.publishChange();
    return reply.code(204).send();
  });
}

/** The code porteur travels as bytes alone: any other form is refused before it is read. */
const requireBytes: onRequestHookHandler = (request, _reply, done) => {
  done(request.headers['content-type'] === 'application/octet-stream' ? undefined : new RequestRefused('mediaType'));
};

function addWork(app: FastifyInstance, { teletrans, desk }: RouteDependencies): void {
  app.post<{ Body: TransmitBody }>('/api/transmit', { schema: { querystring: NO_QUERY, body: TRANSMIT_BODY } }, async (request, reply) => {
    const { praticien, situation, choisie } = request.body;
    const work = await desk.transmit({ practitioner: praticien, situation, chosen: choisie === true });
    return reply.code(202).send({ work } satisfies WorkAnswer);
  });
  app.post('/api/transmission/cancel', plain, (): WorkAnswer => ({ work: desk.cancel() }));
  app.post('/api/collect', plain, async (_request, reply) => reply.code(202).send({ work: await desk.collect() } satisfies WorkAnswer));
  app.post<{ Params: { id: string } }>(
    '/api/lots/:id/release',
    { schema: { querystring: NO_QUERY, params: ID_PARAMS } },
    async (request, reply) => {
      await teletrans.releaseLot(request.params.id);
      return reply.code(204).send();
    },
  );
  app.post<{ Params: { id: string } }>(
    '/api/files/:id/retry',
    { schema: { querystring: NO_QUERY, params: ID_PARAMS } },
    async (request, reply) => {
      await teletrans.retryFile(request.params.id);
      return reply.code(204).send();
    },
  );
}

const saysOf = ({ nom, motif }: DecisionBody): PersonSays => ({ by: nom, reason: motif });

function addDecisions(app: FastifyInstance, { teletrans }: RouteDependencies): void {
  app.get<{ Params: { kind: DecisionKind; id: string } }>(
    '/api/questions/:kind/:id',
    { schema: { querystring: NO_QUERY, params: QUESTION_PARAMS } },
    (request) => teletrans.question(request.params.kind, request.params.id),
  );
  app.post<{ Params: { id: string }; Body: DecisionBody }>(
    '/api/files/:id/resend',
    { schema: { querystring: NO_QUERY, params: ID_PARAMS, body: DECISION_BODY } },
    async (request, reply) => {
      await teletrans.resendFile(request.params.id, saysOf(request.body));
      return reply.code(204).send();
    },
  );
  app.post<{ Params: { id: string }; Body: DecisionBody }>(
    '/api/brake/:id/release',
    { schema: { querystring: NO_QUERY, params: ID_PARAMS, body: DECISION_BODY } },
    async (request, reply) => {
      await teletrans.releaseBrake(request.params.id, saysOf(request.body));
      return reply.code(204).send();
    },
  );
  app.post<{ Params: { id: string }; Body: DecisionBody }>(
    '/api/lots/:id/paper-duplicate',
    { schema: { querystring: NO_QUERY, params: ID_PARAMS, body: DECISION_BODY } },
    async (request, reply) => {
      await teletrans.declareOnPaper(request.params.id, saysOf(request.body));
      return reply.code(204).send();
    },
  );
  app.post<{ Params: { id: string }; Body: DecisionBody }>(
    '/api/invoices/:id/paper-duplicate',
    { schema: { querystring: NO_QUERY, params: ID_PARAMS, body: DECISION_BODY } },
    async (request, reply) => {
      await teletrans.declareInvoiceOnPaper(request.params.id, saysOf(request.body));
      return reply.code(204).send();
    },
  );
  app.post<{ Params: { id: string }; Body: DecisionBody }>(
    '/api/invoices/:id/sheet-sent',
    { schema: { querystring: NO_QUERY, params: ID_PARAMS, body: DECISION_BODY } },
    async (request, reply) => {
      await teletrans.noteSheetSent(request.params.id, saysOf(request.body));
      return reply.code(204).send();
    },
  );
}

function addAfterRestore(app: FastifyInstance, { teletrans }: RouteDependencies): void {
  app.post<{ Params: { kind: NumbersDecision }; Body: DecisionBody }>(
    '/api/numbers/:kind',
    { schema: { querystring: NO_QUERY, params: NUMBERS_PARAMS, body: DECISION_BODY } },
    async (request, reply) => {
      await teletrans.takeUpNumbers(request.params.kind, saysOf(request.body));
      return reply.code(204).send();
    },
  );
  app.post<{ Params: { id: string }; Body: DecisionBody }>(
    '/api/invoices/:id/release',
    { schema: { querystring: NO_QUERY, params: ID_PARAMS, body: DECISION_BODY } },
    async (request, reply) => {
      await teletrans.releaseHeld(request.params.id, saysOf(request.body));
      return reply.code(204).send();
    },
  );
}

function addTray(app: FastifyInstance, { teletrans }: RouteDependencies): void {
  app.get('/api/tray', plain, () => teletrans.tray());
  app.get('/api/tray/filed', plain, () => teletrans.filedReturns());
  app.post<{ Params: { id: string }; Body: DecisionBody }>(
    '/api/returns/:id/file',
    { schema: { querystring: NO_QUERY, params: ID_PARAMS, body: DECISION_BODY } },
    async (request, reply) => {
      await teletrans.fileReturn(request.params.id, saysOf(request.body));
      return reply.code(204).send();
    },
  );
  app.post<{ Params: { id: string } }>(
    '/api/returns/:id/take-back',
    { schema: { querystring: NO_QUERY, params: ID_PARAMS } },
    async (request, reply) => {
      await teletrans.takeBackReturn(request.params.id);
      return reply.code(204).send();
    },
  );
  app.post<{ Params: { id: string }; Body: AttachBody }>(
    '/api/returns/:id/attach',
    { schema: { querystring: NO_QUERY, params: ID_PARAMS, body: ATTACH_BODY } },
    async (request, reply) => {
      await teletrans.attachReturn(request.params.id, request.body.fichier, saysOf(request.body));
      return reply.code(204).send();
    },
  );
}

/** Adds every address of the API to `app`. */
export function addRoutes(app: FastifyInstance, dependencies: RouteDependencies): void {
  addReadings(app, dependencies);
  addCard(app, dependencies);
  addWork(app, dependencies);
  addDecisions(app, dependencies);
  addThirdParty(app, dependencies.teletrans);
  addClaimExport(app, dependencies);
  addAfterRestore(app, dependencies);
  addTray(app, dependencies);
}
