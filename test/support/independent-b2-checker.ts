/**
 * A second opinion on B2 files, for tests: takes positions straight from the published table and shares no line with the product. Checks the 128-byte records,
 * their order, constants, digits, character set, keys, totals and counters, and that 000 and 999 agree.
 */
import { publishedLayouts, type PublishedRow } from './layout-tables';

const ROWS = new Map<string, PublishedRow[]>();
for (const row of publishedLayouts('b2')) ROWS.set(row.record, [...(ROWS.get(row.record) ?? []), row]);
// 4E is in no published table of the practitioners: positions of spec/b2.md § 6, the head being that of 4S.
ROWS.set('4E', [
  ...(ROWS.get('4S') ?? [])
    .filter(({ end }) => end <= 38)
    .map((row) => (row.field === 'complement' ? { ...row, record: '4E', constant: 'E' } : { ...row, record: '4E' })),
  ...(
    [
      ['prescriber_rpps', 39, 49],
      ['prescriber_structure', 50, 63],
      ['performer_rpps', 64, 74],
      ['performer_structure', 75, 88],
      ['filler2', 89, 128],
    ] as const
  ).map(([field, start, end]) => ({ record: '4E', start, end, length: end - start + 1, type: 'A', presence: 'O', field, constant: '' })),
]);

/** One letter a record, so that the nesting is one regular expression. */
const LETTERS: Readonly<Record<string, string>> = {
  '000': 'H',
  '1': 'L',
  '2': 'I',
  '2S': 's',
  '2M': 'm',
  '2P': 'p',
  '2B': 'b',
  '2C': 'c',
  '4': 'A',
  '4S': 't',
  '4E': 'e',
  '4M': 'n',
  '4D': 'd',
  '5': 'F',
  '6': 'E',
  '999': 'T',
};
const NESTING = /^H(?:L(?:Is?m?p?b?c?(?:A(?:te?)?n{0,26}d*)+F)+E)+T$/;

interface Line {
  readonly text: string;
  readonly type: string;
}

/** @returns the text of a field by the published positions; '' when the record has no such field. */
export function fieldOf(line: Line, field: string): string {
  const row = (ROWS.get(line.type) ?? []).find((one) => one.field === field);
  return row === undefined ? '' : line.text.substring(row.start - 1, row.end);
}

/** The records of a file, each with its type (`?` when the table has none such). */
export function linesOf(bytes: Buffer): readonly Line[] {
  const lines: Line[] = [];
  for (let at = 0; at < bytes.length; at += 128) {
    const text = bytes.subarray(at, at + 128).toString('latin1');
    const head = text.substring(0, 3);
    const letter = text.charAt(35);
    const type = head === '000' || head === '999' ? head : /^[24]/.test(text) ? text.charAt(0) + letter.trim() : text.charAt(0);
    lines.push({ text, type: ROWS.has(type) ? type : '?' });
  }
  return lines;
}

function luhnIsRight(number: string): boolean {
  const sum = Array.from(number)
    .reverse()
    .map((digit, rank) => (rank % 2 === 0 ? Number(digit) : [0, 2, 4, 6, 8, 1, 3, 5, 7, 9][Number(digit)]!))
    .reduce((all, digit) => all + digit, 0);
  return sum % 10 === 0;
}

function nirIsRight(nir: string, key: string): boolean {
  let value = BigInt(nir.replace(/[AB]/, '0'));
  if (nir.includes('A')) value -= 1_000_000n;
  if (nir.includes('B')) value -= 2_000_000n;
  return (value + BigInt(key)) % 97n === 0n;
}

