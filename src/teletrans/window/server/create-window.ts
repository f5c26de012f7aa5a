/** The window's web server: on the loopback interface, opened by one-time addresses, speaking to nothing but {@link Teletrans}. */
import type { FastifyStaticOptions } from '@fastify/static';
import type Fastify from 'fastify';
import type { FastifyInstance, FastifyPluginAsync, FastifyPluginCallback, FastifyReply, FastifyRequest } from 'fastify';
import { randomBytes as nodeRandomBytes, randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import type { Teletrans } from '../../application/port';
import type { Inspection } from '../../application/inspection-port';
import type { ListDesk } from '../../application/lists/port';
import type { Archives } from '../../archive/port';
import type { Backups } from '../../backup/port';
import { correlated, thisCall } from '../../diagnostics/correlation';
import { codeField, countOf, millisecondsOf, wordOf } from '../../diagnostics/log-values';
import type { DiagnosticsDesk } from '../../diagnostics/desk';
import type { Logger } from '../../diagnostics/logger';
import type { Settings } from '../../settings/port';
import type { Recipients } from '../../settings/recipients-port';
import type { Clock } from '../../domain/clock';
import type { ApiError } from '../protocol';
import type { Glossary } from '../glossary';
import type { StateWords } from '../state-words';
import { addDiagnostics } from './diagnostics-routes';
import { ErrorReply } from './error-reply';
import { EventHub } from './event-hub';
import { NOTICE_STYLE, OPEN_PREFIX, cookieName, refusalOf } from './guard';
import { SECURITY_HEADERS } from './headers';
import { livingSessions, NO_MEMORY, SIGN_OF_LIFE_MS, type WindowMemoryPlace } from './memory';
import { NOTICE_CSS, noticePage, OPENING_PAGE } from './notice';
import { REFUSALS, type RefusalName } from './refusals';
import { addArchiveRoutes } from './archive-routes';
import { addBackupRoutes } from './backup-routes';
import { addCalendarRoutes, type GoodFridayQuestion } from './calendar-routes';
import { addHeld } from './held-routes';
import { addInspection } from './inspection-routes';
import { addLists } from './list-routes';
import { addPrintRoutes, type PrintRouteDependencies } from './print-routes';
import { addRecipients } from './recipients-routes';
import { addRoutes } from './routes';
import { Sessions } from './sessions';
import { addSettings } from './settings-routes';
import { WorkDesk } from './work-desk';

export interface WindowDependencies extends PrintRouteDependencies {
  readonly teletrans: Teletrans;
  readonly archives: Archives;
  readonly backups: Backups;
  readonly goodFriday: GoodFridayQuestion;
  readonly inspection: Inspection;
  readonly lists: ListDesk;
  readonly settings: Settings;
  readonly recipients: Recipients;
  readonly diagnostics: DiagnosticsDesk;
  readonly logger: Logger;
  /** Absolute path of the built page (`dist/page`). */
  readonly pageFolder: string;
  readonly words: StateWords;
  readonly glossary: Glossary;
  /** 0, the default, takes the port of the run before if it is free, else another. */
  readonly port?: number;
  /** What lets a page survive a restart; left out: nothing is kept. */
  readonly memory?: WindowMemoryPlace;
  readonly clock?: Clock;
  /** The machine's own time, whatever the practice's clock is set to: only how long the program was gone counts. */
  readonly machineNow?: () => Date;
  /** Milliseconds that only go forward, for lifetimes. */
  readonly monotonic?: () => number;
  readonly randomBytes?: (count: number) => Buffer;
}

export interface Window {
  /** One-time address that opens the window: `http://127.0.0.1:PORT/ouvrir/…`, good once, for two minutes. */
  readonly url: string;
  /** Another one-time address, for each click on the telephone icon. */
  newUrl(): string;
  /** Ends every session and connection. A transmission under way goes on: it belongs to the application. */
  close(): Promise<void>;
}

/** Bodies are a few choices; nothing longer is read. */
const BODY_LIMIT = 4096;

/** Loaded when a window is first opened: the start, which the host waits for, goes without them. */
async function loadServer(): Promise<{
  readonly fastify: typeof Fastify;
  readonly cookie: FastifyPluginCallback;
  readonly fastifyStatic: FastifyPluginAsync<FastifyStaticOptions>;
}> {
  const [{ default: fastify }, { default: cookie }, { default: fastifyStatic }] = await Promise.all([
    import('fastify'),
    import('@fastify/cookie'),
    import('@fastify/static'),
  ]);
  return { fastify, cookie, fastifyStatic };
}

/**
 * Starts the window's server on 127.0.0.1.
 * Errors: those of listening (the port is taken) and of reading `pageFolder`.
 */
export async function createWindow(dependencies: WindowDependencies): Promise<Window> {
  const { teletrans, diagnostics, logger, words, glossary } = dependencies;
  const { fastify, cookie, fastifyStatic } = await loadServer();
  const machineNow = dependencies.machineNow ?? (() => new Date());
  const clock = dependencies.clock ?? { now: () => new Date() };
  const sessions = new Sessions({
    now: dependencies.monotonic ?? (() => performance.now()),
    randomBytes: dependencies.randomBytes ?? nodeRandomBytes,
  });
  const errors = new ErrorReply({ teletrans, logger, newId: randomUUID });
  const hub = new EventHub({ instance: randomUUID() });
  const desk = new WorkDesk({
    teletrans,
    logger,
    now: () => clock.now(),
    explain: (error) => errors.explain(error),
    publish: (event, work) => hub.publish(event, work),
  });

  const refuse: Refuse = (request, reply, name) => sendRefusal(request, reply, errors.refusal(REFUSALS[name]));
  const app = bareServer(fastify, refuse);
  let port = 0;
  await app.register(cookie);
  correlateEveryRequest(app, logger);
  guardEveryRequest(app, () => port, sessions, logger, refuse);
  app.setErrorHandler((error, _request, reply) => {
    const { status, body } = errors.of(error);
    return reply.code(status).headers(SECURITY_HEADERS).send(body);
  });
  app.setNotFoundHandler((request, reply) => refuse(request, reply, 'notFound'));
  addOpening(app, () => port, sessions, logger, refuse);
  addRoutes(app, { teletrans, words, glossary, desk, hub });
  addArchiveRoutes(app, dependencies);
  addBackupRoutes(app, dependencies);
  addCalendarRoutes(app, dependencies.goodFriday);
  addPrintRoutes(app, dependencies);
  addInspection(app, dependencies.inspection);
  addLists(app, dependencies.lists, words);
  addDiagnostics(app, diagnostics);
  addHeld(app, teletrans);
  addSettings(app, dependencies.settings, () => hub.publishChange());
  addRecipients(app, dependencies.recipients, () => hub.publishChange());
  await app.register(fastifyStatic, {
    root: dependencies.pageFolder,
    wildcard: false,
    cacheControl: false,
    lastModified: false,
    etag: false,
  });

  const forgetThese = [teletrans, diagnostics].map((source) => source.onChange(() => hub.publishChange()));
  const forget = (): void => forgetThese.forEach((end) => end());
  const memory = dependencies.memory ?? NO_MEMORY;
  const before = memory.read();
  try {
    await listen(app, dependencies.port ?? 0, before?.port ?? null);
  } catch (error) {
    forget();
    hub.close();
    await app.close();
    throw error;
  }
  port = (app.server.address() as AddressInfo).port;
  // Sessions belong to their port: on another one nobody is known.
  if (before?.port === port) sessions.takeUp(livingSessions(before, machineNow()));
  // A port that is taken belongs to another program of this practice, which keeps its own memory.
  const remembers = before === null || before.port === port || livingSessions(before, machineNow()).length === 0;
  const remember = (): void => {
    if (remembers) memory.write({ port, at: machineNow().toISOString(), sessions: sessions.living() });
  };
  sessions.onOpened = remember;
  const life = setInterval(() => {
    if (sessions.living().length > 0) remember();
  }, SIGN_OF_LIFE_MS);
  life.unref();
  remember();
  logger.log('info', 'window.listening');

  const newUrl = (): string => `http://127.0.0.1:${port}${OPEN_PREFIX}${sessions.issueTicket()}`;
  return {
    url: newUrl(),
    newUrl,
    close: async () => {
      forget();
      clearInterval(life);
      remember();
      sessions.clear();
      hub.close();
      await app.close();
    },
  };
}

/** On the port asked for; else on that of the run before, or on a free one where it is taken. Errors: those of listening. */
async function listen(app: FastifyInstance, asked: number, before: number | null): Promise<void> {
  const host = '127.0.0.1';
  if (asked !== 0 || before === null) {
    await app.listen({ host, port: asked });
    return;
  }
  try {
    await app.listen({ host, port: before });
  } catch {
    await app.listen({ host, port: 0 });
  }
}

/** Ends a request that is not taken. */
type Refuse = (request: FastifyRequest, reply: FastifyReply, name: RefusalName) => FastifyReply;

function bareServer(fastify: typeof Fastify, refuse: Refuse): FastifyInstance {
  const app = fastify({
    logger: false,
    bodyLimit: BODY_LIMIT,
    requestTimeout: 10_000,
    keepAliveTimeout: 30_000,
    forceCloseConnections: true,
    exposeHeadRoutes: false,
    routerOptions: { maxParamLength: 128 },
    ajv: { customOptions: { coerceTypes: false, removeAdditional: false, allErrors: false, useDefaults: false } },
    clientErrorHandler: (_error, socket) => {
      if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
      else socket.destroy();
    },
    frameworkErrors: (_error, request, reply) => void refuse(request, reply, 'body'),
  });
  app.removeContentTypeParser('text/plain');
  // The code porteur is read by its own handler, straight from the stream.
  app.addContentTypeParser('application/octet-stream', (_request, payload, done) => done(null, payload));
  return app;
}

/** What is logged while a request is answered belongs together. */
function correlateEveryRequest(app: FastifyInstance, logger: Logger): void {
  const calls = new WeakMap<FastifyRequest, ReturnType<typeof thisCall>>();
  app.addHook('onRequest', (request, _reply, done) =>
    correlated(() => {
      calls.set(request, thisCall());
      done();
    }),
  );
  app.addHook('preValidation', (request, _reply, done) => (calls.get(request) ?? correlated)(done));
  app.addHook('onResponse', (request, reply, done) => {
    (calls.get(request) ?? correlated)(() => {
      const step = wordOf(`${request.method}${request.routeOptions.url ?? ''}`);
      logger.log('debug', 'window.answered', { step, count: countOf(reply.statusCode), ms: millisecondsOf(reply.elapsedTime) });
    });
    done();
  });
}

function guardEveryRequest(app: FastifyInstance, port: () => number, sessions: Sessions, logger: Logger, refuse: Refuse): void {
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(SECURITY_HEADERS);
    const refusal = refusalOf(request, port(), sessions);
    if (refusal === null) return undefined;
    logger.log('warn', 'window.request-refused', { ...codeField(REFUSALS[refusal].code), step: refusal });
    return refuse(request, reply, refusal);
  });
}

