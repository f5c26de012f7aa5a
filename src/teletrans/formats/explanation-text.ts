/** An explanation as plain lines for people: French labels beside the names of the fields, faults where they are and all together at the end. No cursor tricks: fit for a pager. */
import { fieldLabel, recordLabel } from './explain';
import type { ExplainedFile, ExplainedRecord, FileFault } from './port';

const FAMILIES: Readonly<Record<ExplainedFile['family'], string>> = {
  b2: 'fichier B2',
  noemie: 'retour NOEMIE',
  arl0: 'accusé de réception ARL0 (format provisoire)',
  unknown: 'format non reconnu',
};

/** ANSI codes: bold, red, dim; and back. */
const STYLES = { strong: '\u001b[1m', fault: '\u001b[31m', faint: '\u001b[2m' } as const;
const PLAIN = '\u001b[0m';
type Style = keyof typeof STYLES;

/** The longest French label that the value column waits for. */
const LABEL_WIDTH = 44;
const NAME_WIDTH = 22;
/** Stands for a character that no terminal should be given. */
const UNPRINTABLE = '·';

/** What a damaged or hostile file holds must not command the terminal. */
function printable(text: string): string {
  return text.replaceAll(/[^\u0020-\u007e\u00a0-\uffff]/g, UNPRINTABLE);
}

function plural(count: number, word: string): string {
  return `${count} ${word}${count > 1 ? 's' : ''}`;
}

class Writer {
  readonly lines: string[] = [];
  readonly #faults: ReadonlyMap<number, readonly FileFault[]>;

  constructor(
    private readonly explained: ExplainedFile,
    private readonly colours: boolean,
  ) {
    const byRecord = new Map<number, FileFault[]>();
    for (const fault of explained.faults) {
      const own = byRecord.get(fault.record) ?? [];
      own.push(fault);
      byRecord.set(fault.record, own);
    }
    this.#faults = byRecord;
  }

  #styled(style: Style, text: string): string {
    return this.colours ? `${STYLES[style]}${text}${PLAIN}` : text;
  }

  summary(): void {
    const { family, records, faults } = this.explained;
    const found = faults.length === 0 ? 'aucun défaut' : plural(faults.length, 'défaut');
    this.lines.push(`${this.#styled('strong', FAMILIES[family])} : ${plural(records.length, 'enregistrement')}, ${found}`);
  }

  record(record: ExplainedRecord, index: number): void {
    const label = recordLabel(this.explained.family, record.type) ?? 'enregistrement inconnu';
    this.lines.push('', this.#styled('strong', `${index}. ${record.type} · ${label}`));
    const faults = this.#faults.get(index) ?? [];
    for (const [name, value] of Object.entries(record.fields)) this.#field(record.type, name, value, faults);
    for (const fault of faults) if (fault.field === null || !(fault.field in record.fields)) this.#mark(fault);
  }

  #field(type: string, name: string, value: string, faults: readonly FileFault[]): void {
    const label = fieldLabel(this.explained.family, type, name) ?? 'contenu';
    const line = `   ${label.padEnd(LABEL_WIDTH)} ${this.#styled('faint', name.padEnd(NAME_WIDTH))} ${printable(value)}`;
    this.lines.push(line.trimEnd());
    for (const fault of faults) if (fault.field === name) this.#mark(fault);
  }

  #mark(fault: FileFault): void {
    const place = fault.position === null ? '' : `position ${fault.position} : `;
    this.lines.push(this.#styled('fault', `   ! ${place}${fault.message}`));
  }

  faults(): void {
    const { family, faults, records } = this.explained;
    this.lines.push('', faults.length === 0 ? 'Aucun défaut.' : this.#styled('strong', `Défauts (${faults.length})`));
    for (const { record, field, position, message } of faults) {
      const type = records[record - 1]?.type;
      const name = field === null || type === undefined ? field : `${field} (${fieldLabel(family, type, field) ?? 'contenu'})`;
      const parts = [
        `enregistrement ${record}${type === undefined ? '' : ` (${type})`}`,
        ...(name === null ? [] : [`champ ${name}`]),
        ...(position === null ? [] : [`position ${position}`]),
      ];
      this.lines.push(`${this.#styled('fault', '!')} ${parts.join(', ')} : ${message}`);
    }
  }
}

/** @param colours true for a terminal that wants them. @returns the lines, without their ends. */
export function explanationLines(explained: ExplainedFile, colours: boolean): readonly string[] {
  const writer = new Writer(explained, colours);
  writer.summary();
  for (const [index, record] of explained.records.entries()) writer.record(record, index + 1);
  writer.faults();
  return writer.lines;
}
