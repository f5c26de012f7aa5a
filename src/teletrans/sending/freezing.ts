/**
 * From sealed lots to frozen messages: B2 bytes, MIME bytes, identity and hash are on the disk before any connection (spec/lots-and-files.md § 6.3 rows 1-3).
 */
import { createHash } from 'node:crypto';
import { localDate, type Clock } from '../domain/clock';
import { isVitaleError, VitaleError } from '../domain/errors';
import type { Identifiers } from '../domain/identifiers';
import { stepFile, stepLot } from '../domain/states';
import type { FileFormatter } from '../formats/port';
import type { MessageBuilder } from '../network/port';
import type { FrozenMessages, HeldReason, Store, StoredFile, StoredLot, StoreSession } from '../store/port';
import { nextCompostage } from './compostage';
import { reserveFileId } from './file-ids';
import { planFiles, type FileLimits } from './file-planning';

/** What the practice and its transport profile say of every message. */
export interface SenderIdentity {
  /** Address of the envelope and of the header From. */
  readonly from: string;
  /** Id and version of the transport profile, kept with each file. */
  readonly profile: string;
  /** B2 000: 4-5. */
  readonly senderType: string;
  /** Subject line; `invoices` is the number of invoices in the file. */
  subject(senderNumber: string, compostage: string, invoices: number): string;
}

export interface FreezeFailure {
  readonly lots: readonly StoredLot[];
  readonly reason: HeldReason;
}

export class Freezing {
  constructor(
    private readonly store: Store,
    private readonly frozen: FrozenMessages,
    private readonly formatter: FileFormatter,
    private readonly builder: MessageBuilder,
    private readonly identity: SenderIdentity,
    private readonly limits: FileLimits & { readonly reuseGuardDays: number },
    private readonly clock: Clock,
    private readonly ids: Identifiers,
  ) {}

  /** Makes and freezes the files of all sealed lots. A file that cannot be made gives its lots back and is answered as a failure; the others go on. */
  async freezeSealed(onFrozen: (done: number, total: number) => void): Promise<readonly FreezeFailure[]> {
    const sealed = await this.store.read((session) => session.lots.list({ state: ['SEALED'] }));
    const plans = planFiles(sealed, this.limits);
    const failures: FreezeFailure[] = [];
    for (const [rank, lots] of plans.entries()) {
      const file = await this.prepare(lots);
      try {
        await this.freeze(file);
      } catch (error) {
        await this.giveUp(file);
        if (!isVitaleError(error)) throw error;
        failures.push({ lots, reason: { code: error.code, details: error.details } });
      }
      onFrozen(rank + 1, plans.length);
    }
    return failures;
  }

  /** Files that a crash left PREPARED: nothing of them left, their lots are free again (row 3). */
  async recover(): Promise<void> {
    const prepared = await this.store.read((session) => session.files.list({ state: ['PREPARED'] }));
    for (const file of prepared) await this.giveUp(file);
  }

  private async prepare(lots: readonly StoredLot[]): Promise<StoredFile> {
    const [first] = lots;
    if (first === undefined) throw new VitaleError('LOT-010', { n: 1 });
    const now = this.clock.now();
    const senderNumber = first.billingNumber.padStart(14, '0');
    return this.store.transaction(async (session) => {
      const file: StoredFile = {
        id: this.ids.uuid(),
        senderNumber,
        fileId: await reserveFileId(session, senderNumber, localDate(now), this.limits.reuseGuardDays),
        fileDate: localDate(now),
        flow: first.flow,
        marking: first.marking,
        recipient: first.recipient,
        lotIds: lots.map((lot) => lot.id),
        invoices: lots.reduce((sum, lot) => sum + lot.invoiceIds.length, 0),
        state: 'PREPARED',
        sha256: null,
        messageId: null,
        compostage: await nextCompostage(session, now),
        envelope: null,
        profile: this.identity.profile,
        encrypted: false,
        createdAt: now.toISOString(),
        handedOverAt: null,
        nextTryAt: null,
        failure: null,
      };
      await session.files.insert(file);
      for (const lot of lots) await session.lots.update(lot.id, { state: stepLot(lot.state, 'IN_FILE'), fileId: file.id });
      await this.journal(session, file, 'prepared', null, 'PREPARED');
      return file;
    });
  }

  private async freeze(file: StoredFile): Promise<void> {
    const { recipient, senderNumber, fileId, fileDate, marking, compostage } = file;
    const b2 = this.formatter.encodeFile(
      {
        senderType: this.identity.senderType,
        senderNumber,
        recipientType: recipient.type,
        recipientNumber: recipient.number,
        fileId,
        fileDate,
      },
      await this.lotBytes(file),
    );
    const messageId = `<${compostage}.${file.id}@${this.identity.from.split('@')[1] ?? 'invalid'}>`;
    const envelope = { from: this.identity.from, to: recipient.mailbox };
    const subject = this.identity.subject(senderNumber, compostage, file.invoices);
    const { bytes, encrypted } = await this.builder.build({ b2, marking, ...envelope, subject, messageId, date: this.clock.now() });
    await this.frozen.write(file.id, bytes);
    const sha256 = createHash('sha256').update(b2).digest('hex');
    await this.store.transaction(async (session) => {
      await session.files.update(file.id, { state: stepFile(file.state, 'FROZEN'), sha256, messageId, envelope, encrypted });
      await this.journal(session, file, 'frozen', 'PREPARED', 'FROZEN');
    });
  }

  /** Bytes of the file's lots, each compared with the hash taken when it was sealed. Errors: STO-008. */
  private async lotBytes(file: StoredFile): Promise<readonly Buffer[]> {
    return this.store.read(async (session) => {
      const found: Buffer[] = [];
      for (const id of file.lotIds) {
        const lot = await session.lots.get(id);
        const bytes = await session.lots.bytes(id);
        if (lot === null || bytes === null || createHash('sha256').update(bytes).digest('hex') !== lot.sha256)
          throw new VitaleError('STO-008');
        found.push(bytes);
      }
      return found;
    });
  }

  private async giveUp(file: StoredFile): Promise<void> {
    await this.frozen.remove(file.id);
    await this.store.transaction(async (session) => {
      await session.files.update(file.id, { state: stepFile(file.state, 'CANCELLED') });
      for (const id of file.lotIds) {
        const lot = await session.lots.get(id);
        if (lot?.state === 'IN_FILE') await session.lots.update(id, { state: stepLot(lot.state, 'SEALED'), fileId: null });
      }
      await this.journal(session, file, 'given-up', file.state, 'CANCELLED');
    });
  }

  private journal(session: StoreSession, file: StoredFile, event: string, from: string | null, to: string): Promise<void> {
    return session.journal.append({
      at: this.clock.now().toISOString(),
      actor: 'software',
      entity: 'file',
      entityId: file.id,
      event,
      from,
      to,
      detail: { fileId: file.fileId, compostage: file.compostage },
    });
  }
}
