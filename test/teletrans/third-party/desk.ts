/** A practice's books for tests: the real store, invoices that have left, and payers that answer. */
import { createHash, randomUUID } from 'node:crypto';
import type { Invoice } from '../../../src/teletrans/domain/invoice';
import type { PartState } from '../../../src/teletrans/domain/states';
import { Arl0Translator } from '../../../src/teletrans/formats/arl/translator';
import { encodeArl0 } from '../../../src/teletrans/formats/arl/arl0-encoder';
import {
  encodeRsp,
  type RspContent,
  type RspInvoiceContent,
  type RspTransferContent,
} from '../../../src/teletrans/formats/noemie/rsp-writer';
import { ReturnApplication, type ReturnsTally } from '../../../src/teletrans/returns/applying';
import { ArlApplication } from '../../../src/teletrans/returns/applying-arl';
import { needsNewNumber } from '../../../src/teletrans/formats/arl/codes';
import { openStorage } from '../../../src/teletrans/store/open';
import type { Store, StoredInvoice, StoredReturn } from '../../../src/teletrans/store/port';
import { RspApplication } from '../../../src/teletrans/third-party/applying';
import { Settling } from '../../../src/teletrans/third-party/settling';
import { PLAIN_READER, REJECTION_CODES, THIRD_PARTY } from '../../support/practice-rig';
import { aFolder } from '../store/folder';
import { aFile, aLot, anInvoice, anInvoiceBody, RECIPIENT } from '../store/samples';

export const LOT_DATE = '2026-11-20';
export const PS = '999000011';
export const AMC = '810000018';

export interface SentInvoice {
  readonly number: string;
  readonly kind?: 'FSE' | 'DRE';
  readonly amo?: number;
  readonly amc?: number;
  readonly state?: PartState;
  readonly change?: Partial<StoredInvoice>;
}

export interface Desk {
  readonly store: Store;
  readonly returns: ReturnApplication;
  readonly rsp: RspApplication;
  readonly clock: { now: () => Date };
  setNow(now: string): void;
  /** An invoice in a lot and a file of its own, already handed over. @returns its identifier. */
  sent(invoice: SentInvoice): Promise<string>;
  /** Puts a return in the spool and applies it. */
  receive(bytes: Buffer): Promise<ReturnsTally>;
  /** What the last return became. */
  lastReturn(): Promise<StoredReturn>;
  arl(number: string, code: string): Promise<ReturnsTally>;
  state(id: string): Promise<readonly [amo: PartState | null, amc: PartState | null]>;
  due(id: string, part: 'amo' | 'amc'): Promise<number>;
  close(): Promise<void>;
}

export const lotOf = (number: string): string => String((Number(number) % 999) + 1).padStart(3, '0');
const compostageOf = (number: string): string => `20261120183000${number.slice(-5)}`;

