/**
 * The purge: what is settled and old enough goes into an archive, the rest stays and is told with its reason (spec/regulation.md § 5).
 *
 * Order of effects: choose (PLANNED) → write the archive → read it back against the originals (VERIFIED) → remove the originals, batch by batch (DONE). A process
 * that dies before VERIFIED leaves the originals whole, and its archive is thrown away; one that dies after leaves a whole archive, and the removal goes on.
 */
import { localDate, type Clock } from '../domain/clock';
import { VitaleError } from '../domain/errors';
import type { LocalDate } from '../domain/invoice';
import type { ArchivedEntity, ArchiveFiles, HeldReason, Store, StoredArchive, StoreSession, TransmissionLock } from '../store/port';
import { archiveContent, type ContentSources } from './content';
import { filesToArchive, judgeInvoices, lotsToArchive, returnsToArchive, type PurgeRule } from './planning';
import type { PurgeProgress } from './port';
import { Removal } from './removal';
import { compareWithOriginals } from './verification';

export interface PurgeParts {
  readonly store: Store;
  readonly files: ArchiveFiles;
  readonly content: ContentSources;
  readonly lock: TransmissionLock;
  /** Retention in calendar days. Errors: ARC-021. */
  readonly days: () => number;
  readonly clock: Clock;
}

export interface Kept {
  readonly number: string;
  readonly reason: HeldReason;
}

export interface PurgeOutcome {
  /** Invoices that went, or would go. */
  readonly archived: number;
  readonly kept: readonly Kept[];
  /** The archive they went to; null for a simulation, and when there was nothing to archive. */
  readonly archive: string | null;
}

/** Chosen things are written down in groups of this size. */
const GROUP = 500;

export class Purge {
  private readonly removal: Removal;

  constructor(private readonly parts: PurgeParts) {
    this.removal = new Removal(parts.store, parts.content.frozen, parts.clock);
  }

  /** What a purge would do now; changes nothing. Errors: ARC-021. */
  async simulate(): Promise<PurgeOutcome> {
    const rule = this.rule();
    return this.parts.store.read(async (session) => {
      let archived = 0;
      const kept: Kept[] = [];
      for await (const { invoice, reason } of judgeInvoices(session, rule)) {
        if (reason === null) archived += 1;
        else kept.push({ number: invoice.number, reason });
      }
      return { archived, kept, archive: null };
    });
  }

  /**
   * Archives and removes what may go. Errors: TRA-018 while another program transmits or purges, ARC-021, ARC-023 (nothing was removed), STO-001 when the disk is full
   * (nothing was removed).
   */
  async run(onProgress: (progress: PurgeProgress) => void = () => undefined): Promise<PurgeOutcome> {
    const rule = this.rule();
    return this.parts.lock.hold(async () => {
      await this.settleOpen(rule, onProgress);
      onProgress({ step: 'choosing', done: 0, total: 1 });
      const { kept, archive } = await this.choose(rule);
      if (archive === null) return { archived: 0, kept, archive: null };
      await this.complete(archive, rule, onProgress);
      return { archived: archive.invoices, kept, archive: archive.id };
    });
  }

  /** Takes up, or throws away, what a process that died left open. Errors: TRA-018, ARC-020. */
  async recover(): Promise<void> {
    const open = await this.parts.store.read(async (session) => (await session.archives.list()).some(({ state }) => state !== 'DONE'));
    if (open) await this.parts.lock.hold(() => this.settleOpen(this.rule(), () => undefined));
  }

  private rule(): PurgeRule {
    return { days: this.parts.days(), today: localDate(this.parts.clock.now()) };
  }

  private async settleOpen(rule: PurgeRule, onProgress: (progress: PurgeProgress) => void): Promise<void> {
    const { store, files } = this.parts;
    for (const archive of await store.read((session) => session.archives.list())) {
      if (archive.state === 'PLANNED') await this.abandon(archive.id);
      if (archive.state !== 'VERIFIED') continue;
      if ((await files.fingerprint(archive.id)) !== archive.sha256) throw new VitaleError('ARC-020', { id: archive.id });
      await this.remove(archive, rule, onProgress);
    }
  }

  /** Throws away an archive that was never verified. Its file goes first: as long as its row is there, the next program tries again. */
  private async abandon(id: string): Promise<void> {
    const { store, files } = this.parts;
    const archives = await store.read((session) => session.archives.list());
    if (archives.find((archive) => archive.id === id)?.state !== 'PLANNED') return;
    await files.remove(id);
    await store.transaction((session) => session.archives.remove(id));
  }

