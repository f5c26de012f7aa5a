/** What a purge would take: invoices by the rule of {@link whyKept}, then the lots, files and returns that nothing living needs any more. */
import { setImmediate as breathe } from 'node:timers/promises';
import type { LocalDate } from '../domain/invoice';
import { canStepFile, canStepLot } from '../domain/states';
import type { HeldReason, StoredFile, StoredInvoice, StoredLot, StoredReturn, StoreSession } from '../store/port';
import { keptUntil } from './retention';
import { whyKept } from './settled';

export interface PurgeRule {
  /** Retention, in calendar days. */
  readonly days: number;
  readonly today: LocalDate;
}

/** One invoice and what becomes of it; `reason` null: it goes. */
export interface Judged {
  readonly invoice: StoredInvoice;
  readonly reason: HeldReason | null;
}

/** Rows read at a time. */
const PAGE = 200;

/** Every row of a list, page by page; other work of the program has its turn between two pages. */
async function* every<T extends { readonly id: string }>(
  list: (page: { after: string | null; limit: number }) => Promise<readonly T[]>,
): AsyncGenerator<T> {
  for (let after: string | null = null; ;) {
    const rows: readonly T[] = await list({ after, limit: PAGE });
    yield* rows;
    const last = rows.at(-1);
    if (last === undefined || rows.length < PAGE) return;
    after = last.id;
    await breathe();
  }
}

/** Every invoice that is not archived yet, judged, in order of creation. */
export async function* judgeInvoices(session: StoreSession, { days, today }: PurgeRule): AsyncGenerator<Judged> {
  const waiting = await session.returns.list({ state: ['spooled', 'unmatched', 'quarantined'] });
  const open = new Set(waiting.map(({ fileId }) => fileId));
  const lots = new Map<string, StoredLot | null>();
  for await (const invoice of every((page) => session.invoices.list({ archived: false, ...page }))) {
    const { lotId } = invoice;
    if (lotId !== null && !lots.has(lotId)) {
      // Invoices come lot by lot: the few last ones are enough.
      if (lots.size > PAGE) lots.clear();
      lots.set(lotId, await session.lots.get(lotId));
    }
    const lot = lotId === null ? null : (lots.get(lotId) ?? null);
    const openReturn = lot?.fileId != null && open.has(lot.fileId);
    yield { invoice, reason: whyKept({ invoice, lot, openReturn }, days, today) };
  }
}

async function allArchived(session: StoreSession, entity: 'invoice' | 'lot', ids: readonly string[]): Promise<boolean> {
  for (const id of ids) if ((await session.archives.of(entity, id)) === null) return false;
  return true;
}

const isOld = (createdAt: string, { days, today }: PurgeRule): boolean => keptUntil(createdAt, days) < today;

/** Lots whose invoices all are in an archive (§ 6.2 row 21). Call it once the invoices are chosen. */
export async function* lotsToArchive(session: StoreSession, rule: PurgeRule): AsyncGenerator<StoredLot> {
  for await (const lot of every((page) => session.lots.list({ archived: false, ...page })))
    if (canStepLot(lot.state, 'ARCHIVED') && isOld(lot.createdAt, rule) && (await allArchived(session, 'invoice', lot.invoiceIds)))
      yield lot;
}

/** Files whose lots all are in an archive (§ 6.3 row 23). Call it once the lots are chosen. */
export async function* filesToArchive(session: StoreSession, rule: PurgeRule): AsyncGenerator<StoredFile> {
  for await (const file of every((page) => session.files.list({ archived: false, ...page })))
    if (canStepFile(file.state, 'ARCHIVED') && isOld(file.createdAt, rule) && (await allArchived(session, 'lot', file.lotIds))) yield file;
}

/** Returns that have been applied, came twice or were put away, and whose file is in an archive; a payment return, which has no file, once it is old. */
export async function* returnsToArchive(session: StoreSession, rule: PurgeRule): AsyncGenerator<StoredReturn> {
  for await (const entry of every((page) => session.returns.list({ state: ['applied', 'duplicate', 'filed'], ...page }))) {
    if ((await session.archives.of('return', entry.id)) !== null || !isOld(entry.receivedAt, rule)) continue;
    if (entry.fileId === null || (await session.archives.of('file', entry.fileId)) !== null) yield entry;
  }
}
