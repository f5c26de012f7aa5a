/** What the rest of the product asks of the formats. The production adapters would be the licensed components; ours are declared simulators (spec/README.md § 3). */
import type { Acknowledgement } from '../domain/acknowledgement';
import type { WrittenB2Version } from '../domain/b2-version';
import type { Invoice, LocalDate, Marking, Securing } from '../domain/invoice';

/** An invoice as its B2 records 2…5, certification zone of 5 blank. */
export interface EncodedInvoice {
  readonly number: string;
  /** Whole 128-byte records. */
  readonly bytes: Buffer;
  /** Base type 4 records. */
  readonly actLines: number;
  /** All type 2x records. */
  readonly type2: number;
  /** Centimes. */
  readonly totals: { readonly fees: number; readonly amo: number; readonly amc: number };
}

/** What records 1 and 6 say of a lot. */
export interface LotHeader {
  readonly billingNumber: string;
  /** 3 digits. */
  readonly recipientBody: string;
  /** 3 digits. */
  readonly lotNumber: string;
  readonly practitionerName: string;
  readonly lotDate: LocalDate;
  readonly security: Securing;
  readonly marking: Marking;
  readonly replacement: string | null;
}

/** What records 000 and 999 say of a file. */
export interface FileHeader {
  /** `TP` for a practitioner. */
  readonly senderType: string;
  /** 14 digits. */
  readonly senderNumber: string;
  readonly recipientType: string;
  /** 14 digits. */
  readonly recipientNumber: string;
  /** 6 digits. */
  readonly fileId: string;
  readonly fileDate: LocalDate;
}

/** Makes the certification zones of records 5 and 6 (32 characters each). */
export interface LotSealer {
  /** @param records the invoice's records 2…5, zone of 5 blank. */
  sealInvoice(records: Buffer): Promise<string>;
  /** @param lot record 1, the invoices with their zones filled, record 6 with its zone blank. */
  sealLot(lot: Buffer): Promise<string>;
}

/** By which tables an invoice is written, and what those say that the invoice does not. */
export interface Writing {
  readonly version: WrittenB2Version;
  /** RPPS, 11 digits, of whom a billing number names; null when nothing says it. Only the late version asks. */
  readonly rppsOf: (billingNumber: string) => string | null;
}

export interface LotFormatter {
  /** Records 2…5 of one invoice. Errors: FAC-001, FAC-011, FAC-016 naming the field; nothing is ever cut but names and addresses. */
  encodeInvoice(invoice: Invoice, writing: Writing): EncodedInvoice;
  /** Record 1, the invoices and record 6, sealed. Errors: FAC-011 when a count or total does not fit. */
  encodeLot(header: LotHeader, invoices: readonly EncodedInvoice[], sealer: LotSealer): Promise<Buffer>;
}

export interface FileFormatter {
  /** 000, the sealed lots and 999. Errors: LOT-010 when the file does not pass {@link FileChecker}. */
  encodeFile(header: FileHeader, lots: readonly Buffer[]): Buffer;
}

export interface ArlTranslator {
  /** Throws {@link ArlUnreadable} for anything that is not a whole, coherent ARL file of a marking the profile allows. */
  translate(bytes: Buffer): Acknowledgement;
}

/** The bytes are not an ARL that may be believed: they are quarantined and no state changes. */
export class ArlUnreadable extends Error {
  constructor(readonly reason: string) {
    super(reason);
    this.name = 'ArlUnreadable';
  }
}

/** A fault found in a file (positions 1-based, records counted from 1). */
export interface FileFault {
  readonly record: number;
  readonly field: string | null;
  readonly position: number | null;
  /** French. */
  readonly message: string;
  /** In how many records it stands, this one the first of them; one when nothing is said. */
  readonly occurrences?: number;
}

/** One record or entity, explained. */
export interface ExplainedRecord {
  /** `000`, `2S`, `4M`, `290`… or `?` when unknown. */
  readonly type: string;
  readonly fields: Readonly<Record<string, string>>;
}

export interface ExplainedFile {
  readonly family: 'b2' | 'noemie' | 'arl0' | 'unknown';
  readonly records: readonly ExplainedRecord[];
  readonly faults: readonly FileFault[];
}
