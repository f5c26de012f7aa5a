/**
 * Writes transactions until it is killed. Each puts an invoice, moves a counter and writes a journal line; `<n>` is printed once transaction n is committed.
 * Arguments: data folder, mark put in the host identifiers.
 */
import { writeSync } from 'node:fs';
import { openStorage } from '../../../../src/teletrans/store/open';
import { anEntry, anInvoice, anInvoiceBody } from '../samples';

async function main(folder: string, mark: string, most: number): Promise<void> {
  const { store } = await openStorage(folder);
  for (let i = 1; i <= most; i++) {
    const n = await store.transaction(async (session) => {
      const value = await session.counters.next(`written/${mark}`, 1, 999_999);
      const number = String(await session.counters.next('invoices', 1, 999_999_999)).padStart(9, '0');
      const invoice = anInvoice({ hostId: `${mark}-${String(value)}`, number });
      await session.invoices.insert(invoice, anInvoiceBody(number));
      // A turn of the event loop in the middle, so that a kill falls there too.
      await new Promise((resolve) => setImmediate(resolve));
      await session.journal.append(anEntry({ entityId: invoice.id, event: 'written', detail: { n: value } }));
      return value;
    });
    writeSync(1, `${String(n)}\n`);
  }
  await store.close();
}

const [folder = '', mark = '', most = '1000000'] = process.argv.slice(2);
void main(folder, mark, Number(most));
