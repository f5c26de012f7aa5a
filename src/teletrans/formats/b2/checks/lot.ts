/** Checks of one lot: its number, its practitioner and marking throughout, counts and totals of record 6 (spec/b2.md § 8). */
import type { B2Fault } from '../fault';
import type { B2Lot, B2Record } from '../model';
import { actRecords, invoiceFaults, type CountSetting } from './invoice';
import { numberIn, sumOf } from './numbers';
import { compareNumber, fieldFault } from './reporter';

function numberFaults(lot: B2Lot): readonly B2Fault[] {
  const ends = [lot.header, lot.trailer].filter((record) => record !== null);
  const faults: B2Fault[] = [];
  for (const record of ends) {
    const text = record.values['lot_no'] ?? '';
    // Digits elsewhere than in a number are reported by the decoder; blanks and zeros alike mean that the number is missing.
    if (numberIn(record, 'lot_no') === 0 || text.trim() === '')
      faults.push(fieldFault('lot-number', record, 'lot_no', 'le numéro du lot manque, 001 à 999 attendu'));
  }
  if (lot.header !== null && lot.trailer !== null && lot.header.values['lot_no'] !== lot.trailer.values['lot_no'])
    faults.push(fieldFault('lot-number', lot.trailer, 'lot_no', `même numéro attendu que dans l’enregistrement ${lot.header.index}`));
  return faults;
}

function samePractitioner(lot: B2Lot): readonly B2Fault[] {
  const { header } = lot;
  if (header === null) return [];
  return [...lot.invoices.map((invoice) => invoice.header), lot.trailer]
    .filter((record) => record !== null)
    .filter((record) => record.values['ps_billing_no'] !== header.values['ps_billing_no'])
    .map((record) => fieldFault('identity', record, 'ps_billing_no', `même valeur attendue que dans l’enregistrement ${header.index}`));
}

function sameMarking(lot: B2Lot): readonly B2Fault[] {
  const marking = lot.trailer?.values['marking'];
  if (marking === undefined) return [];
  return lot.invoices
    .filter((invoice) => invoice.header.values['marking'] !== marking)
    .map((invoice) => fieldFault('marking', invoice.header, 'marking', 'même marquage attendu que celui du lot'));
}

function totalFaults(lot: B2Lot, trailer: B2Record, setting: CountSetting): readonly B2Fault[] {
  const lines = lot.invoices.flatMap((invoice) => invoice.acts.map((act) => act.line));
  const acts = lot.invoices.reduce((count, invoice) => count + actRecords(invoice, setting), 0);
  const type2 = lot.invoices.reduce((count, invoice) => count + 1 + invoice.complements.length, 0);
  const type5 = lot.invoices.filter((invoice) => invoice.trailer !== null).length;
  const sum = 'somme des lignes d’actes du lot';
  return [
    ...compareNumber('count', trailer, 'count_invoices', lot.invoices.length, 'factures du lot'),
    ...compareNumber('count', trailer, 'count_act_lines', acts, 'lignes d’actes du lot'),
    ...compareNumber('count', trailer, 'count_type2', type2, 'enregistrements de type 2 du lot'),
    ...compareNumber('count', trailer, 'count_type5', type5, 'enregistrements de type 5 du lot'),
    ...compareNumber('total', trailer, 'total_fees', sumOf(lines, 'fee_amount'), sum),
    ...compareNumber('total', trailer, 'total_amo', sumOf(lines, 'amo_amount'), sum),
    ...compareNumber('total', trailer, 'total_amc', sumOf(lines, 'amc_amount'), sum),
  ];
}

export function lotFaults(lot: B2Lot, setting: CountSetting): readonly B2Fault[] {
  return [
    ...numberFaults(lot),
    ...samePractitioner(lot),
    ...sameMarking(lot),
    ...lot.invoices.flatMap((invoice) => invoiceFaults(invoice, setting)),
    ...(lot.trailer === null ? [] : totalFaults(lot, lot.trailer, setting)),
  ];
}
