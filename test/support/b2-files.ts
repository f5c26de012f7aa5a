import { createHash } from 'node:crypto';
import type { Invoice } from '../../src/teletrans/domain/invoice';
import { B2_CODECS } from '../../src/teletrans/formats/b2/codecs';
import { B2FileFormatter } from '../../src/teletrans/formats/b2/file-formatter';
import { B2LotFormatter } from '../../src/teletrans/formats/b2/lot-formatter';
import { SimulatorSealer } from '../../src/teletrans/formats/b2/simulator-sealer';
import type { EncodedInvoice, FileHeader, LotHeader, Writing } from '../../src/teletrans/formats/port';

export const FILE_HEADER: FileHeader = {
  senderType: 'TP',
  senderNumber: '00000999000011',
  recipientType: 'CP',
  recipientNumber: '00000001999999',
  fileId: '000042',
  fileDate: '2026-11-23',
};

export const LOT_HEADER: LotHeader = {
  billingNumber: '999000011',
  recipientBody: '999',
  lotNumber: '007',
  practitionerName: 'CABINET FICTIF',
  lotDate: '2026-11-23',
  security: 'S',
  marking: 'T',
  replacement: null,
};

export function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

const IDENTITY = { ps_billing_no: '999000011', insured_nir: '1700275123456', insured_nir_key: '81', invoice_no: '000000101' };
const ACT = {
  ...IDENTITY,
  prior_approval_code: 9,
  performer_no: '999000011',
  performer_specialty: '19',
  act_date: '261123',
  quantity: 1,
  coefficient: 100,
  enumeration: 0,
  rate: 70,
  spend_qualifier: ' ',
  place_code: 0,
};

/** The invoice of spec/b2.md § 11: it has no type 2B, so it is written record by record. */
export function workedInvoice(): EncodedInvoice {
  const bytes = Buffer.concat([
    B2_CODECS['2'].encode({
      ...IDENTITY,
      marking: 'T',
      operation_nature: 1,
      invoice_date: '261123',
      invoice_type: 'F',
      regime: '01',
      fund: '999',
      centre: '9999',
      rights_proof: 1,
      prescriber_no: '999000011',
      prescription_date: '261123',
      insurance_nature: 10,
      exemption_code: '0',
      replacement_card_used: 0,
      birth_date: '700214',
      birth_rank: 1,
      payee: '05',
    }),
    B2_CODECS['4'].encode({ ...ACT, sequence: 1, act_code: 'C', unit_price: 2300, base_amount: 2300, amo_amount: 1610, fee_amount: 2300 }),
    B2_CODECS['4'].encode({
      ...ACT,
      sequence: 2,
      act_code: 'PFM',
      unit_price: 12000,
      base_amount: 12000,
      amo_amount: 8400,
      fee_amount: 29000,
    }),
    B2_CODECS['4M'].encode({
      ...IDENTITY,
      sequence: 2,
      ccam_code: 'HBLD038',
      activity_code: '1',
      phase_code: 0,
      session_date: '261123',
      teeth: '36',
    }),
    B2_CODECS['5'].encode({ ...IDENTITY, count_type4: 2, total_fees: 31300, total_amo: 10010, total_patient_share: 21290, total_amc: 0 }),
  ]);
  return { number: '000000101', bytes, actLines: 2, type2: 1, totals: { fees: 31300, amo: 10010, amc: 0 } };
}

/** The whole file of spec/b2.md § 11. */
export async function workedFile(): Promise<Buffer> {
  const lot = await new B2LotFormatter().encodeLot(LOT_HEADER, [workedInvoice()], new SimulatorSealer());
  return new B2FileFormatter().encodeFile(FILE_HEADER, [lot]);
}

/** One file whose lots hold the invoices of each practitioner, kind, securing and marking; in the base version unless told. */
export async function dayFile(invoices: readonly Invoice[], writing?: Writing): Promise<Buffer> {
  const formatter = new B2LotFormatter();
  const groups = new Map<string, Invoice[]>();
  for (const invoice of invoices) {
    const key = [
      invoice.practitioner.billingNumber,
      invoice.kind,
      invoice.securing,
      invoice.marking,
      invoice.practitioner.replacement,
    ].join('|');
    groups.set(key, [...(groups.get(key) ?? []), invoice]);
  }
  const lots: Buffer[] = [];
  for (const group of groups.values()) {
    const [first] = group;
    const header: LotHeader = {
      ...LOT_HEADER,
      billingNumber: first!.practitioner.billingNumber,
      lotNumber: String(lots.length + 1).padStart(3, '0'),
      security: first!.securing,
      marking: first!.marking,
      replacement: first!.practitioner.replacement ?? null,
    };
    lots.push(
      await formatter.encodeLot(
        header,
        group.map((invoice) => formatter.encodeInvoice(invoice, writing)),
        new SimulatorSealer(),
      ),
    );
  }
  return new B2FileFormatter().encodeFile(FILE_HEADER, lots);
}
