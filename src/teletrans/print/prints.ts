/** Every print of the product, as PDF. The faces put them in a file, show them, or hand them to the host's print service. */
import { Readable } from 'node:stream';
import type { Teletrans } from '../application/port';
import type { Archives, FoundInvoice } from '../archive/port';
import { localDate, type Clock } from '../domain/clock';
import { sheetOf, type ShownState } from '../domain/paper-sheet';
import type { Practitioner } from '../domain/practice';
import { deriveState, type FileState, type LotState, type PartState } from '../domain/states';
import { undecidable } from '../domain/undecidable';
import type { Store } from '../store/port';
import type { ReminderTexts } from '../third-party/rules';
import { archiveDocument } from './documents/archive-document';
import { dossierDocument } from './documents/dossier-document';
import { duplicateDocument } from './documents/duplicate-document';
import type { DuplicateReason } from './documents/duplicate-reasons';
import { lateNoticeLetter, type LateNoticeTexts } from './documents/late-notice';
import { letterDocument, type Letter } from './documents/letter-document';
import { reminderLetter } from './documents/reminder-letter';
import { returnsDocument } from './documents/returns-document';
import { slipDocument } from './documents/slip-document';
import { Sheet, type SheetHead } from './sheet';
import { dateTime } from './words';

/** A print under way: its pages come as they are made. */
export interface Printed {
  /** French; also the title of the document. */
  readonly title: string;
  /** PDF. Fails when its content cannot be read to the end. */
  readonly pdf: Readable;
}

export interface Prints {
  /** Errors: ARC-022; the stream: ARC-020. */
  archive(archiveId: string): Promise<Printed>;
  /** The life of one invoice, living or archived. Errors: ARC-020, ARC-028. */
  dossier(invoiceId: string): Promise<Printed>;
  /** Errors: ARC-020, ARC-028. */
  duplicate(invoiceId: string, reason: DuplicateReason): Promise<Printed>;
  /** Those of every invoice of a lot that still owes its sheet, each beginning a page. Errors: ARC-020, DEC-002 no such lot, DEC-003 none owes one. */
  duplicates(lotId: string, reason: DuplicateReason): Promise<Printed>;
  /** @param day files made on that day; null for all that are not archived. */
  slip(day: string | null): Promise<Printed>;
  /** ARL and RSP of what is not archived. */
  returns(): Promise<Printed>;
  /**
   * Tells the payer of a late invoice that it, and every other of the same practitioner and payer, could not leave in time. Errors: DEC-002 no such invoice,
   * DEC-003 it is not late.
   */
  lateNotice(invoiceId: string): Promise<Printed>;
  /** A reminder letter to a payer, as it was listed. Errors: RET-049. */
  reminder(id: string): Promise<Printed>;
}

export interface PrintParts {
  readonly archives: Archives;
  readonly teletrans: Pick<Teletrans, 'overview' | 'thirdParty'>;
  readonly reminders: ReminderTexts;
  readonly lateNotice: LateNoticeTexts;
  readonly store: Store;
  readonly practitioners: readonly Practitioner[];
  readonly words: {
    readonly invoice: (state: ShownState) => string;
    readonly lot: (state: LotState) => string;
    readonly file: (state: FileState) => string;
  };
  readonly clock: Clock;
}

export class PdfPrints implements Prints {
  constructor(private readonly parts: PrintParts) {}

  async archive(archiveId: string): Promise<Printed> {
    const contents = await this.parts.archives.contents(archiveId);
    const stateOf = ({ amo, amc }: FoundInvoice): string =>
      this.parts.words.invoice(deriveState(amo as PartState | null, amc as PartState | null));
    return this.print(`Archive ${archiveId}`, (sheet) => archiveDocument(sheet, contents, stateOf));
  }

  async dossier(invoiceId: string): Promise<Printed> {
    const dossier = await this.parts.archives.dossier(invoiceId);
    const stateWord = (state: string | null): string => (state === null ? '' : this.parts.words.invoice(state as ShownState));
    return this.print(
      `Dossier de la facture ${dossier.number}`,
      (sheet) => dossierDocument(sheet, dossier, { stateWord }),
      dossier.practitioner.number,
    );
  }