  private async choose(rule: PurgeRule): Promise<{ readonly kept: readonly Kept[]; readonly archive: StoredArchive | null }> {
    const { store, clock } = this.parts;
    const now = clock.now().toISOString();
    return store.transaction(async (session) => {
      const previous = (await session.archives.list()).at(-1)?.sha256 ?? null;
      const id = `${rule.today}-${String(await session.counters.next('archive', 1, 9999)).padStart(4, '0')}`;
      const none = { firstDay: null, lastDay: null, invoices: 0, lots: 0, files: 0, returns: 0, sha256: null, bytes: null };
      const empty: StoredArchive = { id, state: 'PLANNED', ...none, previous, createdAt: now };
      await session.archives.insert(empty);
      const kept: Kept[] = [];
      const days: { first: LocalDate | null; last: LocalDate | null } = { first: null, last: null };
      const goes = async function* (): AsyncGenerator<{ readonly id: string }> {
        for await (const { invoice, reason } of judgeInvoices(session, rule)) {
          if (reason !== null) {
            kept.push({ number: invoice.number, reason });
            continue;
          }
          const { completedOn } = invoice;
          if (days.first === null || completedOn < days.first) days.first = completedOn;
          if (days.last === null || completedOn > days.last) days.last = completedOn;
          yield invoice;
        }
      };
      const counts = {
        invoices: await put(session, id, 'invoice', goes()),
        lots: await put(session, id, 'lot', lotsToArchive(session, rule)),
        files: await put(session, id, 'file', filesToArchive(session, rule)),
        returns: await put(session, id, 'return', returnsToArchive(session, rule)),
      };
      if (Object.values(counts).every((count) => count === 0)) {
        await session.archives.remove(id);
        return { kept, archive: null };
      }
      const chosen = { ...counts, firstDay: days.first, lastDay: days.last };
      await session.archives.update(id, chosen);
      return { kept, archive: { ...empty, ...chosen } };
    });
  }

  private async complete(archive: StoredArchive, rule: PurgeRule, onProgress: (progress: PurgeProgress) => void): Promise<void> {
    const { store, files, content } = this.parts;
    const total = archive.invoices + archive.lots + archive.files + archive.returns;
    const counter = (step: PurgeProgress['step']): (() => void) => {
      let done = 0;
      return () => onProgress({ step, done: (done += 1), total });
    };
    let verified: StoredArchive;
    try {
      const written = await store.read((session) =>
        files.write({ id: archive.id, previous: archive.previous }, counted(archiveContent(session, archive, content), counter('writing'))),
      );
      if ((await files.fingerprint(archive.id)) !== written.sha256) throw new VitaleError('ARC-023', { id: archive.id });
      await compareWithOriginals(store, files, archive, content, counter('verifying'));
      verified = { ...archive, ...written, state: 'VERIFIED' };
      await store.transaction((session) => session.archives.update(archive.id, { ...written, state: 'VERIFIED' }));
    } catch (error) {
      await this.abandon(archive.id);
      throw error;
    }
    await this.remove(verified, rule, onProgress);
  }

  private async remove(archive: StoredArchive, rule: PurgeRule, onProgress: (progress: PurgeProgress) => void): Promise<void> {
    const total = archive.invoices + archive.lots + archive.files + archive.returns;
    let done = 0;
    await this.removal.run(archive.id, rule, (count) => onProgress({ step: 'removing', done: (done += count), total }));
    await this.parts.store.transaction((session) => session.archives.update(archive.id, { state: 'DONE' }));
  }
}

/** Writes down what goes, group by group. @returns how many. */
async function put(
  session: StoreSession,
  archiveId: string,
  entity: ArchivedEntity,
  chosen: AsyncIterable<{ readonly id: string }>,
): Promise<number> {
  let count = 0;
  let group: string[] = [];
  for await (const { id } of chosen) {
    group.push(id);
    count += 1;
    if (group.length < GROUP) continue;
    await session.archives.add(archiveId, entity, group);
    group = [];
  }
  await session.archives.add(archiveId, entity, group);
  return count;
}

async function* counted(parts: AsyncIterable<Buffer>, onPart: () => void): AsyncGenerator<Buffer> {
  for await (const part of parts) {
    yield part;
    onPart();
  }
}
