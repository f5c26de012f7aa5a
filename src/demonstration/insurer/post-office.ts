/** Puts mails into the practices' mailboxes, at once or later; what is due later survives a restart. */
import type { Spool } from './spool';

export interface PracticeMailbox {
  readonly user: string;
  readonly password: string;
  /** Addresses it receives; null: every address that is no front end. */
  readonly addresses: readonly string[] | null;
}

export class PostOffice {
  private readonly timers = new Set<NodeJS.Timeout>();

  constructor(
    private readonly spool: Spool,
    private readonly mailboxes: readonly PracticeMailbox[],
  ) {}

  /** Delivers what was due while the insurer was stopped, and waits again for the rest. */
  async resume(): Promise<void> {
    for (const { user, file, dueMs } of await this.spool.scheduled()) await this.deliverAt(user, file, dueMs);
  }

  mailboxOf(address: string): PracticeMailbox | undefined {
    const wanted = address.toLowerCase();
    return (
      this.mailboxes.find(({ addresses }) => addresses?.some((known) => known.toLowerCase() === wanted)) ??
      this.mailboxes.find(({ addresses }) => addresses === null)
    );
  }

  /** @param name unique among the mails of this mailbox. @returns false when nobody has this address. */
  async post(address: string, name: string, mail: Buffer, delayMs: number): Promise<boolean> {
    const mailbox = this.mailboxOf(address);
    if (mailbox === undefined) return false;
    const dueMs = Date.now() + delayMs;
    const file = await this.spool.schedule(mailbox.user, name, dueMs, mail);
    await this.deliverAt(mailbox.user, file, dueMs);
    return true;
  }

  stop(): void {
    for (const timer of this.timers) clearTimeout(timer);
    this.timers.clear();
  }

  private async deliverAt(user: string, file: string, dueMs: number): Promise<void> {
    const left = dueMs - Date.now();
    if (left <= 0) return this.spool.deliver(user, file);
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      void this.spool.deliver(user, file);
    }, left);
    this.timers.add(timer);
  }
}
