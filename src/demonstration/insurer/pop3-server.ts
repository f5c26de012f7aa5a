/** A small POP3 server for the practices' mailboxes. */
import * as net from 'node:net';
import { Pop3Session, type MailboxDesk } from './pop3-session';
import type { PracticeMailbox } from './post-office';
import type { Spool } from './spool';

const MAX_COMMAND_BYTES = 512;
const IDLE_MS = 600_000;

export class Pop3Server implements MailboxDesk {
  private readonly server: net.Server;
  private readonly sockets = new Set<net.Socket>();
  private readonly claimed = new Set<string>();

  constructor(
    private readonly address: { readonly host: string; readonly port: number },
    private readonly mailboxes: readonly PracticeMailbox[],
    private readonly spool: Spool,
  ) {
    this.server = net.createServer((socket) => this.serve(socket));
  }

  /** Resolves with the port once connections are accepted. */
  listen(): Promise<number> {
    return new Promise((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(this.address.port, this.address.host, () => resolve((this.server.address() as net.AddressInfo).port));
    });
  }

  close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }

  mailbox(user: string, password: string): PracticeMailbox | undefined {
    return this.mailboxes.find((mailbox) => mailbox.user === user && mailbox.password === password);
  }

  claim(user: string): boolean {
    if (this.claimed.has(user)) return false;
    this.claimed.add(user);
    return true;
  }

  release(user: string): void {
    this.claimed.delete(user);
  }

  private serve(socket: net.Socket): void {
    const session = new Pop3Session(this, this.spool);
    let input = '';
    let work: Promise<void> = Promise.resolve();
    const answer = async (line: string): Promise<void> => {
      if (session.isOver()) return;
      socket.write(await session.answer(line), 'latin1');
      if (session.isOver()) socket.end();
    };
    this.sockets.add(socket);
    socket.setTimeout(IDLE_MS, () => socket.destroy());
    socket.on('error', () => undefined);
    socket.once('close', () => {
      this.sockets.delete(socket);
      session.leave();
    });
    socket.on('data', (chunk: Buffer) => {
      input += chunk.toString('latin1');
      const lines = input.split('\r\n');
      input = lines.pop() ?? '';
      for (const line of lines) work = work.then(() => answer(line)).catch(() => void socket.destroy());
      if (input.length > MAX_COMMAND_BYTES) socket.destroy();
    });
    socket.write('+OK frontal\r\n');
  }
}
