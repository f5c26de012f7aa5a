import type { Practitioner } from '../../domain/practice';
import type { Sheet } from '../sheet';
import { date } from '../words';

/** A letter to a payer or a patient: who writes it decides its words, the layout is the same for all. */
export interface Letter {
  /** Who writes: name, quality, number, address; one a line. */
  readonly from: readonly string[];
  /** Who receives it, one a line. */
  readonly to: readonly string[];
  readonly place: string | null;
  /** `AAAA-MM-JJ`. */
  readonly day: string;
  readonly subject: string;
  readonly paragraphs: readonly string[];
  /** What the letter is about, as a table; null for none. */
  readonly table: { readonly columns: readonly LetterColumn[]; readonly rows: readonly (readonly string[])[] } | null;
  readonly closing: string;
  readonly signatory: string;
}

/** Of a letter's table; `width`: share of the whole. */
export interface LetterColumn {
  readonly label: string;
  readonly width: number;
  readonly align?: 'right';
}

/** Who writes a letter about the invoices of a billing number. @param practitioner null when the practice's description does not name them any more. */
export function writerOf(billingNumber: string, practitioner: Practitioner | null): Pick<Letter, 'from' | 'signatory'> {
  const signatory = practitioner === null ? `Praticien n° ${billingNumber}` : `Docteur ${practitioner.name}`;
  return { from: [signatory, `N° de facturation ${billingNumber}`], signatory };
}

export async function letterDocument(sheet: Sheet, letter: Letter): Promise<void> {
  for (const line of letter.from) sheet.paragraph(line);
  sheet.space(1);
  sheet.address(letter.to);
  sheet.space(1);
  sheet.paragraph(`${letter.place === null ? 'Le' : `${letter.place}, le`} ${date(letter.day)}`);
  sheet.space(0.5);
  sheet.paragraph(`Objet : ${letter.subject}`, 'bold');
  sheet.space(0.5);
  for (const paragraph of letter.paragraphs) sheet.paragraph(paragraph);
  if (letter.table !== null) {
    const { columns, rows } = letter.table;
    await sheet.table<readonly string[]>(
      columns.map((column, rank) => ({ ...column, cell: (row) => row[rank] ?? '' })),
      rows,
    );
  }
  sheet.paragraph(letter.closing);
  sheet.space(2);
  sheet.paragraph(letter.signatory);
}
