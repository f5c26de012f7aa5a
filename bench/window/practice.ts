/**
 * A practice of many invoices, as it stands after years: all but a day's work has been sent and paid. Five invoices a lot, two lots a file, three practitioners, 140 payers;
 * bodies sealed, states and dates as after sending.
 */
import { randomUUID } from 'node:crypto';
import type { Store, StoredFile, StoredLot, StoreSession } from '../../src/teletrans/store/port';
import { aFile, aLot, anAttempt, anInvoice, anInvoiceBody, RECIPIENT } from '../../test/teletrans/store/samples';

const AT_ONCE = 2000;
/** Invoices that still have to leave. */
const DAY_WORK = 200;
const IN_LOT = 5;
const LOTS_IN_FILE = 2;
const PAYERS = 140;
const BILLING = ['999000011', '999000029', '999000037'];
const FIRST_DAY = Date.parse('2016-11-20T10:00:00Z');
const DAYS = 3650;

const dayOf = (rank: number, count: number): Date => new Date(FIRST_DAY + Math.floor((rank / count) * DAYS) * 86_400_000);

/** Fills `store` with `count` invoices. */
export async function fillPractice(store: Store, count: number): Promise<void> {
  const settled = Math.max(0, count - Math.min(DAY_WORK, Math.floor(count / 4)));
  for (let done = 0; done < settled; done += AT_ONCE)
    await store.transaction((session) => writeSettled(session, done, Math.min(done + AT_ONCE, settled), count));
  await store.transaction(async (session) => {
    for (let rank = settled; rank < count; rank++) {
      const held = rank % 20 === 0;
      const invoice = anInvoice({
        billingNumber: BILLING[rank % BILLING.length] ?? '',
        amoState: held ? 'HELD' : 'READY',
        held: held ? { code: 'FAC-006', details: { r: '01', c: '352', k: '0100' } } : null,
        deadline: rank % 7 === 0 ? '2026-11-18' : '2026-12-02',
      });
      await session.invoices.insert(invoice, anInvoiceBody(invoice.number));
    }
  });
}

async function writeSettled(session: StoreSession, first: number, end: number, count: number): Promise<void> {
  const perFile = IN_LOT * LOTS_IN_FILE;
  for (let rank = first; rank < end; rank += perFile) {
    const file = fileAt(rank / perFile, dayOf(rank, count));
    const lots: StoredLot[] = [];
    for (let at = rank; at < Math.min(rank + perFile, end); at += IN_LOT) {
      const lot = lotAt(at / IN_LOT, file, Math.min(IN_LOT, end - at));
      const ids: string[] = [];
      for (let own = at; own < Math.min(at + IN_LOT, end); own++) {
        const invoice = anInvoice({
          kind: file.flow,
          billingNumber: lot.billingNumber,
          amoState: file.flow === 'FSE' ? (own % 9 === 0 ? 'ACKED' : 'PAID') : null,
          amcState: file.flow === 'DRE' ? 'PAID' : own % 11 === 0 ? 'REJECTED' : null,
          completedOn: file.fileDate,
          deadline: file.fileDate,
          amounts: { fees: 2300 + ((own * 7919) % 90000), amo: 1500 + ((own * 6007) % 50000), amc: own % 3 === 0 ? 1600 : 0 },
          lotId: lot.id,
          sentAt: file.createdAt,
          ackedAt: file.createdAt,
        });
        await session.invoices.insert(invoice, anInvoiceBody(invoice.number));
        ids.push(invoice.id);
      }
      lots.push({ ...lot, invoiceIds: ids });
    }
    for (const lot of lots) await session.lots.insert(lot);
    await session.files.insert({ ...file, lotIds: lots.map(({ id }) => id) });
    await session.attempts.insert(anAttempt(file.id, { outcome: 'HANDED_OVER', endedAt: file.createdAt, phase: 'replied' }));
  }
}

function fileAt(rank: number, day: Date): StoredFile {
  const payer = (rank * 37) % PAYERS;
  return aFile({
    fileId: String((rank % 999_999) + 1).padStart(6, '0'),
    fileDate: day.toISOString().slice(0, 10),
    flow: rank % 5 === 0 ? 'DRE' : 'FSE',
    recipient: {
      ...RECIPIENT,
      number: String(payer).padStart(14, '0'),
      label: `${rank % 5 === 0 ? 'MUTUELLE' : 'CAISSE'} FICTIVE ${payer}`,
    },
    invoices: IN_LOT * LOTS_IN_FILE,
    state: 'ACKED',
    createdAt: day.toISOString(),
    handedOverAt: day.toISOString(),
  });
}

function lotAt(rank: number, file: StoredFile, invoices: number): StoredLot {
  return aLot({
    billingNumber: BILLING[Math.floor(rank / LOTS_IN_FILE) % BILLING.length] ?? '',
    flow: file.flow,
    recipient: file.recipient,
    number: String((rank % 999) + 1).padStart(3, '0'),
    lotDate: file.fileDate,
    state: 'ACKED',
    totals: { fees: invoices * 5000, amo: invoices * 3000 + (rank % 700), amc: rank % 400 },
    // As large as a real one: the list must not read it.
    proof: { sha256: 'a'.repeat(64), signature: 'c'.repeat(344), certificate: randomUUID().repeat(40), sealedAt: file.createdAt },
    fileId: file.id,
    createdAt: file.createdAt,
    ack: { code: '0000', label: 'LOT ACCEPTE', class: 'positive', at: file.createdAt },
  });
}
