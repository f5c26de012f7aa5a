/** A window over the application in memory, and a client that says exactly what it is told to: any Host, any Origin. */
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { request, type IncomingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LogFields, LogLevel, Logger } from '../../../../src/teletrans/diagnostics/logger';
import { createWindow, type Window, type WindowDependencies } from '../../../../src/teletrans/window/server/create-window';
import { readGlossary } from '../../../../src/teletrans/window/server/read-glossary';
import { readStateWords } from '../../../../src/teletrans/window/server/read-state-words';
import { NO_ARCHIVES } from '../../../support/no-archives';
import { FakeDiagnostics } from '../../../support/fake-diagnostics';
import { FakeInspection } from '../../../support/fake-inspection';
import { FakeLists } from '../../../support/fake-lists';
import { FakeTeletrans, type FakeOptions } from '../../../support/fake-teletrans';

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

export class MemoryLogger implements Logger {
  readonly lines: { level: LogLevel; event: string; fields: LogFields | undefined }[] = [];
  log(level: LogLevel, event: string, fields?: LogFields): void {
    this.lines.push({ level, event, fields });
  }
}

export class Harness {
  cookie = '';
  constructor(
    readonly window: Window,
    readonly teletrans: FakeTeletrans,
    readonly lists: FakeLists,
    readonly diagnostics: FakeDiagnostics,
    readonly logger: MemoryLogger,
    readonly time: { ms: number },
    private readonly folder: string,
  ) {}

  get origin(): string {
    return new URL(this.window.url).origin;
  }

  get port(): number {
    return Number(new URL(this.window.url).port);
  }

  /** One request; nothing is added but the method's own needs. */
  raw(method: string, path: string, headers: Record<string, string> = {}, body?: Buffer | string): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const sent = request({ host: '127.0.0.1', port: this.port, method, path, headers, agent: false }, (answer) => {
        const parts: Buffer[] = [];
        answer.on('data', (part: Buffer) => parts.push(part));
        answer.on('end', () =>
          resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text: Buffer.concat(parts).toString('utf8') }),
        );
        answer.on('error', reject);
      });
      sent.on('error', reject);
      sent.end(body);
    });
  }

  /** Opens a session with a one-time address, as the browser does. */
  async open(url: string = this.window.newUrl()): Promise<Answer> {
    const answer = await this.raw('GET', new URL(url).pathname);
    this.cookie = answer.headers['set-cookie']?.[0]?.split(';')[0] ?? this.cookie;
    return answer;
  }

  get(path: string, headers: Record<string, string> = {}): Promise<Answer> {
    return this.raw('GET', path, { cookie: this.cookie, ...headers });
  }

  post(path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    const own = { cookie: this.cookie, origin: this.origin, ...(body === undefined ? {} : { 'content-type': 'application/json' }) };
    return this.raw('POST', path, { ...own, ...headers }, body === undefined ? undefined : JSON.stringify(body));
  }

  postCode(code: Buffer | string, query = ''): Promise<Answer> {
    const headers = { cookie: this.cookie, origin: this.origin, 'content-type': 'application/octet-stream' };
    return this.raw('POST', `/api/card/open${query}`, headers, code);
  }

  /** Waits until the work under way has ended. */
  async workEnded(): Promise<{ work: Record<string, unknown> }> {
    for (;;) {
      const answer = JSON.parse((await this.get('/api/transmission')).text) as { work: Record<string, unknown> };
      if (answer.work['endedAt'] !== null) return answer;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  async close(): Promise<void> {
    await this.window.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/**
 * A window on a free port, with a small page of its own, or the built one.
 * @param parts what the window gets instead of the usual.
 */
export async function openHarness(
  options: FakeOptions = {},
  builtPage: string | null = null,
  parts: Partial<WindowDependencies> = {},
): Promise<Harness> {
  const folder = mkdtempSync(join(tmpdir(), 'fenetre-'));
  const pageFolder = join(folder, 'page');
  mkdirSync(join(pageFolder, 'assets'), { recursive: true });
  writeFileSync(join(pageFolder, 'index.html'), '<!doctype html><title>Page</title>');
  writeFileSync(join(pageFolder, 'assets', 'page.js'), 'export {};');
  writeFileSync(join(folder, 'secret.txt'), 'hors de la page');
  const teletrans = new FakeTeletrans(options);
  const lists = new FakeLists(teletrans);
  const diagnostics = new FakeDiagnostics();
  const logger = new MemoryLogger();
  const time = { ms: 0 };
  const words = await readStateWords(join(__dirname, '../../../../addin/tables/state-words.json'));
  const glossary = await readGlossary(join(__dirname, '../../../../addin/tables/glossary.json'));
  const window = await createWindow({
    teletrans,
    ...NO_ARCHIVES,
    inspection: new FakeInspection(),
    lists,
    diagnostics,
    logger,
    pageFolder: builtPage ?? pageFolder,
    words,
    glossary,
    monotonic: () => time.ms,
    ...parts,
  });
  return new Harness(window, teletrans, lists, diagnostics, logger, time, folder);
}
