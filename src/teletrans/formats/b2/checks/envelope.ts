/** Checks of the whole file: 000 against 999, volume, number of lots, numbers used once (spec/b2.md § 2 and § 8). */
import type { B2Fault } from '../fault';
import type { B2File, B2Record } from '../model';
import { compareNumber, fieldFault } from './reporter';

/** What 999 repeats of 000. */
const REPEATED = ['sender_type', 'sender_no', 'recipient_type', 'recipient_no', 'application', 'file_id'];

function endFaults(file: B2File): readonly B2Fault[] {
  const { header, trailer } = file;
  if (trailer === null) return [];
  const differing = header === null ? [] : REPEATED.filter((field) => header.values[field] !== trailer.values[field]);
  return [
    ...differing.map((field) => fieldFault('envelope', trailer, field, 'même valeur attendue que dans l’en-tête 000')),
    ...compareNumber('volume', trailer, 'file_volume', file.records.length, 'enregistrements du fichier, 000 et 999 compris'),
    ...compareNumber('lot-count', trailer, 'count_lots', file.lots.length, 'lots du fichier'),
  ];
}

/** Records whose fields together must not come twice. */
function repeated(records: readonly B2Record[], key: readonly string[]): readonly B2Record[] {
  const seen = new Set<string>();
  return records.filter((record) => {
    const value = key.map((field) => record.values[field] ?? '').join('|');
    if (seen.has(value)) return true;
    seen.add(value);
    return false;
  });
}

function uniqueFaults(file: B2File): readonly B2Fault[] {
  const lots = file.lots.map((lot) => lot.header).filter((record) => record !== null);
  const invoices = file.lots.flatMap((lot) => lot.invoices.map((invoice) => invoice.header));
  return [
    ...repeated(lots, ['ps_billing_no', 'lot_no', 'lot_date']).map((record) =>
      fieldFault('lot-number', record, 'lot_no', 'numéro déjà porté par un autre lot du fichier'),
    ),
    ...repeated(invoices, ['ps_billing_no', 'invoice_no']).map((record) =>
      fieldFault('invoice-number', record, 'invoice_no', 'numéro déjà porté par une autre facture du fichier'),
    ),
  ];
}

export function envelopeFaults(file: B2File): readonly B2Fault[] {
  return [...endFaults(file), ...uniqueFaults(file)];
}