  async duplicate(invoiceId: string, reason: DuplicateReason): Promise<Printed> {
    const dossier = await this.parts.archives.dossier(invoiceId);
    const today = localDate(this.parts.clock.now());
    return this.print(
      `Duplicata de la facture ${dossier.number}`,
      (sheet) => duplicateDocument(sheet, dossier, reason, today),
      dossier.practitioner.number,
    );
  }

  async duplicates(lotId: string, reason: DuplicateReason): Promise<Printed> {
    const { lot, invoices } = await this.parts.store.read(async (session) => ({
      lot: await session.lots.get(lotId),
      invoices: await session.invoices.list({ lotId }),
    }));
    const owed = invoices.filter((invoice) => sheetOf(invoice) === 'owed');
    if (lot === null || owed.length === 0) throw undecidable(lot !== null);
    const today = localDate(this.parts.clock.now());
    const draw = async (sheet: Sheet): Promise<void> => {
      for (const [rank, { id }] of owed.entries()) {
        if (rank > 0) sheet.newPage();
        await duplicateDocument(sheet, await this.parts.archives.dossier(id), reason, today);
      }
    };
    return this.print(`Duplicatas du lot ${lot.number}`, draw, lot.billingNumber);
  }

  async slip(day: string | null): Promise<Printed> {
    const { files, lots } = await this.parts.teletrans.overview();
    const shown = files.filter(({ createdAt }) => day === null || localDate(new Date(createdAt)) === day);
    const { lot, file } = this.parts.words;
    return this.print('Bordereau de transmission', (sheet) => slipDocument(sheet, shown, lots, { lotWord: lot, fileWord: file }));
  }

  async returns(): Promise<Printed> {
    const { lots } = await this.parts.teletrans.overview();
    const remittances = await this.parts.store.read((session) => session.thirdParty.remittances.list());
    const sent = lots.filter(({ fileId }) => fileId !== null);
    return this.print('ARL et RSP', (sheet) => returnsDocument(sheet, sent, remittances, this.parts.words.lot));
  }

  async lateNotice(invoiceId: string): Promise<Printed> {
    const { teletrans, lateNotice, practitioners, clock } = this.parts;
    const { invoices } = await teletrans.overview();
    const asked = invoices.find(({ id }) => id === invoiceId);
    if (asked?.late !== true) throw undecidable(asked !== undefined);
    const { practitioner: billingNumber, payer } = asked;
    const late = invoices.filter((invoice) => invoice.late && invoice.practitioner === billingNumber && invoice.payer === payer);
    const practitioner = practitioners.find((one) => one.billingNumber === billingNumber) ?? null;
    const notice = { invoices: late, payer, billingNumber, day: localDate(clock.now()) };
    return this.letter(lateNoticeLetter(notice, lateNotice, practitioner), billingNumber);
  }

  async reminder(id: string): Promise<Printed> {
    const { teletrans, reminders, practitioners } = this.parts;
    const due = await teletrans.thirdParty.reminderLetter(id);
    const practitioner = practitioners.find(({ billingNumber }) => billingNumber === due.practitioner) ?? null;
    const letter = reminderLetter(due, reminders, practitioner);
    return this.letter(letter, due.practitioner);
  }

  private letter(letter: Letter, billingNumber: string): Printed {
    return this.print(letter.subject, (sheet) => letterDocument(sheet, letter), billingNumber);
  }

  /** @param billingNumber whose document it is; null: the whole practice's. */
  private print(title: string, draw: (sheet: Sheet) => Promise<void>, billingNumber: string | null = null): Printed {
    const { practitioners, clock } = this.parts;
    const own = practitioners.filter((practitioner) => billingNumber === null || practitioner.billingNumber === billingNumber);
    const head = {
      title,
      practice: own.map(({ name, billingNumber: number }) => `${name}, n° ${number}`),
      printedAt: `Imprimé le ${dateTime(clock.now().toISOString())}`,
    };
    return { title, pdf: Readable.from(drawn(head, draw), { objectMode: false }) };
  }
}

/** Begins to draw when somebody reads: a failure always has its reader. */
async function* drawn(head: SheetHead, draw: (sheet: Sheet) => Promise<void>): AsyncGenerator<Buffer> {
  const sheet = await Sheet.begin(head);
  const pages = sheet.stream;
  draw(sheet)
    .then(() => sheet.end())
    .catch((error: unknown) => pages.destroy(error instanceof Error ? error : new Error('the print failed')));
  for await (const part of pages) yield part as Buffer;
}
