/** Checks of one lot: the same number at both ends, its practitioner and marking throughout, counts and totals of record 6 (spec/b2.md § 8). */
import { b2Fault, type B2Fault } from '../fault';
import type { B2Lot, B2Record } from '../model';
import { actRecords, invoiceFaults, type CountSetting } from './invoice';
import { isRead, sumOf } from './numbers';
import { lacksLotNumber } from './own-faults';
import { compareNumber, fieldFault } from './reporter';

function numberFaults(lot: B2Lot): readonly B2Fault[] {
  const { header, trailer } = lot;
  if (header === null || trailer === null || ![header, trailer].every((end) => isRead(end) && !lacksLotNumber(end))) return [];
  return header.values['lot_no'] === trailer.values['lot_no']
    ? []
    : [fieldFault('lot-number', trailer, 'lot_no', `même numéro attendu que dans l’enregistrement ${header.index}`)];
}

function samePractitioner(lot: B2Lot): readonly B2Fault[] {
  const { header } = lot;
  if (header === null || !isRead(header)) return [];
  return [...lot.invoices.map((invoice) => invoice.header), lot.trailer]
    .filter((record) => record !== null)
    .filter((record) => isRead(record) && record.values['ps_billing_no'] !== header.values['ps_billing_no'])
    .map((record) => fieldFault('identity', record, 'ps_billing_no', `même valeur attendue que dans l’enregistrement ${header.index}`));
}

function sameMarking(lot: B2Lot): readonly B2Fault[] {
  const { trailer } = lot;
  if (trailer === null || !isRead(trailer)) return [];
  const marking = trailer.values['marking'];
  return lot.invoices
    .filter((invoice) => isRead(invoice.header) && invoice.header.values['marking'] !== marking)
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

/** A total over what could not be read is unknown: it is said once for the lot, of its invoices too, and none of them is compared. */
function lotTotals(lot: B2Lot, setting: CountSetting): readonly B2Fault[] {
  const { trailer } = lot;
  const unread = lot.records.find((record) => !isRead(record));
  if (unread === undefined) return trailer === null ? [] : totalFaults(lot, trailer, setting);
  const said = trailer ?? lot.records.findLast(({ type }) => type === '5');
  if (said === undefined) return [];
  const message = `compteurs et totaux du lot non vérifiés : l’enregistrement ${unread.index} n’a pu être lu en entier.`;
  return [b2Fault('unverified', said.index, message)];
}

export function lotFaults(lot: B2Lot, setting: CountSetting): readonly B2Fault[] {
  return [
    ...numberFaults(lot),
    ...samePractitioner(lot),
    ...sameMarking(lot),
    ...lot.invoices.flatMap((invoice) => invoiceFaults(invoice, setting)),
    ...lotTotals(lot, setting),
  ];
}
