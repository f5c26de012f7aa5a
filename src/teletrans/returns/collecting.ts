/**
 * Fetches the returns. A mail is on the disk before it is deleted from the mailbox; what is not understood is kept here and left there; a return applied twice
 * changes nothing (spec/transport.md § 5 point 6).
 */
import { createHash } from 'node:crypto';
import type { Clock } from '../domain/clock';
import type { Identifiers } from '../domain/identifiers';
import type { MailCollector, MailReader, ReturnContent, WaitingMail } from '../network/port';
import type { HeldReason, Store, StoredReturn } from '../store/port';

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

export class Collecting {
  constructor(
    private readonly store: Store,
    private readonly collector: MailCollector,
    private readonly reader: MailReader,
    private readonly clock: Clock,
    private readonly ids: Identifiers,
  ) {}

  /** Spools all waiting mails. @returns how many were put into quarantine. Errors: TRA-015, TRA-002, TRA-010; what was spooled stays. */
  async spool(): Promise<number> {
    let quarantined = 0;
    await this.collector.collect(async (waiting) => {
      const answer = await this.keep(waiting);
      if (answer === 'quarantined') quarantined += 1;
      return answer === 'spooled' ? 'delete' : 'keep';
    });
    return quarantined;
  }

  private async keep(waiting: WaitingMail): Promise<'spooled' | 'quarantined' | 'left'> {
    const mail = await waiting.fetch();
    const mailSha256 = sha256(mail);
    const known = await this.store.read((session) => session.returns.byMail(waiting.uidl, mailSha256));
    // Spooled before, but its deletion never took effect: it is deleted now. A mail that is none of ours stays in the mailbox.
    if (known !== null) return known.kind === 'UNKNOWN' ? 'left' : 'spooled';
    const content = await this.reader.read(mail);
    const entry: StoredReturn = {
      id: this.ids.uuid(),
      uidl: waiting.uidl,
      mailSha256,
      contentSha256: 'bytes' in content ? sha256(content.bytes) : null,
      kind: content.kind,
      ...startingState(content),
      receivedAt: this.clock.now().toISOString(),
      fileId: null,
    };
    await this.store.transaction((session) => session.returns.insert(entry, mail));
    return content.kind === 'UNKNOWN' ? 'quarantined' : 'spooled';
  }
}

function startingState(content: ReturnContent): { readonly state: StoredReturn['state']; readonly reason: HeldReason | null } {
  if (content.kind === 'UNKNOWN') return { state: 'quarantined', reason: { code: 'TRA-014', details: {} } };
  return { state: 'spooled', reason: null };
}
