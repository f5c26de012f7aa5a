/** The archives as the faces ask for them: the purge with its announcement, and everything that reads archives again. */
import { localDate, type Clock } from '../domain/clock';
import { VitaleError } from '../domain/errors';
import type { ArchivedEntity, ArchiveFiles, HeldReason, Store, StoredArchive, StoreSession } from '../store/port';
import type { Explained } from '../application/port';
import { itemElement, ITEM_NAMES, type ContentSources } from './content';
import { dossierOf, foundInvoice, type DossierWords } from './dossier';
import { isPostponed, postponedFrom, runsFrom, runsToday, type Announcement } from './opening';
import {
  MAX_FOUND,
  type ArchiveContents,
  type Archives,
  type ArchiveView,
  type Dossier,
  type FoundInvoice,
  type PurgeNotice,
  type PurgeProgress,
  type PurgeReport,
  type VerificationReport,
} from './port';
import type { Purge, PurgeOutcome } from './purge';
import { matcherOf } from './search';
import { isOnlyYoung } from './settled';
import { faultsOf, readItems } from './verification';
import type { XmlElement } from './xml/element';

export interface DeskParts {
  readonly store: Store;
  readonly files: ArchiveFiles;
  readonly content: ContentSources;
  readonly purge: Purge;
  readonly days: () => number;
  readonly words: DossierWords;
  readonly explain: (reason: HeldReason) => Explained;
  readonly clock: Clock;
}

const ANNOUNCED = 'archive.announced';
const POSTPONED = 'archive.postponed';

export class ArchiveDesk implements Archives {
  constructor(private readonly parts: DeskParts) {}

  async simulate(): Promise<PurgeReport> {
    return this.report(await this.parts.purge.simulate());
  }

  async purge(onProgress: (progress: PurgeProgress) => void): Promise<PurgeReport> {
    const outcome = await this.parts.purge.run(onProgress);
    await this.parts.store.transaction(async ({ settings }) => {
      await settings.set(ANNOUNCED, '');
      await settings.set(POSTPONED, '');
    });
    return this.report(outcome);
  }

  async announce(): Promise<PurgeNotice | null> {
    const known = await this.announcement();
    if (isPostponed(known, this.today())) return null;
    const { archived } = await this.parts.purge.simulate();
    if (archived === 0) return null;
    const announcedOn = known.announcedOn ?? this.today();
    if (known.announcedOn === null) await this.parts.store.transaction(({ settings }) => settings.set(ANNOUNCED, announcedOn));
    return { invoices: archived, days: this.parts.days(), runsFrom: runsFrom({ ...known, announcedOn }) ?? this.today() };
  }

  async postpone(): Promise<void> {
    await this.parts.store.transaction(({ settings }) => settings.set(POSTPONED, postponedFrom(this.today())));
  }

  async atOpening(): Promise<PurgeReport | null> {
    await this.parts.purge.recover();
    return runsToday(await this.announcement(), this.today()) ? this.purge(() => undefined) : null;
  }

  async list(): Promise<readonly ArchiveView[]> {
    return (await this.finished()).map(viewOf);
  }

  async verify(onProgress: (done: number, total: number) => void): Promise<VerificationReport> {
    const archives = await this.finished();
    const faults = await faultsOf(this.parts.files, archives, (done) => onProgress(done, archives.length));
    return {
      ok: faults.length === 0,
      faults: faults.map((fault) => ({ ...this.parts.explain(fault), archive: String(fault.details['id'] ?? '') })),
    };
  }

  async search(asked: string): Promise<readonly FoundInvoice[]> {
    const matches = matcherOf(asked);
    const found: FoundInvoice[] = [];
    if (matches === null) return found;
    for (const { id } of [...(await this.finished())].reverse())
      for await (const item of readItems(this.parts.files, id)) {
        // Invoices come first in an archive: what follows holds none.
        if (item.name !== ITEM_NAMES.invoice) break;
        if (matches(item)) found.push(foundInvoice(id, item));
        if (found.length === MAX_FOUND) return found;
      }
    return found;
  }

  async dossier(invoiceId: string): Promise<Dossier> {
    return this.parts.store.read(async (session) => {
      if ((await session.invoices.get(invoiceId)) === null) throw new VitaleError('ARC-028');
      const archive = await session.archives.of('invoice', invoiceId);
      const invoice = await this.elementOf(session, 'invoice', invoiceId);
      const lotId = invoice.attributes['lot'];
      const lot = lotId === undefined ? null : await this.elementOf(session, 'lot', lotId);
      const fileId = lot?.attributes['fichier'];
      const file = fileId === undefined ? null : await this.elementOf(session, 'file', fileId);
      const returns: XmlElement[] = [];
      if (fileId !== undefined)
        for (const { id } of await session.returns.list({ fileId })) returns.push(await this.elementOf(session, 'return', id));
      return dossierOf({ invoice, archive, lot, file, returns }, this.parts.words);
    });
  }

  xml(archiveId: string): AsyncIterable<Buffer> {
    return this.parts.files.read(archiveId);
  }

  async contents(archiveId: string): Promise<ArchiveContents> {
    const archive = (await this.finished()).find(({ id }) => id === archiveId);
    if (archive === undefined) throw new VitaleError('ARC-022', { id: archiveId });
    const { files } = this.parts;
    const invoices = async function* (): AsyncGenerator<FoundInvoice> {
      for await (const item of readItems(files, archiveId)) {
        if (item.name !== ITEM_NAMES.invoice) return;
        yield foundInvoice(archiveId, item);
      }
    };
    return { view: viewOf(archive), invoices: invoices() };
  }

  /** One thing as its archive has it, or as the store has it while it lives there. */
  private async elementOf(session: StoreSession, entity: ArchivedEntity, id: string): Promise<XmlElement> {
    const archive = await session.archives.of(entity, id);
    const gone = archive !== null && (await session.archives.list()).some((known) => known.id === archive && known.state === 'DONE');
    if (!gone) return itemElement(session, entity, id, this.parts.content);
    for await (const item of readItems(this.parts.files, archive))
      if (item.name === ITEM_NAMES[entity] && item.attributes['id'] === id) return item;
    throw new VitaleError('ARC-020', { id: archive });
  }

  private async finished(): Promise<readonly StoredArchive[]> {
    const archives = await this.parts.store.read((session) => session.archives.list());
    return archives.filter(({ state }) => state !== 'PLANNED');
  }

  private async announcement(): Promise<Announcement> {
    const dayOf = (setting: string | null): string | null => (setting === '' ? null : setting);
    return this.parts.store.read(async ({ settings }) => ({
      announcedOn: dayOf(await settings.get(ANNOUNCED)),
      postponedUntil: dayOf(await settings.get(POSTPONED)),
    }));
  }

  private today(): string {
    return localDate(this.parts.clock.now());
  }

  private report({ archived, kept, archive }: PurgeOutcome): PurgeReport {
    const { explain } = this.parts;
    return {
      archived,
      kept: kept.map(({ number, reason }) => ({ number, young: isOnlyYoung(reason), ...explain(reason) })),
      archive,
    };
  }
}

function viewOf(archive: StoredArchive): ArchiveView {
  const { id, createdAt, firstDay, lastDay, invoices, lots, files, returns, bytes, sha256 } = archive;
  return { id, createdAt, from: firstDay, to: lastDay, invoices, lots, files, returns, bytes: bytes ?? 0, sha256: sha256 ?? '' };
}
