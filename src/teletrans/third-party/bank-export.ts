/**
 * The bank reconciliation: one row a remittance line, by transfer, so that the rows of a transfer add up to what the bank shows. CSV as French spreadsheets expect it
 * (semicolon, decimal comma, CRLF, UTF-8 with a byte order mark: without it Excel reads accents wrongly), and XML. Pure.
 */
import { create } from 'xmlbuilder2';

export interface BankRow {
  readonly transferDate: string;
  readonly transferLabel: string;
  readonly payer: string;
  readonly file: string;
  readonly practitioner: string;
  readonly invoice: string;
  readonly part: string;
  readonly status: string;
  readonly reason: string;
  /** Centimes. */
  readonly amount: number;
}

const COLUMNS: readonly { readonly key: keyof BankRow; readonly title: string }[] = [
  { key: 'transferDate', title: 'Date du virement' },
  { key: 'transferLabel', title: 'Libellé du virement' },
  { key: 'payer', title: 'Organisme' },
  { key: 'file', title: 'Retour' },
  { key: 'practitioner', title: 'Praticien' },
  { key: 'invoice', title: 'Facture' },
  { key: 'part', title: 'Part' },
  { key: 'status', title: 'Rapprochement' },
  { key: 'reason', title: 'Motif' },
  { key: 'amount', title: 'Montant' },
];

export const BOM = '\ufeff';

/** `-1234,50`: no thousands separator, so that a spreadsheet reads a number. */
export function decimal(centimes: number): string {
  const units = Math.floor(Math.abs(centimes) / 100);
  return `${centimes < 0 ? '-' : ''}${units},${String(Math.abs(centimes) % 100).padStart(2, '0')}`;
}

/** A cell that begins like a formula is given an apostrophe, which spreadsheets take for text; a tab or return at the start counts too. */
export function cell(text: string): string {
  const safe = /^[=+\-@\t\r\n|%]/.test(text) ? `'${text}` : text;
  return /[";\r\n]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
}

export function bankCsv(rows: readonly BankRow[]): string {
  const lines = rows.map((row) => COLUMNS.map(({ key }) => (key === 'amount' ? decimal(row.amount) : cell(row[key]))).join(';'));
  const total = rows.reduce((sum, { amount }) => sum + amount, 0);
  const last = COLUMNS.map(({ key }) => (key === 'amount' ? decimal(total) : key === 'transferDate' ? 'Total' : '')).join(';');
  return `${BOM}${[COLUMNS.map(({ title }) => cell(title)).join(';'), ...lines, last].join('\r\n')}\r\n`;
}

const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

/** What XML 1.0 cannot hold becomes a blank. */
export const readableXml = (text: string): string => text.replace(FORBIDDEN, ' ');

/** Amounts in centimes, dates `AAAA-MM-JJ`. */
export function bankXml(rows: readonly BankRow[]): string {
  const total = rows.reduce((sum, { amount }) => sum + amount, 0);
  const root = create({ version: '1.0', encoding: 'UTF-8' }).ele('rapprochement', {
    format: 'teletrans.rapprochement/1',
    lignes: rows.length,
    totalCentimes: total,
  });
  for (const { amount, ...texts } of rows) {
    const line = root.ele('ligne', { centimes: amount });
    for (const [name, text] of Object.entries(texts)) if (text !== '') line.ele(name).txt(readableXml(text));
  }
  return `${root.end({ prettyPrint: true })}\n`;
}
