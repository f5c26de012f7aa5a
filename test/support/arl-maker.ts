/** Answers a B2 file with an ARL: the file is read by its positions, the answer is what the test wants. */
import type { Acknowledgement, ArlResult } from '../../src/teletrans/domain/acknowledgement';
import { encodeArl0 } from '../../src/teletrans/formats/arl/arl0-encoder';

const LABELS: Readonly<Record<string, string>> = {
  '0000': 'LOT ACCEPTE',
  W001: 'TRAITEMENT SUSPENDU NE PAS RENVOYER',
  F002: 'STRUCTURE DU FICHIER INVALIDE',
  L004: 'SCELLEMENT INVALIDE',
  L008: 'LOT REFUSE A CAUSE DE FACTURES',
  I002: 'NUMERO DE FACTURE DEJA RECU',
  I004: 'TOTAUX DE FACTURE INCOHERENTS',
};

export interface ArlWish {
  /** Code for the file; `0000` unless told. */
  readonly file?: string;
  /** Code by lot number. */
  readonly lots?: Readonly<Record<string, string>>;
  /** Code by invoice number; its lot is refused with L008. */
  readonly invoices?: Readonly<Record<string, string>>;
  readonly arlFileId?: string;
  readonly change?: Partial<Acknowledgement>;
}

const classOf = (code: string): ArlResult['class'] => (code.startsWith('0') ? 'positive' : code.startsWith('W') ? 'notice' : 'negative');
const label = (code: string): string => LABELS[code] ?? 'LIBELLE';

interface SeenLot {
  readonly billingNumber: string;
  readonly number: string;
  readonly date: string;
  readonly fees: number;
  readonly invoices: string[];
}

/** Lots of a B2 file, read by position. */
export function lotsOf(b2: Buffer): readonly SeenLot[] {
  const lots: SeenLot[] = [];
  let open: { billingNumber: string; number: string; date: string; invoices: string[] } | null = null;
  for (let at = 0; at < b2.length; at += 128) {
    const record = b2.subarray(at, at + 128).toString('latin1');
    if (record.startsWith('000') || record.startsWith('999')) continue;
    if (record.startsWith('1'))
      open = { billingNumber: record.slice(1, 10), number: record.slice(19, 22), date: readDate(record.slice(71, 77)), invoices: [] };
    if (record.startsWith('2') && record[35] === ' ') open?.invoices.push(record.slice(26, 35));
    if (record.startsWith('6') && open !== null) lots.push({ ...open, fees: Number(record.slice(24, 33)) });
  }
  return lots;
}

/** AAMMJJ. */
export function readDate(six: string): string {
  return `20${six.slice(0, 2)}-${six.slice(2, 4)}-${six.slice(4, 6)}`;
}

/** The ARL file that answers a B2 file. @param compostage 19 digits of the message. */
export function answer(b2: Buffer, compostage: string, wish: ArlWish = {}): Buffer {
  const header = b2.subarray(0, 128).toString('latin1');
  const fileCode = wish.file ?? '0000';
  const results: ArlResult[] = [
    { level: 'file', class: classOf(fileCode), code: fileCode, label: fileCode === '0000' ? 'FICHIER LU' : label(fileCode) },
  ];
  let acceptedFees = 0;
  if (!fileCode.startsWith('F')) {
    for (const lot of lotsOf(b2)) {
      const refused = lot.invoices.filter((number) => wish.invoices?.[number] !== undefined);
      const code = wish.lots?.[lot.number] ?? (refused.length > 0 ? 'L008' : '0000');
      const identity = { billingNumber: lot.billingNumber, lotNumber: lot.number, lotDate: lot.date };
      results.push({ level: 'lot', class: classOf(code), code, label: label(code), ...identity });
      if (code === '0000') acceptedFees += lot.fees;
      for (const invoiceNumber of refused) {
        const own = wish.invoices?.[invoiceNumber] ?? 'I004';
        results.push({ level: 'invoice', class: 'negative', code: own, label: label(own), ...identity, invoiceNumber });
      }
    }
  }
  return encodeArl0({
    arlFileId: wish.arlFileId ?? '000001',
    arlDate: '2026-11-20',
    marking: 'T',
    recipientType: header.slice(25, 27),
    recipientNumber: header.slice(27, 41),
    senderType: header.slice(3, 5),
    senderNumber: header.slice(5, 19),
    ackedFileId: header.slice(49, 55),
    ackedFileDate: readDate(header.slice(55, 61)),
    compostage,
    acceptedFees,
    results,
    ...wish.change,
  });
}
