/** Applies the returns that lie spooled: each in one transaction, once. */
import { ArlUnreadable, type ArlTranslator } from '../formats/port';
import type { Clock } from '../domain/clock';
import type { MailReader, ReturnContent } from '../network/port';
import type { HeldReason, Store, StoredFile, StoredReturn, StoreSession } from '../store/port';
import type { RspApplication } from '../third-party/applying';
import type { ArlApplication } from './applying-arl';
import { matchFile } from './matching';

export interface ReturnsTally {
  /** Lots. */
  readonly positive: number;
  readonly negative: number;
  /** Invoice parts. */
  readonly rsp: number;
  readonly unmatched: number;
  /** Mails. */
  readonly quarantined: number;
}

const NOTHING: ReturnsTally = { positive: 0, negative: 0, rsp: 0, unmatched: 0, quarantined: 0 };

export class ReturnApplication {
  constructor(
    private readonly store: Store,
    private readonly reader: MailReader,
    private readonly translator: ArlTranslator,
    private readonly arl: ArlApplication,
    private readonly rsp: RspApplication,
    private readonly clock: Clock,
  ) {}

  /** Applies every spooled return, the oldest first; also those a crash left behind. */
  async applySpooled(): Promise<ReturnsTally> {
    const spooled = await this.store.read((session) => session.returns.list({ state: ['spooled'] }));
    let tally = NOTHING;
    for (const entry of spooled) {
      const mail = await this.store.read((session) => session.returns.mail(entry.id));
      const content = await this.reader.read(mail);
      const one = await this.store.transaction((session) => this.applyOne(session, entry, content));
      tally = {
        positive: tally.positive + one.positive,
        negative: tally.negative + one.negative,
        rsp: tally.rsp + one.rsp,
        unmatched: tally.unmatched + one.unmatched,
        quarantined: tally.quarantined + one.quarantined,
      };
    }
    return { ...tally, rsp: tally.rsp + (await this.retryOpenLines()) };
  }

  /** Lines of earlier payment returns whose invoice has come, or has left, since. @returns invoice parts booked. */
  private async retryOpenLines(): Promise<number> {
    const waiting = await this.store.read((session) => session.thirdParty.lines.retriable());
    return waiting.length === 0 ? 0 : this.store.transaction((session) => this.rsp.retryOpen(session));
  }

  private async applyOne(session: StoreSession, entry: StoredReturn, content: ReturnContent): Promise<ReturnsTally> {
    switch (content.kind) {
      case 'ARL':
        return this.applyArl(session, entry, content.bytes);
      case 'RSP':
        return this.applyRsp(session, entry, content.bytes);
      case 'DELIVERY_REPORT':
        return this.noteReport(session, entry, content);
      case 'UNKNOWN':
        return this.setAside(session, entry, { code: 'TRA-014', details: {} });
    }
  }

  private async applyArl(session: StoreSession, entry: StoredReturn, bytes: Buffer): Promise<ReturnsTally> {
    const earlier = entry.contentSha256 === null ? null : await session.returns.byContent(entry.contentSha256);
    if (earlier !== null && earlier.id !== entry.id && earlier.state !== 'spooled') {
      await session.returns.update(entry.id, { state: 'duplicate', reason: { code: 'RET-006', details: {} }, fileId: earlier.fileId });
      return NOTHING;
    }
    let ack;
    try {
      ack = this.translator.translate(bytes);
    } catch (error) {
      if (!(error instanceof ArlUnreadable)) throw error;
      return this.setAside(session, entry, { code: 'TRA-014', details: {} });
    }
    const file = await matchFile(session, ack);
    if (file === null) return this.putInTray(session, entry, { code: 'RET-005', details: {} }, null);
    const at = this.clock.now().toISOString();
    // The insurer answers a file that, for us, never left: a person must look before anything of it leaves again.
    if (file.handedOverAt === null && file.state !== 'UNCERTAIN')
      return this.putInTray(session, entry, { code: 'RET-007', details: { n: file.fileId } }, file.id);
    const archive = await archiveOf(session, file);
    if (file.state === 'ARCHIVED') return this.putInTray(session, entry, { code: 'ARC-026', details: { id: archive ?? '?' } }, file.id);
    const effect = await this.arl.apply(session, ack, file, at);
    const reason: HeldReason | null =
      archive !== null && effect.negative > 0
        ? { code: 'ARC-026', details: { id: archive } }
        : effect.contradictions > 0
          ? { code: 'RET-007', details: { n: file.fileId } }
          : effect.unmatched > 0
            ? { code: 'RET-005', details: {} }
            : null;
    await session.returns.update(entry.id, { state: reason === null ? 'applied' : 'unmatched', reason, fileId: file.id });
    return { ...NOTHING, positive: effect.positive, negative: effect.negative, unmatched: effect.unmatched + effect.contradictions };
  }

