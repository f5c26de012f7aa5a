/** The other side's way to empty a mailbox: a second, plain reading of POP3 over TLS, which shares no line with the program's. */
import * as tls from 'node:tls';

export interface PostBox {
  readonly port: number;
  /** PEM of the authority. */
  readonly ca: string;
  readonly user: string;
  readonly password: string;
}

/** Every mail of the mailbox, byte for byte; they are deleted. */
export async function drainMailbox({ port, ca, user, password }: PostBox): Promise<readonly Buffer[]> {
  const socket = tls.connect({ host: '127.0.0.1', port, ca, servername: 'localhost' });
  let heard = '';
  let wake: () => void = () => undefined;
  let failure: Error | null = null;
  socket.setEncoding('latin1').on('data', (text: string) => {
    heard += text;
    wake();
  });
  const end = (error: Error): void => {
    failure ??= error;
    wake();
  };
  socket.on('error', end).on('close', () => end(new Error('connection closed')));
  const until = async (mark: string): Promise<string> => {
    for (let from = 0; ;) {
      const at = heard.indexOf(mark, from);
      if (at >= 0) {
        const text = heard.slice(0, at);
        heard = heard.slice(at + mark.length);
        return text;
      }
      if (failure !== null) throw failure;
      from = Math.max(0, heard.length - mark.length);
      await new Promise<void>((resolve) => (wake = resolve));
    }
  };
  const ask = async (command: string): Promise<string> => {
    if (command !== '') socket.write(`${command}\r\n`);
    const line = await until('\r\n');
    if (!line.startsWith('+OK')) throw new Error(`${command.slice(0, 4)}: ${line}`);
    return line;
  };
  try {
    await ask('');
    await ask(`USER ${user}`);
    await ask(`PASS ${password}`);
    const [, count = '0'] = (await ask('STAT')).split(' ');
    const mails: Buffer[] = [];
    for (let number = 1; number <= Number(count); number++) {
      await ask(`RETR ${number}`);
      // the answer is never empty: a mail has at least its header line `Return-Path`
      const stuffed = `\r\n${await until('\r\n.\r\n')}\r\n`;
      mails.push(Buffer.from(stuffed.replaceAll('\r\n.', '\r\n').slice(2), 'latin1'));
      await ask(`DELE ${number}`);
    }
    await ask('QUIT');
    return mails;
  } finally {
    socket.destroy();
  }
}