/** A person's browser gets a page in words, a program JSON. */
function sendRefusal(
  request: FastifyRequest,
  reply: FastifyReply,
  { status, body }: { readonly status: number; readonly body: ApiError },
): FastifyReply {
  void reply.code(status).headers(SECURITY_HEADERS);
  const wantsPage = request.method === 'GET' && (request.headers.accept ?? '').includes('text/html');
  return wantsPage ? reply.type('text/html; charset=utf-8').send(noticePage(body)) : reply.send(body);
}

function addOpening(app: FastifyInstance, port: () => number, sessions: Sessions, logger: Logger, refuse: Refuse): void {
  app.get(NOTICE_STYLE, (_request, reply) => reply.type('text/css; charset=utf-8').send(NOTICE_CSS));
  app.get<{ Params: { ticket: string } }>(`${OPEN_PREFIX}:ticket`, (request, reply) => {
    const name = cookieName(port());
    // A browser that fetches ahead must not use the address up.
    const ahead = request.headers['sec-purpose'] ?? request.headers['purpose'];
    // Opening the address again, by reloading or going back, is harmless where the session lives already; the address has served all the same.
    if (sessions.admits(request.cookies[name])) {
      if (ahead === undefined) sessions.spend(request.params.ticket);
      return reply.redirect('/', 303);
    }
    const secret = ahead === undefined ? sessions.redeem(request.params.ticket) : null;
    if (secret === null) {
      logger.log('warn', 'window.request-refused', { ...codeField(REFUSALS.ticket.code), step: 'ticket' });
      return refuse(request, reply, 'ticket');
    }
    logger.log('info', 'window.opened');
    void reply.setCookie(name, secret, { httpOnly: true, sameSite: 'strict', path: '/' });
    const site = request.headers['sec-fetch-site'];
    if (site === undefined || site === 'none' || site === 'same-origin') return reply.redirect('/', 303);
    // Led here by a page of the host: a redirect would still count as coming from there. A page of ours that goes on by itself does not.
    return reply.header('refresh', '0; url=/').type('text/html; charset=utf-8').send(OPENING_PAGE);
  });
}
