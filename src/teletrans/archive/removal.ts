/**
 * The originals of a verified archive go. Each small batch is one transaction and can be taken up again: what is gone is skipped, and what has come to life again
 * since the archive was written stays.
 */
import type { Clock } from '../domain/clock';
import { canStepFile, canStepLot, stepFile, stepLot } from '../domain/states';
import { stepParts } from '../domain/parts';
import type { ArchivedEntity, FrozenMessages, Store, StoreSession } from '../store/port';
import type { PurgeRule } from './planning';
import { whyKept } from './settled';

/** Things removed in one transaction: other writers wait no longer than that. */
const BATCH = 100;

/** Removes one thing; false when it must stay. */
type Remove = (session: StoreSession, id: string) => Promise<boolean>;

export class Removal {
  constructor(
    private readonly store: Store,
    private readonly frozen: FrozenMessages,
    private readonly clock: Clock,
  ) {}

  /** @param onItems called after each batch with its size. */
  async run(archiveId: string, rule: PurgeRule, onItems: (count: number) => void): Promise<void> {
    const each = async (entity: ArchivedEntity, remove: Remove): Promise<void> => {
      for await (const ids of this.batches(archiveId, entity)) {
        await this.store.transaction(async (session) => {
          for (const id of ids) if (!(await remove(session, id))) await session.archives.takeOut(entity, id);
        });
        if (entity === 'file') for (const id of ids) await this.removeMessage(id);
        onItems(ids.length);
      }
    };
    await each('invoice', (session, id) => this.removeInvoice(session, id, archiveId, rule));
    await each('lot', (session, id) => this.removeLot(session, id, archiveId));
    await each('file', (session, id) => this.removeFile(session, id, archiveId));
    await each('return', async (session, id) => {
      const entry = await session.returns.get(id);
      if (entry?.fileId != null && (await session.files.get(entry.fileId))?.state !== 'ARCHIVED') return false;
      await session.returns.dropMail(id);
      return true;
    });
  }

  private async *batches(archiveId: string, entity: ArchivedEntity): AsyncGenerator<readonly string[]> {
    const next = (after: string | null): Promise<readonly string[]> =>
      this.store.read((session) => session.archives.items(archiveId, entity, { after, limit: BATCH }));
    for (let ids = await next(null); ids.length > 0; ids = await next(ids.at(-1) ?? null)) yield ids;
  }

  private async removeInvoice(session: StoreSession, id: string, archiveId: string, rule: PurgeRule): Promise<boolean> {
    const invoice = await session.invoices.get(id);
    if (invoice === null) return false;
    const from = invoice.amoState ?? invoice.amcState;
    if (from === 'ARCHIVED') return true;
    const lot = invoice.lotId === null ? null : await session.lots.get(invoice.lotId);
    if (whyKept({ invoice, lot, openReturn: false }, rule.days, rule.today) !== null) return false;
    await session.invoices.update(id, stepParts(invoice, 'ARCHIVED'));
    await session.invoices.dropBody(id);
    await this.journal(session, 'invoice', id, from, archiveId);
    return true;
  }

  private async removeLot(session: StoreSession, id: string, archiveId: string): Promise<boolean> {
    const lot = await session.lots.get(id);
    if (lot?.state === 'ARCHIVED') return true;
    if (lot === null || !canStepLot(lot.state, 'ARCHIVED')) return false;
    for (const invoiceId of lot.invoiceIds) {
      const invoice = await session.invoices.get(invoiceId);
      if ((invoice?.amoState ?? invoice?.amcState) !== 'ARCHIVED') return false;
    }
    await session.lots.update(id, { state: stepLot(lot.state, 'ARCHIVED') });
    await session.lots.dropBytes(id);
    await this.journal(session, 'lot', id, lot.state, archiveId);
    return true;
  }

  private async removeFile(session: StoreSession, id: string, archiveId: string): Promise<boolean> {
    const file = await session.files.get(id);
    if (file?.state === 'ARCHIVED') return true;
    if (file === null || !canStepFile(file.state, 'ARCHIVED')) return false;
    for (const lotId of file.lotIds) if ((await session.lots.get(lotId))?.state !== 'ARCHIVED') return false;
    await session.files.update(id, { state: stepFile(file.state, 'ARCHIVED') });
    await this.journal(session, 'file', id, file.state, archiveId);
    return true;
  }

  /** After the commit that says it is archived: a message without its file would be lost, a file without its message is only a crash to take up. */
  private async removeMessage(id: string): Promise<void> {
    const file = await this.store.read((session) => session.files.get(id));
    if (file?.state === 'ARCHIVED' && (await this.frozen.exists(id))) await this.frozen.remove(id);
  }

  private journal(
    session: StoreSession,
    entity: 'invoice' | 'lot' | 'file',
    id: string,
    from: string | null,
    archive: string,
  ): Promise<void> {
    return session.journal.append({
      at: this.clock.now().toISOString(),
      actor: 'software',
      entity,
      entityId: id,
      event: 'archived',
      from,
      to: 'ARCHIVED',
      detail: { archive },
    });
  }
}
