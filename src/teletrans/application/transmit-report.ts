/** What a transmission led to, for the person who asked for it: its own files are read, and nothing else. */
import type { HeldReason, Store, StoredLot } from '../store/port';
import type { Explained, FileView, TransmitReport } from './port';
import type { TransmissionOutcome } from './transmission';
import { fileView } from './views';

type Explain = (reason: HeldReason) => Explained;

export async function transmitReport(store: Store, outcome: TransmissionOutcome, explain: Explain): Promise<TransmitReport> {
  return {
    result: outcome.result,
    files: await filesOf(store, outcome.fileIds, explain),
    held: outcome.held.map(({ number, reason }) => {
      const { code, message } = explain(reason);
      return { number, code, message };
    }),
    returns: outcome.returns,
    reason: outcome.reason === null ? null : explain(outcome.reason),
  };
}

/** In the order in which they went. */
function filesOf(store: Store, ids: readonly string[], explain: Explain): Promise<readonly FileView[]> {
  return store.read(async (session) => {
    const views: FileView[] = [];
    for (const id of new Set(ids)) {
      const file = await session.files.get(id);
      if (file === null || file.state === 'ARCHIVED') continue;
      const lots: StoredLot[] = [];
      const numbers = new Map<string, string>();
      for (const lotId of file.lotIds) {
        const lot = await session.lots.get(lotId);
        if (lot === null) continue;
        lots.push(lot);
        for (const invoiceId of lot.invoiceIds) numbers.set(invoiceId, (await session.invoices.get(invoiceId))?.number ?? '?');
      }
      views.push(fileView(file, lots, numbers, await session.attempts.ofFile(id), explain));
    }
    return views;
  });
}