function formProblems(line: Line, index: number): string[] {
  const problems: string[] = [];
  for (const row of ROWS.get(line.type) ?? []) {
    const value = line.text.substring(row.start - 1, row.end);
    const place = `record ${index + 1} (${line.type}) ${row.field}`;
    if (row.constant !== '' && value !== row.constant) problems.push(`${place}: constant`);
    else if (row.type === 'N' && !/^\d+$/.test(value)) problems.push(`${place}: digits`);
    else if (!/^[A-Z0-9 './-]*$/.test(value)) problems.push(`${place}: charset`);
    if (row.type === 'A' && value.startsWith(' ') && value.trim() !== '') problems.push(`${place}: not left-justified`);
  }
  return problems;
}

function keyProblems(line: Line, index: number): string[] {
  const problems: string[] = [];
  for (const field of ['ps_billing_no', 'prescriber_no', 'performer_no', 'replacement_no', 'replacement_ps_no', 'amc_no']) {
    const number = fieldOf(line, field).trim();
    if (/[1-9]/.test(number) && !luhnIsRight(number)) problems.push(`record ${index + 1} (${line.type}) ${field}: key`);
  }
  for (const field of ['insured_nir', 'individual_nir']) {
    const nir = fieldOf(line, field).trim();
    if (nir !== '' && !nirIsRight(nir, fieldOf(line, `${field}_key`))) problems.push(`record ${index + 1} (${line.type}) ${field}: key`);
  }
  return problems;
}

const total = (lines: readonly Line[], field: string): number => lines.reduce((all, line) => all + Number(fieldOf(line, field)), 0);

function expectNumber(problems: string[], line: Line, field: string, expected: number): void {
  if (Number(fieldOf(line, field)) !== expected) problems.push(`${line.type} ${field}: ${fieldOf(line, field)} instead of ${expected}`);
}

function totalProblems(lines: readonly Line[]): string[] {
  const problems: string[] = [];
  let lot: Line[] = [];
  let invoice: Line[] = [];
  for (const line of lines) {
    if (line.type === '1') lot = [];
    if (line.type === '2') invoice = [];
    lot.push(line);
    invoice.push(line);
    if (line.type === '5') {
      const acts = invoice.filter(({ type }) => type === '4');
      expectNumber(problems, line, 'count_type4', acts.length);
      expectNumber(problems, line, 'total_fees', total(acts, 'fee_amount'));
      expectNumber(problems, line, 'total_amo', total(acts, 'amo_amount'));
      expectNumber(problems, line, 'total_patient_share', total(acts, 'fee_amount') - total(acts, 'amo_amount'));
      expectNumber(problems, line, 'total_amc', total(acts, 'amc_amount'));
      if (new Set(invoice.map(({ text }) => text.substring(1, 35))).size !== 1) problems.push('records of one invoice differ in 2-35');
    }
    if (line.type === '6') {
      const ends = lot.filter(({ type }) => type === '5');
      expectNumber(problems, line, 'count_invoices', lot.filter(({ type }) => type === '2').length);
      expectNumber(problems, line, 'count_act_lines', lot.filter(({ type }) => type === '4').length);
      expectNumber(problems, line, 'count_type2', lot.filter(({ type }) => type.startsWith('2')).length);
      expectNumber(problems, line, 'count_type5', ends.length);
      expectNumber(problems, line, 'total_fees', total(ends, 'total_fees'));
      expectNumber(problems, line, 'total_amo', total(ends, 'total_amo'));
      expectNumber(problems, line, 'total_amc', total(ends, 'total_amc'));
      if (fieldOf(line, 'lot_no') !== fieldOf(lot[0]!, 'lot_no') || Number(fieldOf(line, 'lot_no')) === 0) problems.push('6 lot_no');
      if (new Set(lot.map(({ text }) => text.substring(1, 10))).size !== 1) problems.push('records of one lot differ in 2-10');
    }
  }
  return problems;
}

function endProblems(lines: readonly Line[]): string[] {
  const problems: string[] = [];
  const [first] = lines;
  const last = lines.at(-1);
  if (first?.type !== '000' || last?.type !== '999') return ['no 000 or no 999'];
  for (const field of ['sender_type', 'sender_no', 'recipient_type', 'recipient_no', 'application', 'file_id'])
    if (fieldOf(first, field) !== fieldOf(last, field)) problems.push(`999 ${field} differs from 000`);
  expectNumber(problems, last, 'file_volume', lines.length);
  expectNumber(problems, last, 'count_lots', lines.filter(({ type }) => type === '1').length);
  return problems;
}

/** Everything that is wrong in a file we made; empty when nothing is. */
export function independentProblems(bytes: Buffer): readonly string[] {
  if (bytes.length === 0 || bytes.length % 128 !== 0) return [`length ${bytes.length} is no multiple of 128`];
  const lines = linesOf(bytes);
  const nesting = lines.map(({ type }) => LETTERS[type] ?? '?').join('');
  return [
    ...(NESTING.test(nesting) ? [] : [`order of records: ${nesting}`]),
    ...lines.flatMap(formProblems),
    ...lines.flatMap(keyProblems),
    ...totalProblems(lines),
    ...endProblems(lines),
  ];
}
