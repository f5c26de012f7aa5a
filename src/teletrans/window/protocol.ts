/**
 * What the window's server and its page say to each other: JSON over HTTP on the loopback interface, and server-sent events.
 * The views themselves are those of the application port.
 */
import type { Allocation, ClaimRef, ReminderLetter } from '../application/third-party-port';
import type { CardReport, Explained, Progress, ReturnsReport, TransmitReport } from '../application/port';
import type { Bundle } from '../diagnostics/bundle/bundle-model';
import type { LogLevel } from '../diagnostics/logger';
import type { SwitchState } from '../diagnostics/switch-setting';
import type { MailServerName, SettingsChange } from '../settings/port';
import type { RecipientTable, RowChange } from '../settings/recipient-table';

/** Body of every answer that is not a success. */
export type ApiError = Explained;

/** GET /api/reader. */
export type ReaderView = CardReport;

/** GET /api/cards: null when the reader is a real one. */
export type VirtualCards = readonly { readonly file: string; readonly holderName: string }[] | null;

/** GET /api/print: whose printer takes prints, null when they are files only. */
export interface PrintServiceView {
  readonly service: string | null;
}

/** One transmission or collection of this process; it runs while `endedAt` is null. */
export interface WorkView {
  /** 1 for the first of this process. */
  readonly id: number;
  readonly kind: 'transmit' | 'collect';
  /** ISO date-times in UTC. */
  readonly startedAt: string;
  readonly endedAt: string | null;
  readonly progress: Progress | null;
  /** It can still be cancelled: nothing is sealed yet. */
  readonly cancellable: boolean;
  /** A person asked to cancel it; it stops at the end of the step. */
  readonly cancelling: boolean;
  /** Set when a transmission ended with a report. */
  readonly report: TransmitReport | null;
  /** Set when a collection ended well. */
  readonly returns: ReturnsReport | null;
  /** Set when the work ended with an error. */
  readonly error: Explained | null;
}

/** GET /api/transmission: the work under way or the last one, null before the first. */
export interface WorkAnswer {
  readonly work: WorkView | null;
}

/** POST /api/transmit. */
export interface TransmitBody {
  /** 9 digits, or null for that of the card. */
  readonly praticien: string | null;
  /** One character, or null for every situation of the card. */
  readonly situation: string | null;
  /** A person chose the situation among several. */
  readonly choisie?: boolean;
}

/** POST /api/card/keep: for how long the opened card stays open for work nobody attends. */
export interface KeepBody {
  readonly minutes: number;
}

/** POST /api/card/insert; null takes the card out. */
export interface InsertBody {
  readonly file: string | null;
}

/** GET /api/calendar/good-friday. */
export interface GoodFridayView {
  readonly asked: boolean;
}

/** POST /api/calendar/good-friday: the commune keeps Good Friday, or does not. */
export interface GoodFridayBody {
  readonly goodFriday: boolean;
}

/** POST /api/backups/folder: where automatic backups go; null: none are made. */
export interface BackupFolderBody {
  readonly folder: string | null;
}

/** POST /api/settings: what changed since `version`, and which consequences the person confirmed. */
export interface SettingsBody {
  readonly version: string;
  readonly change: SettingsChange;
  readonly confirmed: readonly string[];
}

/** POST /api/settings/back: the version before takes the place of this one. */
export type GoBackBody = Omit<SettingsBody, 'change'>;

/** POST /api/settings/connection. */
export interface ConnectionBody extends Omit<SettingsBody, 'confirmed'> {
  readonly server: MailServerName;
}

/** POST /api/settings/recipients: one row of a routing table. */
export interface RecipientBody extends RowChange {
  readonly table: RecipientTable;
  readonly version: string;
  readonly confirmed: readonly string[];
}

/** POST /api/settings/recipients/back. */
export type RecipientBackBody = Pick<RecipientBody, 'table' | 'version'>;

/** POST of a person's decision: who, and why. */
export interface DecisionBody {
  readonly nom: string;
  readonly motif: string;
}

/** GET /api/diagnostics: whether diagnostics are on. */
export interface DiagnosticsView {
  readonly state: SwitchState['state'];
  /** ISO date-time in UTC, null while off. */
  readonly until: string | null;
  readonly by: SwitchState['by'];
  readonly level: LogLevel;
  readonly areas: SwitchState['levels']['areas'];
  /** The manifest cannot be used as it stands; the last good setting holds. */
  readonly faulty: boolean;
}

/** POST /api/diagnostics/bundle: what the bundle holds; GET /api/diagnostics/bundle/ID then gives this very one as a zip file. */
export interface BundleView extends Bundle {
  readonly id: string;
}

/** POST of the decision to attach a return. */
export interface AttachBody extends DecisionBody {
  /** Id of the file. */
  readonly fichier: string;
}

/** The events of GET /api/events, by name. */
export interface WindowEvents {
  /** First event of each connection; `instance` changes when the program has been started again. */
  readonly hello: { readonly instance: string };
  readonly changed: Readonly<Record<string, never>>;
  readonly progress: WorkView;
  readonly result: WorkView;
}

/** Body of POST /api/archives/search. */
export interface SearchBody {
  readonly text: string;
}

/** Name and reason of a person, as {@link DecisionBody}. */
interface Says {
  readonly nom: string;
  readonly motif: string;
}

/** A reminder letter that is due. */
export interface ReminderBrief extends Omit<ReminderLetter, 'claims'> {
  /** Days since the oldest of its invoices was sent. */
  readonly oldest: number;
  /** Invoices reminded before. */
  readonly again: number;
}

/** Bodies of POST /api/third-party/…, by act. */
export interface ThirdPartyBodies {
  readonly reconcile: Says & { readonly line: number; readonly allocations: readonly Allocation[] };
  readonly validate: Says & { readonly choices: readonly (ClaimRef & { readonly line: number })[] };
  readonly aside: Says & { readonly line: number };
  readonly takeup: Says & { readonly line: number };
  readonly close: Says & ClaimRef;
  /** `batch`: from the history. */
  readonly undo: Says & { readonly batch: string };
  readonly anyway: Says & { readonly returnId: string };
  readonly adjust: Says & ClaimRef & { readonly amount: number };
  /** `letters`: identifiers of what was printed. */
  readonly reminded: Says & { readonly letters: readonly string[] };
  readonly asidereturn: Says & { readonly returnId: string };
  readonly takeupreturn: Says & { readonly returnId: string };
  readonly note: Says & ClaimRef;
  /** `nom` follows it from now on. */
  readonly owner: Says & ClaimRef;
}

/** Names a download that was asked for; good once. */
export interface ExportView {
  readonly id: string;
}
