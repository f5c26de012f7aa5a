/**
 * To which file an ARL belongs (spec/arl.md § 3.6 rule 3): by compostage, then by the file's identity, then by its lots. A doubt is no match: the return goes to
 * the tray of unmatched returns.
 */
import type { Acknowledgement } from '../domain/acknowledgement';
import type { StoredFile, StoredLot, StoreSession } from '../store/port';

function sameEnds(ack: Acknowledgement, file: StoredFile): boolean {
  return (
    ack.recipientType === file.recipient.type && ack.recipientNumber === file.recipient.number && ack.senderNumber === file.senderNumber
  );
}

function agrees(ack: Acknowledgement, file: StoredFile): boolean {
  return (
    sameEnds(ack, file) &&
    (ack.ackedFileId === null || ack.ackedFileId === file.fileId) &&
    (ack.ackedFileDate === null || ack.ackedFileDate === file.fileDate)
  );
}

/** The file an ARL answers, or null when none, or more than one, fits. */
export async function matchFile(session: StoreSession, ack: Acknowledgement): Promise<StoredFile | null> {
  const stamped = await session.files.byCompostage(ack.compostage);
  if (stamped !== null) return agrees(ack, stamped) ? stamped : null;
  if (ack.ackedFileId !== null && ack.ackedFileDate !== null) {
    const named = await session.files.byIdentity(ack.senderNumber, ack.ackedFileId, ack.ackedFileDate);
    if (named.length > 0) return only(named.filter((file) => agrees(ack, file)));
  }
  return matchByLots(session, ack);
}

async function matchByLots(session: StoreSession, ack: Acknowledgement): Promise<StoredFile | null> {
  const fileIds = new Set<string>();
  for (const { level, billingNumber = '', lotNumber = '', lotDate = '' } of ack.results) {
    if (level !== 'lot') continue;
    const lots = await session.lots.byNumber(billingNumber, lotNumber, lotDate);
    const lot = only(lots);
    if (lot?.fileId === null || lot?.fileId === undefined) return null;
    fileIds.add(lot.fileId);
  }
  const fileId = only([...fileIds]);
  if (fileId === null) return null;
  const file = await session.files.get(fileId);
  return file !== null && sameEnds(ack, file) ? file : null;
}

/** The lot of a file that a result names, or null. */
export function matchLot(
  lots: readonly StoredLot[],
  result: { readonly billingNumber?: string; readonly lotNumber?: string; readonly lotDate?: string },
): StoredLot | null {
  return (
    lots.find((lot) => lot.billingNumber === result.billingNumber && lot.number === result.lotNumber && lot.lotDate === result.lotDate) ??
    null
  );
}

function only<T>(found: readonly T[]): T | null {
  return found.length === 1 ? (found[0] ?? null) : null;
}
