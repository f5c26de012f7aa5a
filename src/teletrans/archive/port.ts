/** The archives as the faces see them: window, standalone program, add-in. Amounts are centimes, dates `AAAA-MM-JJ`, date-times ISO in UTC. */
import type { Explained } from '../application/port';
import type { InvoiceKind, LocalDate } from '../domain/invoice';

/** One step of a purge, for people: `done` of `total`. */
export interface PurgeProgress {
  readonly step: 'choosing' | 'writing' | 'verifying' | 'removing';
  readonly done: number;
  readonly total: number;
}

export interface KeptView extends Explained {
  readonly number: string;
  /** Only time is missing: nobody has to do anything. */
  readonly young: boolean;
}

export interface PurgeReport {
  readonly archived: number;
  readonly kept: readonly KeptView[];
  /** Identifier of the archive; null for a simulation and when nothing went. */
  readonly archive: string | null;
}

/** What is shown before a purge happens. */
export interface PurgeNotice {
  /** Invoices that will go. */
  readonly invoices: number;
  /** Retention in days. */
  readonly days: number;
  /** The first day on which the program does it by itself when it is opened. */
  readonly runsFrom: LocalDate;
}

export interface ArchiveView {
  readonly id: string;
  readonly createdAt: string;
  /** First and last day of completion of its invoices; null when it holds none. */
  readonly from: LocalDate | null;
  readonly to: LocalDate | null;
  readonly invoices: number;
  readonly lots: number;
  readonly files: number;
  readonly returns: number;
  readonly bytes: number;
  readonly sha256: string;
}

export interface VerificationReport {
  readonly ok: boolean;
  /** `archive`: the identifier of the archive concerned. */
  readonly faults: readonly (Explained & { readonly archive: string })[];
}

/** An archived invoice in a list of findings. */
export interface FoundInvoice {
  readonly archive: string;
  readonly id: string;
  readonly number: string;
  readonly kind: InvoiceKind;
  readonly practitioner: string;
  readonly beneficiary: string;
  readonly completedOn: LocalDate;
  readonly fees: number;
  /** State before it was archived. */
  readonly amo: string | null;
  readonly amc: string | null;
}

/** One event of an invoice's life, in words. */
export interface TimelineLine {
  readonly at: string;
  /** French. */
  readonly what: string;
  /** Who: `logiciel`, `extérieur`, or a person. */
  readonly who: string;
  /** What proves it (a code, a reply, a hash); empty for nothing. */
  readonly proof: string;
}

/** Everything about one invoice, living or archived: what a dispute with a payer needs. */
export interface Dossier {
  readonly number: string;
  readonly kind: InvoiceKind;
  /** The archive it is in; null while it lives in the store. */
  readonly archive: string | null;
  readonly practitioner: { readonly number: string; readonly name: string | null };
  readonly patient: { readonly name: string; readonly birthDate: string; readonly nir: string };
  readonly payer: string | null;
  readonly completedOn: LocalDate;
  readonly deadline: LocalDate;
  readonly thirdParty: string;
  readonly securing: string;
  readonly amounts: { readonly fees: number; readonly amo: number; readonly amc: number };
  /** Name of the state people are shown (`ShownState`). */
  readonly amo: string | null;
  readonly amc: string | null;
  readonly lot: { readonly number: string; readonly date: LocalDate; readonly sha256: string | null } | null;
  readonly file: {
    readonly fileId: string;
    readonly date: LocalDate;
    readonly sha256: string | null;
    readonly messageId: string | null;
  } | null;
  readonly acts: readonly {
    readonly date: LocalDate;
    readonly code: string;
    readonly detail: string;
    readonly fee: number;
    readonly amo: number;
    readonly amc: number | null;
  }[];
  readonly timeline: readonly TimelineLine[];
}

export interface Archives {
  /** What a purge would do now. Errors: ARC-021. */
  simulate(): Promise<PurgeReport>;
  /** Errors: TRA-018, ARC-020, ARC-021, ARC-023, STO-001. */
  purge(onProgress: (progress: PurgeProgress) => void): Promise<PurgeReport>;
  /** What a purge would take, to be shown to a person now; null when there is nothing to show. The person counts as told. Errors: ARC-021. */
  announce(): Promise<PurgeNotice | null>;
  /** Not now: nothing happens by itself, and nothing is shown, for a week. */
  postpone(): Promise<void>;
  /** At each opening: takes up a purge that was interrupted, runs one that was announced and not put off. @returns null when there was none to run. */
  atOpening(): Promise<PurgeReport | null>;
  list(): Promise<readonly ArchiveView[]>;
  /** Reads every archive whole. */
  verify(onProgress: (done: number, total: number) => void): Promise<VerificationReport>;
  /** Archived invoices with this number, or whose patient has this name or NIR. At most {@link MAX_FOUND}. Errors: ARC-020. */
  search(text: string): Promise<readonly FoundInvoice[]>;
  /** Errors: ARC-028 for an invoice that is not known. */
  dossier(invoiceId: string): Promise<Dossier>;
  /** The XML text of an archive, in clear. Errors: ARC-020, ARC-022. */
  xml(archiveId: string): AsyncIterable<Buffer>;
  /** Everything of an archive a print shows. Errors: ARC-020, ARC-022. */
  contents(archiveId: string): Promise<ArchiveContents>;
}

/** An archive's items as a print goes through them, in the order of the file. */
export interface ArchiveContents {
  readonly view: ArchiveView;
  readonly invoices: AsyncIterable<FoundInvoice>;
}

/** The most a search gives. */
export const MAX_FOUND = 200;
