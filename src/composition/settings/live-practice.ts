/** What the program works with, while `cabinet.json` is changed under it: what can take effect at once does, the rest waits for the next start. */
import type { Practice } from '../../teletrans/domain/practice';

export class LivePractice {
  constructor(private now: Practice) {}

  get current(): Practice {
    return this.now;
  }

  /** Takes over from the file what can be. @returns true when the mail servers are others now. */
  take(next: Practice): boolean {
    const before = this.now;
    const { mode, region, goodFriday, practitioners, profile } = before;
    const sending = sameSending(before, next) ? next : before;
    this.now = {
      mode,
      region,
      goodFriday,
      practitioners,
      profile,
      network: sending.network,
      recipients: sending.recipients,
      ...(next.retention === undefined ? {} : { retention: next.retention }),
      ...(next.backup === undefined ? {} : { backup: next.backup }),
      reader: before.reader.kind === 'virtual' && next.reader.kind === 'virtual' ? next.reader : before.reader,
    };
    return JSON.stringify(before.network) !== JSON.stringify(this.now.network);
  }
}

/** Servers and addresses go with the mode they were chosen for: real invoices must not reach a server of tests because only one of the two has changed yet. */
function sameSending(now: Practice, next: Practice): boolean {
  return now.mode === next.mode && now.profile === next.profile && now.network.sender === next.network.sender;
}
