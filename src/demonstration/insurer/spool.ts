/**
 * The insurer's folders: mails received and not yet treated, mails treated, mails waiting to be delivered, and the mailboxes POP3 serves. A mail moves by
 * renaming, so it is always in exactly one of them.
 */
import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { writeDurably } from './durable-files';

/** What is kept with a mail received. */
export interface IncomingEnvelope {
  readonly from: string;
  /** Mailbox of the front end. */
  readonly to: string;
  /** Rank of the mail since the insurer started. */
  readonly nth: number;
}

export interface Incoming extends IncomingEnvelope {
  readonly reception: string;
  readonly mail: Buffer;
}

const FOLDERS = ['incoming', 'treated', 'aside', 'outbox', 'mailboxes'] as const;
const MAIL = /^[0-9A-Za-z-]+\.eml$/;

export class Spool {
  private constructor(readonly folder: string) {}

  static async open(folder: string): Promise<Spool> {
    for (const name of FOLDERS) await mkdir(join(folder, name), { recursive: true });
    return new Spool(folder);
  }

  /** Keeps a mail received; when this resolves it is on the disk. */
  async keep(envelope: IncomingEnvelope, mail: Buffer): Promise<string> {
    const reception = `${String(Date.now()).padStart(14, '0')}-${String(envelope.nth).padStart(6, '0')}-${randomUUID().slice(0, 8)}`;
    await writeDurably(
      join(this.folder, 'incoming', `${reception}.eml`),
      Buffer.concat([Buffer.from(`${JSON.stringify(envelope)}\n`), mail]),
    );
    return reception;
  }

  /** Mails received and not yet treated, oldest first. */
  async untreated(): Promise<readonly string[]> {
    return (await readdir(join(this.folder, 'incoming')))
      .filter((name) => MAIL.test(name))
      .sort()
      .map((name) => name.slice(0, -4));
  }

  async read(reception: string): Promise<Incoming> {
    const bytes = await readFile(join(this.folder, 'incoming', `${reception}.eml`));
    const end = bytes.indexOf('\n');
    const envelope = JSON.parse(bytes.toString('utf8', 0, end)) as IncomingEnvelope;
    return { ...envelope, reception, mail: bytes.subarray(end + 1) };
  }

  async treated(reception: string): Promise<void> {
    await rename(join(this.folder, 'incoming', `${reception}.eml`), join(this.folder, 'treated', `${reception}.eml`));
  }

  /** Takes a mail out of the way that cannot be treated. */
  async setAside(reception: string): Promise<void> {
    await rename(join(this.folder, 'incoming', `${reception}.eml`), join(this.folder, 'aside', `${reception}.eml`));
  }

  /** Keeps a mail to be put in a mailbox at `dueMs` (epoch); the name orders the mailbox. */
  async schedule(user: string, name: string, dueMs: number, mail: Buffer): Promise<string> {
    const folder = join(this.folder, 'outbox', user);
    await mkdir(folder, { recursive: true });
    const file = `${String(dueMs).padStart(14, '0')}-${name}.eml`;
    await writeDurably(join(folder, file), mail);
    return file;
  }

  /** Every mail waiting to be delivered. */
  async scheduled(): Promise<readonly { readonly user: string; readonly file: string; readonly dueMs: number }[]> {
    const users = await readdir(join(this.folder, 'outbox'));
    const found = await Promise.all(
      users.map(async (user) =>
        (await readdir(join(this.folder, 'outbox', user)))
          .filter((file) => MAIL.test(file))
          .map((file) => ({ user, file, dueMs: Number(file.slice(0, 14)) })),
      ),
    );
    return found.flat();
  }

  async deliver(user: string, file: string): Promise<void> {
    const box = join(this.folder, 'mailboxes', user);
    await mkdir(box, { recursive: true });
    await rename(join(this.folder, 'outbox', user, file), join(box, file));
  }

  /** Names of the mails of a mailbox, oldest first. */
  async waiting(user: string): Promise<readonly string[]> {
    const names = await readdir(join(this.folder, 'mailboxes', user)).catch(() => []);
    return names.filter((name) => MAIL.test(name)).sort();
  }

  async mail(user: string, file: string): Promise<Buffer> {
    return readFile(join(this.folder, 'mailboxes', user, file));
  }

  async remove(user: string, file: string): Promise<void> {
    await unlink(join(this.folder, 'mailboxes', user, file));
  }
}
