/**
 * The bytes of a POP3 session: connection, TLS, one-line and multi-line answers, each with a limit in size and in time (spec/transport.md § 6).
 * Nothing a server sends before it is asked is taken for an answer.
 */
import * as net from 'node:net';
import * as tls from 'node:tls';
import { DotUnstuffer } from './dot-unstuffer';

/** Why a session ended; the collector turns it into a code of the catalogue. */
export class Pop3Failure extends Error {
  constructor(
    readonly reason: 'connection' | 'timeout' | 'protocol' | 'too-large' | 'tls' | 'auth' | 'refused',
    options?: { cause?: unknown },
  ) {
    super(reason, options);
    this.name = 'Pop3Failure';
  }
}

export interface Pop3Link {
  readonly host: string;
  readonly port: number;
  readonly security: 'none' | 'starttls' | 'tls';
  readonly minTls: 'TLSv1.2' | 'TLSv1.3';
  /** PEM of the authorities, undefined for the system's. */
  readonly ca: string | undefined;
  /** For the connection and for each answer, as a whole: a slow drip does not prolong it. */
  readonly timeoutMs: number;
}

/** Longest one-line answer: RFC 2449 says 512; some servers are talkative. */
const MAX_LINE_BYTES = 4096;
/** Slowest delivery of a message that is waited for. */
const MIN_BYTES_PER_SECOND = 4096;

export class Pop3Connection {
  private pending: Buffer = Buffer.alloc(0);
  private failure: Pop3Failure | null = null;
  private wake: () => void = () => undefined;
  private unlisten: () => void = () => undefined;

  private constructor(
    private socket: net.Socket,
    private readonly link: Pop3Link,
  ) {
    this.listen();
  }

  /** Connects, with TLS from the first byte when the link says so. Errors: {@link Pop3Failure} connection, timeout, tls. */
  static async open(link: Pop3Link): Promise<Pop3Connection> {
    const raw = net.connect({ host: link.host, port: link.port });
    const timer = setTimeout(() => raw.destroy(new Pop3Failure('timeout')), link.timeoutMs);
    try {
      await new Promise<void>((resolve, reject) => {
        raw.once('connect', resolve);
        raw.once('error', (cause) => reject(cause instanceof Pop3Failure ? cause : new Pop3Failure('connection', { cause })));
      });
    } finally {
      clearTimeout(timer);
    }
    raw.setNoDelay(true);
    const connection = new Pop3Connection(raw, link);
    if (link.security === 'tls') await connection.secure();
    return connection;
  }

  /** Starts TLS on the open connection; whatever came in clear before is dropped by refusing to go on. Errors: tls, protocol, timeout. */
  async secure(): Promise<void> {
    this.refuseUnasked();
    const { host, ca, minTls, timeoutMs } = this.link;
    const raw = this.socket;
    this.unlisten();
    raw.on('error', () => undefined);
    const secured = tls.connect({
      socket: raw,
      minVersion: minTls,
      rejectUnauthorized: true,
      ...(net.isIP(host) === 0 ? { servername: host } : {}),
      // the name is checked against what was asked for, an address too
      checkServerIdentity: (_name, certificate) => tls.checkServerIdentity(host, certificate),
      ...(ca === undefined ? {} : { ca }),
    });
    const timer = setTimeout(() => secured.destroy(new Pop3Failure('timeout')), timeoutMs);
    const failed = (cause?: unknown): Pop3Failure => (cause instanceof Pop3Failure ? cause : new Pop3Failure('tls', { cause }));
    try {
      await new Promise<void>((resolve, reject) => {
        secured.once('secureConnect', resolve);
        secured.on('error', (cause) => reject(failed(cause)));
        secured.once('close', () => reject(failed()));
      });
    } catch (error) {
      secured.destroy();
      raw.destroy();
      throw error;
    } finally {
      clearTimeout(timer);
    }
    this.socket = secured;
    this.listen();
  }

  /** Sends one command line and gives the text after `+OK`. Errors: refused (`-ERR`, its text in the cause), protocol, timeout, connection. */
  async ask(command: string): Promise<string> {
    this.write(command);
    return this.answer();
  }

  /** The server's next one-line answer: also the greeting. */
  async answer(): Promise<string> {
    const deadline = Date.now() + this.link.timeoutMs;
    let end: number;
    while ((end = this.pending.indexOf('\n')) < 0) {
      if (this.pending.length > MAX_LINE_BYTES) this.fail('protocol');
      await this.more(deadline);
    }
    if (end > MAX_LINE_BYTES) this.fail('protocol');
    const line = this.pending.toString('latin1', 0, end).replace(/\r$/, '');
    this.pending = this.pending.subarray(end + 1);
    if (/^\+OK( |$)/i.test(line)) return line.slice(4);
    if (/^-ERR( |$)/i.test(line)) throw new Pop3Failure('refused', { cause: line.slice(5) });
    return this.fail('protocol');
  }

  /** Sends a command with a multi-line answer and gives its exact content. Errors: also too-large, after which the session is closed. */
  async askLines(command: string, maxBytes: number, expectedBytes = 0): Promise<Buffer> {
    await this.ask(command);
    const deadline = Date.now() + this.link.timeoutMs + (Math.min(expectedBytes, maxBytes) / MIN_BYTES_PER_SECOND) * 1000;
    const lines = new DotUnstuffer();
    for (;;) {
      this.pending = lines.push(this.pending);
      if (lines.length > maxBytes) this.fail('too-large');
      if (lines.ended) return lines.content();
      await this.more(deadline);
    }
  }

  /** Ends the connection at once. */
  close(): void {
    this.socket.destroy();
  }

  private write(command: string): void {
    if (/[\r\n]/.test(command)) this.fail('protocol');
    this.refuseUnasked();
    this.socket.write(`${command}\r\n`, 'latin1');
  }

  /** An answer that came before its question cannot be believed. */
  private refuseUnasked(): void {
    if (this.pending.length > 0) this.fail('protocol');
  }

  private fail(reason: Pop3Failure['reason']): never {
    this.failure ??= new Pop3Failure(reason);
    this.close();
    throw this.failure;
  }

  private listen(): void {
    const socket = this.socket;
    const end = (failure: Pop3Failure): void => {
      this.failure ??= failure;
      this.wake();
    };
    const onData = (chunk: Buffer): void => {
      this.pending = this.pending.length === 0 ? chunk : Buffer.concat([this.pending, chunk]);
      socket.pause(); // one chunk at a time: what is not read yet stays with the server
      this.wake();
    };
    const onEnd = (cause?: unknown): void => end(new Pop3Failure('connection', { cause }));
    socket.on('data', onData).on('error', onEnd).on('close', onEnd).on('end', onEnd);
    this.unlisten = (): void => void socket.off('data', onData).off('error', onEnd).off('close', onEnd).off('end', onEnd);
  }

  /** Waits for more bytes until the deadline. */
  private async more(deadline: number): Promise<void> {
    const before = this.pending.length;
    this.refuseEnded();
    this.socket.resume();
    const left = deadline - Date.now();
    if (left <= 0) this.fail('timeout');
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, left);
      this.wake = (): void => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.wake = (): void => undefined;
    if (this.pending.length > before) return;
    this.refuseEnded();
    this.fail('timeout');
  }

  private refuseEnded(): void {
    if (this.failure !== null) throw this.failure;
  }
}
