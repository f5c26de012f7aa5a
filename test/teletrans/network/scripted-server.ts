/** A server that says what a test tells it to, byte by byte, on a free loopback port. */
import * as net from 'node:net';

export interface ScriptedServer {
  readonly port: number;
  /** Connections so far. */
  readonly connections: () => number;
  close(): Promise<void>;
}

/** Reads CRLF lines of a socket one at a time; rejects when the client is gone. */
export function lineReader(socket: net.Socket): () => Promise<string> {
  let input = '';
  let gone = false;
  let wake: () => void = () => undefined;
  socket.on('data', (chunk: Buffer) => {
    input += chunk.toString('latin1');
    wake();
  });
  socket.on('close', () => {
    gone = true;
    wake();
  });
  return async () => {
    for (;;) {
      const end = input.indexOf('\r\n');
      if (end >= 0) {
        const line = input.slice(0, end);
        input = input.slice(end + 2);
        return line;
      }
      if (gone) throw new Error('client gone');
      await new Promise<void>((resolve) => (wake = resolve));
    }
  };
}

/** Starts a server that runs `script` for each connection; what the script throws ends that connection only. */
export async function scripted(script: (socket: net.Socket, next: () => Promise<string>) => Promise<void>): Promise<ScriptedServer> {
  const sockets = new Set<net.Socket>();
  let connections = 0;
  const server = net.createServer((socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('close', () => sockets.delete(socket));
    script(socket, lineReader(socket)).catch(() => socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as net.AddressInfo).port,
    connections: () => connections,
    close: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

export type SmtpStep = 'greeting' | 'EHLO' | 'AUTH' | 'MAIL' | 'RCPT' | 'DATA' | 'body' | 'dot';
export type Fault = string | ((socket: net.Socket) => void | Promise<void>);

/** Never: the client has to give up by itself. */
export const silence: Fault = () => new Promise<void>(() => undefined);
export const reset: Fault = (socket) => void socket.resetAndDestroy();
export const fin: Fault = (socket) => void socket.end();

/**
 * An SMTP server that is right in everything but the steps named: a text is said in the place of the right reply, a function does what it likes.
 * `body` is after the first lines of the message, `dot` after its end. `kept` counts the messages whose final dot was seen.
 */
export async function smtpServer(
  faults: Partial<Record<SmtpStep, Fault>>,
  capabilities: readonly string[] = ['8BITMIME'],
): Promise<ScriptedServer & { readonly kept: () => readonly string[] }> {
  const kept: string[] = [];
  const server = await scripted(async (socket, next) => {
    const step = async (name: SmtpStep, right: string): Promise<void> => {
      const fault = faults[name];
      if (typeof fault === 'function') await fault(socket);
      else socket.write(`${fault ?? right}\r\n`);
    };
    await step('greeting', '220 test ESMTP');
    for (;;) {
      const line = await next();
      const verb = line.slice(0, 4).toUpperCase();
      if (verb === 'EHLO') await step('EHLO', ['250-test', ...capabilities.map((name) => `250-${name}`), '250 HELP'].join('\r\n'));
      else if (verb === 'AUTH') await step('AUTH', '235 in');
      else if (verb === 'MAIL') await step('MAIL', '250 sender');
      else if (verb === 'RCPT') await step('RCPT', '250 recipient');
      else if (verb === 'QUIT') socket.end('221 bye\r\n');
      else if (verb === 'DATA') {
        await step('DATA', '354 go on');
        if (faults.DATA !== undefined) continue;
        const message: string[] = [];
        for (let received = await next(); received !== '.'; received = await next()) {
          message.push(received);
          if (message.length === 3 && faults.body !== undefined) await step('body', '');
        }
        kept.push(message.map((text) => (text.startsWith('.') ? text.slice(1) : text)).join('\r\n'));
        await step('dot', '250 kept');
      } else socket.write('502 what\r\n');
    }
  });
  return { ...server, kept: () => kept };
}