  private async applyRsp(session: StoreSession, entry: StoredReturn, bytes: Buffer): Promise<ReturnsTally> {
    const outcome = await this.rsp.apply(session, entry.id, bytes, entry.contentSha256 ?? '');
    switch (outcome.kind) {
      case 'booked':
        await session.returns.update(entry.id, { state: 'applied', reason: null });
        return { ...NOTHING, rsp: outcome.parts, unmatched: outcome.open };
      case 'duplicate':
        await session.returns.update(entry.id, { state: 'duplicate', reason: outcome.reason });
        return NOTHING;
      case 'conflict':
        return this.putInTray(session, entry, outcome.reason, null);
      case 'unreadable':
        return this.setAside(session, entry, outcome.reason);
    }
  }

  private async putInTray(session: StoreSession, entry: StoredReturn, reason: HeldReason, fileId: string | null): Promise<ReturnsTally> {
    await session.returns.update(entry.id, { state: 'unmatched', reason, fileId });
    return { ...NOTHING, unmatched: 1 };
  }

  private async setAside(session: StoreSession, entry: StoredReturn, reason: HeldReason): Promise<ReturnsTally> {
    await session.returns.update(entry.id, { state: 'quarantined', reason });
    return { ...NOTHING, quarantined: 1 };
  }

  /** A delivery report is evidence: it is noted beside its file and changes no state (spec/transport.md § 5 point 3). */
  private async noteReport(
    session: StoreSession,
    entry: StoredReturn,
    report: Extract<ReturnContent, { kind: 'DELIVERY_REPORT' }>,
  ): Promise<ReturnsTally> {
    const files = await session.files.list();
    const file = files.find((candidate) => candidate.messageId !== null && candidate.messageId === report.originalMessageId);
    if (file === undefined) return this.putInTray(session, entry, { code: 'TRA-009', details: { serveur: '?' } }, null);
    const failed = report.action === 'failed' || report.status?.startsWith('5') === true;
    await this.noteEvidence(session, file, report);
    await session.returns.update(entry.id, {
      state: 'applied',
      fileId: file.id,
      reason: failed ? { code: 'TRA-009', details: { serveur: file.recipient.mailbox } } : null,
    });
    // an ARL, once there, says more than a server on the way
    if (failed && file.state !== 'ACKED')
      await session.files.update(file.id, { failure: { code: 'TRA-009', details: { serveur: file.recipient.mailbox } } });
    return NOTHING;
  }
  /** Attaches the report to the attempt it is about: the last one after which the message may have been on its way. */
  private async noteEvidence(
    session: StoreSession,
    file: StoredFile,
    { action, status }: Extract<ReturnContent, { kind: 'DELIVERY_REPORT' }>,
  ): Promise<void> {
    const attempts = await session.attempts.ofFile(file.id);
    const left = attempts.filter(({ outcome }) => outcome === 'HANDED_OVER' || outcome === 'UNCERTAIN').at(-1);
    await session.journal.append({
      at: this.clock.now().toISOString(),
      actor: 'external',
      entity: 'file',
      entityId: file.id,
      event: 'delivery-report',
      from: null,
      to: null,
      detail: {
        rank: (left ?? attempts.at(-1))?.rank ?? 0,
        ...(action === null ? {} : { action }),
        ...(status === null ? {} : { status }),
      },
    });
  }
}

/** The archive of a file, or of the first of its lots that is in one: what a late answer is about can be read again there (§ 6.1 row 42). */
async function archiveOf(session: StoreSession, file: StoredFile): Promise<string | null> {
  const own = await session.archives.of('file', file.id);
  for (const id of own === null ? file.lotIds : []) {
    const archive = await session.archives.of('lot', id);
    if (archive !== null) return archive;
  }
  return own;
}
