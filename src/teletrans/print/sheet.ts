/** A document of A4 pages: the practice at the top, page n/N at the foot, black on white. PDF/A-2b: everything it needs is inside. */
import type { Readable } from 'node:stream';
import { printFonts } from './fonts';

export interface SheetHead {
  /** What the document is: `Bordereau de transmission`. */
  readonly title: string;
  /** The practitioners it is about, one a line: name and billing number. */
  readonly practice: readonly string[];
  /** When it was printed, in words. */
  readonly printedAt: string;
}

export interface Column<R> {
  readonly label: string;
  /** Share of the width; all columns together make the whole. */
  readonly width: number;
  readonly align?: 'right';
  readonly cell: (row: R) => string;
}

/** Points. A4 is 595 × 842. */
const MARGIN = 45;
const FOOT = 40;
const SIZE = { title: 15, heading: 11, text: 9, small: 7.5 } as const;
const GAP = 4;
const RULE = '#777777';
const SHADE = '#e8e8e8';

export class Sheet {
  private constructor(
    private readonly doc: PDFKit.PDFDocument,
    private readonly head: SheetHead,
  ) {
    const { regular, bold } = printFonts();
    this.doc.registerFont('regular', regular);
    this.doc.registerFont('bold', bold);
    this.doc.on('pageAdded', () => this.drawHead());
    this.doc.addPage();
  }

  /** Begins a document. What makes PDF is loaded with the first one: the start of the product goes without it. */
  static async begin(head: SheetHead): Promise<Sheet> {
    const { default: PDFDocument } = await import('pdfkit');
    const doc = new PDFDocument({
      size: 'A4',
      margins: { top: MARGIN, left: MARGIN, right: MARGIN, bottom: FOOT + 20 },
      bufferPages: true,
      pdfVersion: '1.7',
      subset: 'PDF/A-2b',
      lang: 'fr-FR',
      displayTitle: true,
      info: { Title: head.title, Creator: 'Télétransmission', Producer: 'Télétransmission' },
      font: '',
      autoFirstPage: false,
    });
    return new Sheet(doc, head);
  }

  /** The bytes of the document, as they are made; ends after {@link end}. */
  get stream(): Readable {
    return this.doc;
  }

  newPage(): void {
    this.doc.addPage();
  }

  title(text: string): void {
    this.write('bold', SIZE.title, text);
    this.doc.moveDown(0.4);
  }

  heading(text: string): void {
    this.room(60);
    this.doc.moveDown(0.4);
    this.write('bold', SIZE.heading, text);
    this.doc.moveDown(0.2);
  }

  paragraph(text: string, style: 'regular' | 'bold' = 'regular'): void {
    this.write(style, SIZE.text, text);
    this.doc.moveDown(0.3);
  }

  /** Blank lines. */
  space(lines: number): void {
    this.doc.font('regular').fontSize(SIZE.text).moveDown(lines);
  }

  /** An address where the window of an envelope is, one part a line. */
  address(lines: readonly string[]): void {
    const x = MARGIN + this.width * 0.55;
    this.doc
      .font('regular')
      .fontSize(SIZE.text)
      .text(lines.join('\n'), x, this.doc.y, { width: this.width * 0.45 });
    this.doc.x = MARGIN;
  }

  /** Names and values, one pair a line. */
  facts(pairs: readonly (readonly [string, string])[]): void {
    for (const [name, value] of pairs) {
      this.room(14);
      const { y } = this.doc;
      this.doc.font('bold').fontSize(SIZE.text).text(name, MARGIN, y, { width: 130 });
      const below = this.doc.y;
      this.doc.font('regular').text(value, MARGIN + 135, y, { width: this.width - 135 });
      this.doc.y = Math.max(below, this.doc.y) + 1;
      this.doc.x = MARGIN;
    }
    this.doc.moveDown(0.3);
  }

  /** A line to sign on, with what is to be signed. */
  signature(label: string): void {
    this.room(70);
    this.paragraph(label);
    this.space(3);
    const { y } = this.doc;
    this.doc
      .moveTo(MARGIN, y)
      .lineTo(MARGIN + 220, y)
      .lineWidth(0.6)
      .strokeColor('#000000')
      .stroke();
    this.space(0.6);
  }

