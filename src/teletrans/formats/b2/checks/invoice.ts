/** Checks of one invoice: identity repeated in each record, count and totals of record 5, CCAM details (spec/b2.md § 2, § 5 and § 8). */
import { MAX_CCAM } from '../choices';
import type { B2Fault } from '../fault';
import type { B2Act, B2Invoice, B2Record } from '../model';
import { PS_IDENTITY } from '../records/ps-identity';
import { isRead, numberIn, sumOf } from './numbers';
import { compareNumber, fieldFault } from './reporter';

export interface CountSetting {
  /** Record 5 counts 4S, 4E, 4M and 4D too (spec/b2.md § 8, default false). */
  readonly countContinuations: boolean;
}

/** Type 4 records as record 5 and 6 count them. */
export function actRecords(invoice: B2Invoice, setting: CountSetting): number {
  if (!setting.countContinuations) return invoice.acts.length;
  return invoice.acts.reduce((count, act) => count + 1 + act.complements.length + act.ccam.length, 0);
}

function identityFaults(invoice: B2Invoice): readonly B2Fault[] {
  const faults: B2Fault[] = [];
  if (!isRead(invoice.header)) return faults;
  for (const record of invoice.records) {
    if (record === invoice.header || !isRead(record)) continue;
    for (const { name } of PS_IDENTITY) {
      if (name !== 'filler' && record.values[name] !== invoice.header.values[name])
        faults.push(fieldFault('identity', record, name, `même valeur attendue que dans l’enregistrement ${invoice.header.index}`));
    }
  }
  return faults;
}

function totalFaults(invoice: B2Invoice, trailer: B2Record, setting: CountSetting): readonly B2Fault[] {
  const lines = invoice.acts.map((act) => act.line);
  const fees = sumOf(lines, 'fee_amount');
  const amo = sumOf(lines, 'amo_amount');
  const sum = 'somme des lignes d’actes';
  return [
    ...compareNumber('count', trailer, 'count_type4', actRecords(invoice, setting), 'lignes d’actes de la facture'),
    ...compareNumber('total', trailer, 'total_fees', fees, sum),
    ...compareNumber('total', trailer, 'total_amo', amo, sum),
    ...compareNumber(
      'total',
      trailer,
      'total_patient_share',
      fees === null || amo === null ? null : fees - amo,
      'honoraires moins part AMO',
    ),
    ...compareNumber('total', trailer, 'total_amc', sumOf(lines, 'amc_amount'), sum),
  ];
}

function ccamFaults(act: B2Act): readonly B2Fault[] {
  const faults: B2Fault[] = [];
  const [extra] = act.ccam.slice(MAX_CCAM);
  if (extra !== undefined) faults.push(fieldFault('ccam-count', extra, 'ccam_code', `${MAX_CCAM} détails au plus par ligne d’acte`));
  let last = '';
  for (const detail of act.ccam.filter(isRead)) {
    const session = detail.values['session_date'] ?? '';
    if (session < last) faults.push(fieldFault('ccam-order', detail, 'session_date', 'détails attendus par date de séance croissante'));
    if (session > last) last = session;
  }
  if (!isRead(act.line)) return faults;
  for (const record of [...act.complements, ...act.ccam].filter(isRead)) {
    if (record.values['sequence'] !== act.line.values['sequence'])
      faults.push(fieldFault('identity', record, 'sequence', `même valeur attendue que dans l’enregistrement ${act.line.index}`));
  }
  return faults;
}

function dateFaults(invoice: B2Invoice): readonly B2Fault[] {
  const limit = invoice.header.values['invoice_date'] ?? '';
  if (!isRead(invoice.header) || !/^\d{6}$/.test(limit)) return [];
  return invoice.acts
    .filter(({ line }) => isRead(line) && /^\d{6}$/.test(line.values['act_date'] ?? '') && (line.values['act_date'] ?? '') > limit)
    .map(({ line }) => fieldFault('date', line, 'act_date', 'date antérieure ou égale à celle de la facture attendue'));
}

export function invoiceFaults(invoice: B2Invoice, setting: CountSetting): readonly B2Fault[] {
  return [
    ...(numberIn(invoice.header, 'invoice_no') === 0
      ? [fieldFault('invoice-number', invoice.header, 'invoice_no', 'un numéro différent de zéro attendu')]
      : []),
    ...identityFaults(invoice),
    ...dateFaults(invoice),
    ...invoice.acts.flatMap(ccamFaults),
    // Of an invoice that could not be read whole the totals are unknown, which its lot says once.
    ...(invoice.trailer === null || !invoice.records.every(isRead) ? [] : totalFaults(invoice, invoice.trailer, setting)),
  ];
}
