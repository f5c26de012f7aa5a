/** The reference documents of the records, made from the tables (docs/records/*.md); `scripts/generate-record-docs.mjs` writes them, a test finds them stale. */
import { ARL_CODES } from './arl/codes';
import { MESSAGE_ZONE } from './arl/message-zone';
import { B2_LAYOUTS } from './b2/records';
import { CP_LAYOUTS } from './b2/versions/establishments';
import { LATE_LAYOUTS } from './b2/versions/late';
import type { FieldRow, Layout } from './fixed-width/layout';
import { NOEMIE_LAYOUTS } from './noemie/entities';
import { FOLDING_TABLE } from './text/folding';

const PREAMBLE = [
  '<!-- Made from the tables in src/teletrans/formats by scripts/generate-record-docs.mjs; change the tables, not this file. -->',
  '',
  'Positions are 1-based. **N** digits, right-justified, zero-padded; **A** text, left-justified, blank-padded. **M** mandatory, **O** optional.',
  'Fields marked *patient* say something of a person and are masked by `vitale inspecter` unless `--clair` is given.',
].join('\n');

/** A Markdown table with its columns aligned. */
function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = header.map((title, column) => Math.max(3, title.length, ...rows.map((row) => (row[column] ?? '').length)));
  const line = (cells: readonly string[]): string => `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(header), `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...rows.map(line)].join('\n');
}

function positions(row: FieldRow): string {
  const end = row.start + row.length - 1;
  return end === row.start ? String(row.start) : `${row.start}-${end}`;
}

function remarks(row: FieldRow): string {
  return [
    row.constant === undefined ? '' : `\`${row.constant}\``,
    row.format ?? '',
    row.personal === true ? '*patient*' : '',
    row.note ?? '',
  ]
    .filter((part) => part !== '')
    .join(' · ')
    .replaceAll('|', '\\|');
}

function section(layout: Layout): string {
  const rows = layout.fields.map((row) => [
    positions(row),
    String(row.length),
    row.kind,
    row.presence,
    `\`${row.name}\``,
    row.label,
    remarks(row),
  ]);
  return [
    `## ${layout.record} · ${layout.label}`,
    '',
    `${layout.length} characters.`,
    '',
    table(['pos', 'len', 'kind', '', 'field', 'label', 'value, format, remark'], rows),
  ].join('\n');
}

/** Sections in the order of their names, which is that of a file: 000, 1, 2, 2B… 999. */
function sections(layouts: Readonly<Record<string, Layout>>): readonly string[] {
  return Object.values(layouts)
    .sort((a, b) => (a.record < b.record ? -1 : 1))
    .map(section);
}

function document(title: string, introduction: string, parts: readonly string[]): string {
  return `${[`# ${title}`, PREAMBLE, introduction, ...parts].join('\n\n')}\n`;
}

function foldingSection(): string {
  const rows = Object.entries(FOLDING_TABLE).map(([character, image]) => [
    `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`,
    image,
  ]);
  const text =
    "Names are written with `A-Z 0-9 space ' - . /`. A character outside the set is replaced by its image in this table, or by its Unicode decomposition (NFKD) in upper case without accents; what has no image becomes a blank and is noted on the invoice.";
  return ['## Folding of names', '', text, '', table(['character', 'image'], rows)].join('\n');
}

function codeSection(): string {
  const rows = ARL_CODES.map((row) => [`\`${row.code}\``, row.class, row.level, row.label, row.cause, row.rebuild]);
  return ['## Codes', '', table(['code', 'class', 'level', 'wire label', 'cause', 'rebuild'], rows)].join('\n');
}

/** The documents by file name. */
export function recordDocuments(): Readonly<Record<string, string>> {
  const arlEntities = (['000', '040', '080', '100', '290', '990', '999'] as const).map((code) => `[${code}](noemie.md)`).join(', ');
  return {
    'b2.md': document(
      'B2 records (PS variant, version base)',
      'Public knowledge of the norm, not the official book; the source gives the trust of each part.',
      [...sections(B2_LAYOUTS), foldingSection()],
    ),
    'b2-2005e-provisional.md': document(
      'B2 records with late fields (PS variant, version 2005e-provisional)',
      'Provisional: the late fields are published for the establishment variant alone, and their positions are assumed to be the same here. Records that are not named are those of [the base version](b2.md).',
      sections(Object.fromEntries(Object.entries(LATE_LAYOUTS).filter(([, layout]) => layout.version !== 'base'))),
    ),
    'b2-cp.md': document(
      'B2 records of establishments (variant CP)',
      'Read and explained, never written: only these positions are public. An unpublished zone is kept as it stands and masked as if it spoke of a patient. Records 000 and 999 are those of [the PS variant](b2.md); 000 holds `CP  ` in 62-65.',
      sections(Object.fromEntries(Object.entries(CP_LAYOUTS).filter(([, layout]) => layout.family === 'b2-cp'))),
    ),
    'noemie.md': document(
      'NOEMIE-PS entities (version base)',
      'Public knowledge of the norm, not the official book. Every entity but 000 and 999 ends with `@`; optional last fields may be missing.',
      sections(NOEMIE_LAYOUTS),
    ),
    'arl0.md': document(
      'ARL0, the provisional receipt of the simulator',
      `Our own format, for simulator and tests alone; a profile with real marking refuses it. Physical form and entities are those of NOEMIE: ${arlEntities}.`,
      [section(MESSAGE_ZONE), codeSection()],
    ),
  };
}
