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

/** The lines of an explanation, piece by piece. */
export class ExplanationText {
  /** @param colours true for a terminal that wants them. */
  constructor(
    private readonly family: ExplainedFile['family'],
    private readonly colours: boolean,
  ) {}

  #styled(style: Style, text: string): string {
    return this.colours ? `${STYLES[style]}${text}${PLAIN}` : text;
  }

  summary(records: number, faults: number): string {
    const found = faults === 0 ? 'aucun défaut' : plural(faults, 'défaut');
    return `${this.#styled('strong', FAMILIES[this.family])} : ${plural(records, 'enregistrement')}, ${found}`;
  }

  /** @param faults those of the record. */
  record(record: ExplainedRecord, index: number, faults: readonly FileFault[]): readonly string[] {
    const label = recordLabel(this.family, record.type) ?? 'enregistrement inconnu';
    return [
      '',
      this.#styled('strong', `${index}. ${record.type} · ${label}`),
      ...Object.entries(record.fields).flatMap(([name, value]) => this.#field(record.type, name, value, faults)),
      ...faults.filter(({ field }) => field === null || !(field in record.fields)).map((fault) => this.#mark(fault)),
    ];
  }

  #field(type: string, name: string, value: string, faults: readonly FileFault[]): readonly string[] {
    const label = fieldLabel(this.family, type, name) ?? 'contenu';
    const line = `   ${label.padEnd(LABEL_WIDTH)} ${this.#styled('faint', name.padEnd(NAME_WIDTH))} ${printable(value)}`;
    return [line.trimEnd(), ...faults.filter(({ field }) => field === name).map((fault) => this.#mark(fault))];
  }

  #mark(fault: FileFault): string {
    const place = fault.position === null ? '' : `position ${fault.position} : `;
    return this.#styled('fault', `   ! ${place}${fault.message}`);
  }

  /** Before the faults of the whole file. @param count all of them. */
  faultHeading(count: number): readonly string[] {
    return ['', count === 0 ? 'Aucun défaut.' : this.#styled('strong', `Défauts (${count})`)];
  }

  /** @param type of the record, when it is known. */
  fault({ record, field, position, message }: FileFault, type: string | undefined): string {
    const name = field === null || type === undefined ? field : `${field} (${fieldLabel(this.family, type, field) ?? 'contenu'})`;
    const parts = [
      `enregistrement ${record}${type === undefined ? '' : ` (${type})`}`,
      ...(name === null ? [] : [`champ ${name}`]),
      ...(position === null ? [] : [`position ${position}`]),
    ];
    return `${this.#styled('fault', '!')} ${parts.join(', ')} : ${message}`;
  }
}

/** A whole explanation. @returns the lines, without their ends. */
export function explanationLines({ family, records, faults }: ExplainedFile, colours: boolean): readonly string[] {
  const text = new ExplanationText(family, colours);
  const byRecord = new Map<number, FileFault[]>();
  for (const fault of faults) {
    const own = byRecord.get(fault.record);
    if (own === undefined) byRecord.set(fault.record, [fault]);
    else own.push(fault);
  }
  return [
    text.summary(records.length, faults.length),
    ...records.flatMap((record, index) => text.record(record, index + 1, byRecord.get(index + 1) ?? [])),
    ...text.faultHeading(faults.length),
    ...faults.map((fault) => text.fault(fault, records[fault.record - 1]?.type)),
  ];
}