  /** A table; its head is repeated on each page. */
  async table<R>(columns: readonly Column<R>[], rows: Iterable<R> | AsyncIterable<R>): Promise<void> {
    this.row(columns, (column) => column.label, true);
    for await (const row of rows) {
      if (!this.fits(this.height(columns, (column) => column.cell(row), false))) {
        this.newPage();
        this.row(columns, (column) => column.label, true);
      }
      this.row(columns, (column) => column.cell(row), false);
    }
    this.doc.moveDown(0.5);
  }

  /** Writes the page numbers, now that their count is known, and ends the stream. */
  end(): void {
    const { start, count } = this.doc.bufferedPageRange();
    for (let page = start; page < start + count; page++) {
      this.doc.switchToPage(page);
      this.doc.page.margins.bottom = 0;
      const y = this.doc.page.height - FOOT;
      this.doc.font('regular').fontSize(SIZE.small).fillColor('#000000');
      this.doc.text(this.head.printedAt, MARGIN, y, { width: this.width / 2, lineBreak: false });
      this.doc.text(`page ${page - start + 1}/${count}`, MARGIN + this.width / 2, y, {
        width: this.width / 2,
        align: 'right',
        lineBreak: false,
      });
    }
    this.doc.end();
  }

  private get width(): number {
    return this.doc.page.width - 2 * MARGIN;
  }

  private drawHead(): void {
    const { doc } = this;
    doc.font('bold').fontSize(SIZE.small).fillColor('#000000');
    doc.text(this.head.practice.join('\n'), MARGIN, MARGIN - 17, { width: this.width * 0.6 });
    const below = doc.y;
    doc.text(this.head.title, MARGIN + this.width * 0.6, MARGIN - 17, { width: this.width * 0.4, align: 'right' });
    const y = Math.max(below, doc.y) + 4;
    doc
      .moveTo(MARGIN, y)
      .lineTo(MARGIN + this.width, y)
      .lineWidth(0.6)
      .strokeColor(RULE)
      .stroke();
    doc.x = MARGIN;
    doc.y = y + 10;
  }

  private write(font: 'regular' | 'bold', size: number, text: string): void {
    this.doc.font(font).fontSize(size).fillColor('#000000').text(text, MARGIN, this.doc.y, { width: this.width });
  }

  private fits(height: number): boolean {
    return this.doc.y + height <= this.doc.page.height - this.doc.page.margins.bottom;
  }

  private room(height: number): void {
    if (!this.fits(height)) this.newPage();
  }

  private cellWidth(column: { readonly width: number }): number {
    return column.width * this.width - 2 * GAP;
  }

  private height<C extends { readonly width: number }>(columns: readonly C[], textOf: (column: C) => string, head: boolean): number {
    this.doc.font(head ? 'bold' : 'regular').fontSize(SIZE.small);
    const heights = columns.map((column) => this.doc.heightOfString(textOf(column) || ' ', { width: this.cellWidth(column) }));
    return Math.max(...heights) + 2 * GAP - 2;
  }

  private row<C extends { readonly width: number; readonly align?: 'right' }>(
    columns: readonly C[],
    textOf: (column: C) => string,
    head: boolean,
  ): void {
    const height = this.height(columns, textOf, head);
    const { y } = this.doc;
    if (head) this.doc.rect(MARGIN, y, this.width, height).fill(SHADE);
    let x = MARGIN;
    this.doc.fillColor('#000000');
    for (const column of columns) {
      this.doc.text(textOf(column), x + GAP, y + GAP - 1, { width: this.cellWidth(column), align: column.align ?? 'left' });
      x += column.width * this.width;
    }
    this.doc
      .moveTo(MARGIN, y + height)
      .lineTo(MARGIN + this.width, y + height)
      .lineWidth(0.4)
      .strokeColor(RULE)
      .stroke();
    this.doc.x = MARGIN;
    this.doc.y = y + height;
  }
}
