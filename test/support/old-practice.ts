/** A practice with months behind it, put straight into a store: lots, files, messages and returns of invoices that are settled or not. Invented throughout. */
import { createHash } from 'node:crypto';
import type { PartState } from '../../src/teletrans/domain/states';
import { B2FileFormatter } from '../../src/teletrans/formats/b2/file-formatter';
import { Purge, type PurgeParts } from '../../src/teletrans/archive/purge';
import type { ContentSources } from '../../src/teletrans/archive/content';
import type {
  ArchiveFiles,
  FrozenMessages,
  Store,
  StoredFile,
  StoredInvoice,
  StoredLot,
  TransmissionLock,
} from '../../src/teletrans/store/port';
import { aFile, aLot, anAttempt, anEntry, anInvoice, anInvoiceBody, aReturn } from '../teletrans/store/samples';
import { PRACTICE } from './practice-rig';

/** What the store module offers, or what a test puts in its place. */
export interface PurgeStorage {
  readonly store: Store;
  readonly frozen: FrozenMessages;
  readonly archives: ArchiveFiles;
  readonly lock: TransmissionLock;
}

export const OLD = '2026-03-02';
/** More than 100 days after {@link OLD}. */
export const NOW = '2026-11-26T09:00:00.000Z';

export interface OldPracticeWish {
  readonly invoices: number;
  readonly invoicesPerLot?: number;
  readonly lotsPerFile?: number;
  /** State of the AMO part of the invoice of that rank, from 0. PAID when left out. */
  readonly stateOf?: (rank: number) => PartState;
  /** Number of the first invoice. */
  readonly from?: number;
}

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
const nine = (n: number): string => String(n).padStart(9, '0');

/** Puts the practice's past into the store, one file a transaction. @returns the numbers of the invoices. */
export async function fillOldPractice(
  { store, frozen }: Pick<PurgeStorage, 'store' | 'frozen'>,
  wish: OldPracticeWish,
): Promise<readonly string[]> {
  const { invoices, invoicesPerLot = 20, lotsPerFile = 5, stateOf = () => 'PAID', from = 1 } = wish;
  const numbers: string[] = [];
  for (let rank = 0, fileNumber = 1; rank < invoices; fileNumber++) {
    const file = aFile({
      fileDate: OLD,
      fileId: String(from + fileNumber).padStart(6, '0'),
      state: 'ACKED',
      createdAt: `${OLD}T17:00:00.000Z`,
      handedOverAt: `${OLD}T17:01:00.000Z`,
    });
    const lots: StoredLot[] = [];
    const members: StoredInvoice[][] = [];
    for (let lot = 0; lot < lotsPerFile && rank < invoices; lot++) {
      const own: StoredInvoice[] = [];
      const lotRow = aLot({
        number: nine(lot + 1).slice(-3),
        lotDate: OLD,
        state: 'ACKED',
        fileId: file.id,
        createdAt: `${OLD}T16:59:00.000Z`,
      });
      for (let i = 0; i < invoicesPerLot && rank < invoices; i++, rank++) own.push(anOldInvoice(nine(from + rank), lotRow, stateOf(rank)));
      lots.push({ ...lotRow, invoiceIds: own.map(({ id }) => id) });
      members.push(own);
      numbers.push(...own.map(({ number }) => number));
    }
    await putFile({ store, frozen }, file, lots, members);
  }
  return numbers;
}

function anOldInvoice(number: string, lot: StoredLot, state: PartState): StoredInvoice {
  const sent = !['READY', 'HELD', 'RECEIVED'].includes(state);
  return anInvoice({
    number,
    hostId: `LW-${number}`,
    completedOn: OLD,
    deadline: '2026-03-12',
    amoState: state,
    lotId: lot.id,
    receivedAt: `${OLD}T10:00:00.000Z`,
    sentAt: sent ? `${OLD}T17:01:00.000Z` : null,
    ackedAt: sent ? '2026-03-03T06:00:00.000Z' : null,
  });
}

async function putFile(
  { store, frozen }: Pick<PurgeStorage, 'store' | 'frozen'>,
  file: StoredFile,
  lots: readonly StoredLot[],
  members: readonly (readonly StoredInvoice[])[],
): Promise<void> {
  const message = Buffer.from(`Subject: IR/${file.id}\r\n\r\n${'x'.repeat(500 * lots.length)}`);
  await frozen.write(file.id, message);
  await store.transaction(async (session) => {
    for (const own of members)
      for (const invoice of own) {
        await session.invoices.insert(invoice, anInvoiceBody(invoice.number));
        await session.journal.append(anEntry({ entityId: invoice.id, at: invoice.receivedAt, event: 'received', from: null, to: 'READY' }));
      }
    for (const lot of lots) {
      const bytes = Buffer.from(`${lot.id}${'1'.repeat(128)}`.padEnd(128 * (2 + 4 * lot.invoiceIds.length), '2'));
      await session.lots.insert({
        ...lot,
        sha256: sha256(bytes),
        records: bytes.length / 128,
        ack: { code: '0000', label: 'LOT ACCEPTE', class: 'positive', at: '2026-03-03T06:00:00.000Z' },
      });
      await session.lots.putBytes(lot.id, bytes);
      await session.journal.append(anEntry({ entity: 'lot', entityId: lot.id, event: 'sealed', from: 'SEALING', to: 'SEALED' }));
    }
    await session.files.insert({
      ...file,
      lotIds: lots.map(({ id }) => id),
      invoices: members.flat().length,
      sha256: sha256(message),
      messageId: `<${file.id}@practice.test.invalid>`,
    });
    await session.attempts.insert(
      anAttempt(file.id, { endedAt: file.handedOverAt, outcome: 'HANDED_OVER', phase: 'replied', reply: '250 2.0.0 OK' }),
    );
    await session.journal.append(anEntry({ entity: 'file', entityId: file.id, event: 'handed-over', from: 'ATTEMPT', to: 'HANDED_OVER' }));
    await session.returns.insert(
      aReturn({
        kind: 'ARL',
        state: 'applied',
        fileId: file.id,
        receivedAt: '2026-03-03T06:00:00.000Z',
        contentSha256: sha256(Buffer.from(file.id)),
      }),
      Buffer.from(`ARL ${file.id}`),
    );
  });
}

/** The purge of a store, as the program composes it. */
export function purgeOf(storage: PurgeStorage, change: Partial<PurgeParts> = {}): Purge {
  return new Purge({
    store: storage.store,
    files: storage.archives,
    content: contentSources(storage),
    lock: storage.lock,
    days: () => 100,
    clock: { now: () => new Date(NOW) },
    ...change,
  });
}

export function contentSources({ frozen }: Pick<PurgeStorage, 'frozen'>): ContentSources {
  return { frozen, formatter: new B2FileFormatter(), senderType: 'TP', practitioners: PRACTICE.practitioners };
}
