/** Invented rows for the store's tests. */
import { randomUUID } from 'node:crypto';
import type { Invoice } from '../../../src/teletrans/domain/invoice';
import type {
  JournalEntry,
  Recipient,
  StoredAttempt,
  StoredFile,
  StoredInvoice,
  StoredLot,
  StoredReturn,
} from '../../../src/teletrans/store/port';

export const CANARIES = ['ZYXCANARINOM', 'ZYXCANARIPRENOM', '1999999999999', 'HBFD999'];

let serial = 0;
const nextSerial = (): number => (serial += 1);

/** An invoice document whose names, NIR and act must never be readable at rest. */
export function anInvoiceBody(number: string): Invoice {
  return {
    format: 'logosw.facture/1',
    id: `LW-${number}`,
    kind: 'FSE',
    number,
    marking: 'T',
    securing: 'S',
    completedOn: '2026-11-20',
    practitioner: { billingNumber: '999000011', situation: '1' },
    insured: { nir: '1999999999999', nirKey: '12' },
    beneficiary: { lastName: 'ZYXCANARINOM', firstName: 'ZYXCANARIPRENOM', birthDate: '1999-99-99', birthRank: 1, quality: 'A' },
    amo: { regime: '01', fund: '999', centre: '0001', insuranceNature: '10', exemption: '0' },
    thirdParty: 'amo',
    split: 'none',
    acts: [
      {
        code: 'HBFD999',
        date: '2026-11-20',
        quantity: 1,
        coefficient: 100,
        unitPrice: 4048,
        base: 4048,
        rate: 60,
        amo: 2429,
        fee: 4048,
        place: '0',
      },
    ],
    totals: { fees: 4048, amo: 2429, patientShare: 1619, amc: 0 },
  };
}

export function anInvoice(change: Partial<StoredInvoice> = {}): StoredInvoice {
  const n = nextSerial();
  const number = String(n).padStart(9, '0');
  return {
    id: randomUUID(),
    hostId: `LW-${number}`,
    kind: 'FSE',
    number,
    billingNumber: '999000011',
    situation: '1',
    replacement: null,
    marking: 'T',
    securing: 'S',
    thirdParty: 'amo',
    completedOn: '2026-11-20',
    deadline: '2026-12-02',
    linkedTo: null,
    amounts: { fees: 4048, amo: 2429, amc: 0 },
    contentHash: `hash-${number}`,
    amoState: 'READY',
    amcState: null,
    held: null,
    notes: [],
    lotId: null,
    receivedAt: '2026-11-23T08:00:00.000Z',
    sentAt: null,
    ackedAt: null,
    ...change,
  };
}

export const RECIPIENT: Recipient = {
  type: 'CP',
  number: '00000001999999',
  body: '999',
  regime: '01',
  mailbox: '01999@999.01.test.invalid',
  route: 'direct',
  label: 'CAISSE FICTIVE GENERALE',
};

export function aLot(change: Partial<StoredLot> = {}): StoredLot {
  return {
    id: randomUUID(),
    billingNumber: '999000011',
    situation: '1',
    replacement: null,
    flow: 'FSE',
    security: 'S',
    marking: 'T',
    insuranceGroup: 'other',
    recipient: RECIPIENT,
    version: 'b2-ps-base',
    number: '001',
    lotDate: '2026-11-23',
    state: 'NUMBERED',
    invoiceIds: [],
    totals: { fees: 4048, amo: 2429, amc: 0 },
    sha256: null,
    records: null,
    proof: null,
    fileId: null,
    createdAt: '2026-11-23T08:01:00.000Z',
    ack: null,
    ...change,
  };
}

export function aFile(change: Partial<StoredFile> = {}): StoredFile {
  return {
    id: randomUUID(),
    senderNumber: '00000999000011',
    fileId: '000001',
    fileDate: '2026-11-23',
    flow: 'FSE',
    marking: 'T',
    recipient: RECIPIENT,
    lotIds: [],
    invoices: 1,
    state: 'PREPARED',
    sha256: null,
    messageId: null,
    compostage: `20261123090000${String(nextSerial()).padStart(5, '0')}`,
    envelope: null,
    profile: 'test-999@2026.11.1',
    encrypted: false,
    createdAt: '2026-11-23T08:02:00.000Z',
    handedOverAt: null,
    nextTryAt: null,
    failure: null,
    ...change,
  };
}

export function anAttempt(fileId: string, change: Partial<StoredAttempt> = {}): StoredAttempt {
  return {
    id: randomUUID(),
    fileId,
    rank: 1,
    startedAt: '2026-11-23T08:03:00.000Z',
    endedAt: null,
    phase: 'started',
    outcome: null,
    reply: null,
    failure: null,
    ...change,
  };
}

export function aReturn(change: Partial<StoredReturn> = {}): StoredReturn {
  const n = nextSerial();
  return {
    id: randomUUID(),
    uidl: `uidl-${String(n)}`,
    mailSha256: `mail-${String(n)}`,
    contentSha256: null,
    kind: 'UNKNOWN',
    state: 'spooled',
    receivedAt: '2026-11-23T09:00:00.000Z',
    reason: null,
    fileId: null,
    ...change,
  };
}

export function anEntry(change: Partial<JournalEntry> = {}): JournalEntry {
  return {
    at: '2026-11-23T08:00:00.000Z',
    actor: 'software',
    entity: 'invoice',
    entityId: 'i-1',
    event: 'checked',
    from: 'RECEIVED',
    to: 'READY',
    detail: {},
    ...change,
  };
}