export async function openDesk(now = '2026-11-30T10:00:00+01:00'): Promise<Desk> {
  const { folder, remove } = await aFolder();
  const { store } = await openStorage(folder);
  let time = new Date(now);
  const clock = { now: () => time };
  const ids = { uuid: () => randomUUID() };
  const rsp = new RspApplication(REJECTION_CODES, new Settling(THIRD_PARTY), 'test', clock, ids);
  const returns = new ReturnApplication(store, PLAIN_READER, new Arl0Translator(['T']), new ArlApplication({ needsNewNumber }), rsp, clock);
  let last = '';
  const receive = async (bytes: Buffer): Promise<ReturnsTally> => {
    last = randomUUID();
    const entry: StoredReturn = {
      id: last,
      uidl: last,
      mailSha256: last,
      contentSha256: createHash('sha256').update(bytes).digest('hex'),
      kind: 'RSP',
      state: 'spooled',
      receivedAt: clock.now().toISOString(),
      reason: null,
      fileId: null,
    };
    await store.transaction((session) => session.returns.insert(entry, bytes));
    return returns.applySpooled();
  };
  return {
    store,
    returns,
    rsp,
    clock,
    setNow: (next) => {
      time = new Date(next);
    },
    sent: async (invoice) => {
      const { number, kind = 'FSE', amo = 10000, amc = 0, state = 'SENT' } = invoice;
      const body: Invoice = {
        ...anInvoiceBody(number),
        kind,
        thirdParty: kind === 'DRE' ? 'amo+amc' : amc > 0 ? 'amo+amc' : 'amo',
        ...(amc > 0 || kind === 'DRE' ? { amc: { number: AMC } } : {}),
        totals: { fees: amo + amc, amo, patientShare: amc, amc },
      };
      const stored = anInvoice({
        number,
        hostId: body.id,
        kind,
        thirdParty: body.thirdParty,
        amounts: { fees: amo + amc, amo, amc },
        amoState: kind === 'DRE' ? null : state,
        amcState: kind === 'DRE' || amc > 0 ? state : null,
        sentAt: state === 'READY' ? null : '2026-11-20T18:30:00.000Z',
        ...invoice.change,
      });
      const uncertain = state === 'UNCERTAIN';
      await store.transaction(async (session) => {
        const file = aFile({
          fileId: number.slice(-6),
          flow: kind,
          fileDate: LOT_DATE,
          compostage: compostageOf(number),
          state: uncertain ? 'UNCERTAIN' : 'HANDED_OVER',
          handedOverAt: uncertain ? null : '2026-11-20T18:30:00.000Z',
        });
        const lot = aLot({
          flow: kind,
          number: lotOf(number),
          lotDate: LOT_DATE,
          state: uncertain ? 'UNCERTAIN' : 'SENT',
          fileId: file.id,
        });
        await session.invoices.insert(stored, body);
        await session.lots.insert({ ...lot, invoiceIds: [stored.id] });
        await session.files.insert({ ...file, lotIds: [lot.id] });
        await session.invoices.update(stored.id, { lotId: lot.id });
      });
      return stored.id;
    },
    receive,
    lastReturn: async () => {
      const found = await store.read((session) => session.returns.get(last));
      if (found === null) throw new Error('nothing was received');
      return found;
    },
    arl: (number, code) =>
      receive(
        encodeArl0({
          arlFileId: number.slice(-6),
          arlDate: '2026-11-21',
          marking: 'T',
          recipientType: RECIPIENT.type,
          recipientNumber: RECIPIENT.number,
          senderType: 'TP',
          senderNumber: '00000999000011',
          ackedFileId: number.slice(-6),
          ackedFileDate: LOT_DATE,
          compostage: compostageOf(number),
          acceptedFees: 0,
          results: [
            { level: 'file', class: 'positive', code: '0000', label: 'FICHIER LU' },
            {
              level: 'lot',
              class: code === '0000' ? 'positive' : 'negative',
              code,
              label: 'LIBELLE',
              billingNumber: PS,
              lotNumber: lotOf(number),
              lotDate: LOT_DATE,
            },
          ],
        }),
      ),
    state: async (id) => {
      const invoice = await store.read((session) => session.invoices.get(id));
      return [invoice?.amoState ?? null, invoice?.amcState ?? null];
    },
    due: async (id, part) => {
      const claim = await store.read((session) => session.thirdParty.claims.get({ invoiceId: id, part }));
      if (claim === null) throw new Error('no such claim');
      return claim.expected - claim.paid - claim.adjusted;
    },
    close: async () => {
      await store.close();
      await remove();
    },
  };
}

/** An answer about an invoice of {@link Desk.sent}. */
export function about(number: string, change: Partial<RspInvoiceContent>): RspInvoiceContent {
  return { number, lotNumber: lotOf(number), lotDate: LOT_DATE, kind: 'F', ...change };
}

let files = 0;

/** A whole RSP. */
export function rspOf(
  invoices: readonly RspInvoiceContent[],
  change: Partial<RspContent> & { readonly transfer?: Partial<RspTransferContent> } = {},
): Buffer {
  const { transfer, ...rest } = change;
  files += 1;
  return encodeRsp({
    senderType: RECIPIENT.type,
    senderNumber: RECIPIENT.number,
    recipientNumber: '00000999000011',
    fileId: String(files).padStart(6, '0'),
    fileDate: '2026-11-27',
    flowKind: 'T',
    transfers: [{ billingNumber: PS, date: '2026-11-27', label: 'VIREMENT FICTIF', invoices, ...transfer }],
    ...rest,
  });
}

export const paid = (requested: number, amount = requested): { requested: number; state: 'P'; paid: number } => ({
  requested,
  state: 'P',
  paid: amount,
});
