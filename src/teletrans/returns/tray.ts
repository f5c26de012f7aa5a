/**
 * The tray: returns that were understood but belong to nothing we know, and mails that could not be read. Nothing in it is ever deleted. A person may attach an ARL to
 * the file it answers; that is not undone: states that follow from an answer are not taken back.
 */
import type { Acknowledgement } from '../domain/acknowledgement';
import type { Clock } from '../domain/clock';
import { VitaleError } from '../domain/errors';
import type { Identifiers } from '../domain/identifiers';
import { undecidable } from '../domain/undecidable';
import { ArlUnreadable, type ArlTranslator } from '../formats/port';
import type { MailReader } from '../network/port';
import { putInDoubt } from '../sending/put-in-doubt';
import type { Store, StoredDecision, StoredFile, StoredLot, StoredReturn, StoreSession } from '../store/port';
import type { ArlApplication } from './applying-arl';
import { fitOf, inOrder, mayAnswer, type Candidate } from './candidates';
import { inTray, NEVER_LEFT } from './filing';

export interface TrayEntry {
  readonly entry: StoredReturn;
  /** Files it may answer; empty for what is no ARL. */
  readonly candidates: readonly Candidate[];
}

export class ReturnTray {
  constructor(
    private readonly store: Store,
    private readonly reader: MailReader,
    private readonly translator: ArlTranslator,
    private readonly arl: ArlApplication,
    private readonly clock: Clock,
    private readonly ids: Identifiers,
  ) {}

  /** What is in the tray, the newest first. */
  async list(): Promise<readonly TrayEntry[]> {
    const entries = await this.store.read((session) => session.returns.list({ state: ['unmatched', 'quarantined'] }));
    const found: TrayEntry[] = [];
    for (const entry of [...entries].reverse()) found.push(await this.entryOf(entry));
    return found;
  }

  /** The mail as it was received, of an entry of the tray or one that was put away. Errors: DEC-002, DEC-003. */
  async mail(returnId: string): Promise<Buffer> {
    return this.store.read(async (session) => {
      const filed = (await session.returns.get(returnId))?.state === 'filed' && (await session.archives.of('return', returnId)) === null;
      if (!filed) await inTray(session, returnId);
      return session.returns.mail(returnId);
    });
  }

  /** One entry of the tray. Errors: DEC-002, DEC-003. */
  async one(returnId: string): Promise<TrayEntry> {
    return this.entryOf(await this.store.read((session) => inTray(session, returnId)));
  }

  /** One entry of the tray with the file it would be attached to. Errors: DEC-002, DEC-003, RET-050 when the ARL cannot answer that file. */
  async pair(
    returnId: string,
    fileId: string,
  ): Promise<{ readonly entry: StoredReturn; readonly ack: Acknowledgement; readonly candidate: Candidate }> {
    const entry = await this.store.read((session) => inTray(session, returnId));
    const ack = entry.state === 'unmatched' ? await this.acknowledgementOf(entry) : null;
    const candidate = ack === null ? undefined : (await this.candidates(ack)).find(({ file }) => file.id === fileId);
    if (ack === null || candidate === undefined) throw new VitaleError('RET-050');
    return { entry, ack, candidate };
  }

  /**
   * Applies the ARL to this file, by a person's decision, in one transaction. A file that for us never left becomes in doubt first: the answer proves that it did.
   * Errors: DEC-002, DEC-003, RET-050, RET-007 when it says the opposite of an earlier answer; nothing is changed then.
   */
  async attach(returnId: string, fileId: string, decision: StoredDecision): Promise<void> {
    const { ack } = await this.pair(returnId, fileId);
    const at = this.clock.now().toISOString();
    await this.store.transaction(async (session) => {
      const entry = await session.returns.get(returnId);
      const file = await session.files.get(fileId);
      if (entry?.state !== 'unmatched' || file === null) throw undecidable(entry !== null);
      if (NEVER_LEFT.has(file.state)) await putInDoubt(session, file, at, this.ids, 'RET-007');
      const answered = (await session.files.get(fileId)) ?? file;
      const effect = await this.arl.apply(session, ack, answered, at);
      if (effect.contradictions > 0) throw new VitaleError('RET-007', { n: file.fileId });
      if (effect.unmatched > 0) throw new VitaleError('RET-050');
      await session.decisions.append(decision);
      await session.returns.update(returnId, { state: 'applied', reason: null, fileId });
      await session.journal.append({
        at,
        actor: 'person:cabinet',
        entity: 'return',
        entityId: returnId,
        event: 'attached',
        from: 'unmatched',
        to: 'applied',
        detail: { fileId: file.fileId, decision: decision.id },
      });
    });
  }

  private async candidates(ack: Acknowledgement): Promise<readonly Candidate[]> {
    return this.store.read(async (session) => {
      const found: Candidate[] = [];
      for (const file of await session.files.list()) {
        if (file.state === 'CANCELLED' || file.state === 'PREPARED') continue;
        const fits = fitOf(ack, file, await lotsOf(session, file));
        if (mayAnswer(ack, fits)) found.push({ file, fits });
      }
      return inOrder(found);
    });
  }

  private async acknowledgementOf(entry: StoredReturn): Promise<Acknowledgement | null> {
    const content = await this.reader.read(await this.store.read((session) => session.returns.mail(entry.id)));
    if (content.kind !== 'ARL') return null;
    try {
      return this.translator.translate(content.bytes);
    } catch (error) {
      if (error instanceof ArlUnreadable) return null;
      throw error;
    }
  }

  private async entryOf(entry: StoredReturn): Promise<TrayEntry> {
    const ack = entry.state === 'unmatched' ? await this.acknowledgementOf(entry) : null;
    return { entry, candidates: ack === null ? [] : await this.candidates(ack) };
  }
}

async function lotsOf(session: StoreSession, file: StoredFile): Promise<readonly StoredLot[]> {
  const lots = await Promise.all(file.lotIds.map((id) => session.lots.get(id)));
  return lots.filter((lot) => lot !== null);
}
