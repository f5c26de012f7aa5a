/** From what is stored to the rows of the lists. */
import type { HeldReason, StoredLot, StoreSession } from '../../store/port';
import type { Explained } from '../port';
import { ackOf, fileView, invoiceView, lotView } from '../views';
import type { ListFrame } from './one-list';
import type { ListedFile, ListedInvoice, ListedLot } from './port';

export interface RowParts {
  readonly explain: (reason: HeldReason) => Explained;
  /** A person may release the invoices of a lot refused with this ARL code. */
  readonly releasable: (lot: StoredLot) => boolean;
}

const NO_NUMBERS: ReadonlyMap<string, string> = new Map();

export async function listedInvoice(
  session: StoreSession,
  id: string,
  { today, labels }: ListFrame,
  { explain }: RowParts,
): Promise<ListedInvoice | null> {
  const invoice = await session.invoices.get(id);
  if (invoice === null) return null;
  const lot = invoice.lotId === null ? null : await session.lots.get(invoice.lotId);
  const payer = lot === null ? ((await labels()).get(await session.lists.payerOf(id)) ?? null) : null;
  return { ...invoiceView(invoice, lot ?? undefined, payer, today, explain), ack: lot === null ? null : ackOf(lot) };
}

export async function listedLot(session: StoreSession, id: string, { releasable }: RowParts): Promise<ListedLot | null> {
  const lot = await session.lots.get(id);
  if (lot === null) return null;
  const file = lot.fileId === null ? null : await session.files.get(lot.fileId);
  const { number, lotDate, kind, practitioner, situation, security, payer, fees, amo, amc, state, fileId, ack } = lotView(
    lot,
    NO_NUMBERS,
    false,
  );
  return {
    id,
    number,
    lotDate,
    kind,
    practitioner,
    situation,
    security,
    payer,
    count: lot.invoiceIds.length,
    fees,
    amo,
    amc,
    state,
    fileId,
    fileNumber: file?.fileId ?? null,
    ack,
    releasable: releasable(lot),
  };
}

export async function listedFile(session: StoreSession, id: string, { explain }: RowParts): Promise<ListedFile | null> {
  const file = await session.files.get(id);
  if (file === null) return null;
  const lots: StoredLot[] = [];
  for (const lotId of file.lotIds) {
    const lot = await session.lots.get(lotId);
    if (lot !== null) lots.push(lot);
  }
  const attempts = await session.attempts.ofFile(id);
  const { recipient, payer, state, encrypted, createdAt, handedOverAt, failure, nextTryAt, resendable } = fileView(
    file,
    lots,
    NO_NUMBERS,
    attempts,
    explain,
  );
  return {
    id,
    fileId: file.fileId,
    kind: file.flow,
    practitioner: await session.lists.senderOf(id),
    recipient,
    payer,
    lots: lots.map(({ number }) => number),
    count: file.invoices,
    state,
    encrypted,
    createdAt,
    handedOverAt,
    attempts: attempts.length,
    failure,
    nextTryAt,
    resendable,
  };
}
