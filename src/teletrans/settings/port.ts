/**
 * The practice's settings as the window sees them: what `cabinet.json` holds, field by field, and how it is changed. A password goes in and never comes out.
 */
import type { Explained } from '../application/port';
import type { HeldReason } from '../store/port';

/** What a field may hold; null: empty. */
export type SettingValue = string | number | boolean | null;

/** How a password is kept: in a file of ours, in a file the practice named, in clear in `cabinet.json`, or not at all. */
export type SecretState = 'none' | 'kept' | 'named-file' | 'clear';

/** What is wrong with one field, or with the file as a whole (`place` empty). */
export interface SettingFault {
  /** `/network/smtp/port`, ranks in lists as numbers. */
  readonly place: string;
  /** French: what is wrong and what to do. */
  readonly message: string;
}

export interface SettingFieldView {
  readonly place: string;
  readonly kind: 'text' | 'number' | 'flag' | 'choice' | 'secret';
  readonly label: string;
  readonly help: string;
  /** It cannot be left empty. */
  readonly required: boolean;
  readonly choices: readonly { readonly value: string; readonly label: string }[] | null;
  readonly minimum: number | null;
  readonly maximum: number | null;
  /** What the file says; of a password always null. */
  readonly value: SettingValue;
  /** Null for what is no password. */
  readonly secret: SecretState | null;
  /** Shown only while another field has this value. */
  readonly when: { readonly place: string; readonly value: string } | null;
  /** When a change takes effect: at once, or when the program is next started. */
  readonly effect: 'live' | 'restart';
  /** The file says something else than what the program works with: it waits for the next start. */
  readonly pending: boolean;
}

export interface SettingGroupView {
  readonly id: string;
  readonly title: string;
  readonly about: string;
  /** The mail server its check is about. */
  readonly server: MailServerName | null;
  readonly fields: readonly SettingFieldView[];
  /** A list whose items are added and taken out; `fields` is then empty. */
  readonly list: SettingListView | null;
}

export interface SettingListView {
  readonly place: string;
  /** Word of one item: `praticien`. */
  readonly item: string;
  /** An item as it is when it is added. */
  readonly template: readonly SettingFieldView[];
  readonly items: readonly (readonly SettingFieldView[])[];
}

export interface SettingsView {
  /** Of the file as it was read; a change is refused when the file is another one by then. */
  readonly version: string;
  /** Absolute path of the data folder. */
  readonly folder: string;
  readonly groups: readonly SettingGroupView[];
  /** What is wrong in the file as it stands. */
  readonly faults: readonly SettingFault[];
  /** Something waits for the next start. */
  readonly pending: boolean;
  /** When the version before was replaced, ISO date-time; null when there is none. */
  readonly previous: string | null;
}

export type MailServerName = 'smtp' | 'pop3';

/** What a person changed; everything else stays as the file has it. */
export interface SettingsChange {
  /** By place. */
  readonly values: Readonly<Record<string, SettingValue>>;
  /** By place of the list, the items that stay, in their order, then the new ones (`from` null); by name of the member what changed. */
  readonly lists: Readonly<
    Record<string, readonly { readonly from: number | null; readonly values: Readonly<Record<string, SettingValue>> }[]>
  >;
}

/** A change with a consequence a person confirms first. */
export interface SettingConfirmation {
  readonly id: string;
  readonly title: string;
  readonly lines: readonly string[];
}

/** Saved, or why not. Nothing is written unless `saved`. */
export type SettingsOutcome =
  | { readonly saved: true; readonly view: SettingsView }
  | { readonly saved: false; readonly faults: readonly SettingFault[]; readonly confirmations: readonly SettingConfirmation[] };

/** How a connection to a mail server went. */
export interface ConnectionView extends Explained {
  readonly ok: boolean;
}

export interface Settings {
  /** Of a file that is no JSON: no groups, and that fault. Errors: CFG-001. */
  read(): Promise<SettingsView>;
  /**
   * Checks a change of the version that was read, and writes it.
   * @param confirmed ids of what the person confirmed. Errors: CFG-009 when the file is another one by now, TRA-018 while a transmission runs, STO-… .
   */
  save(version: string, change: SettingsChange, confirmed: readonly string[]): Promise<SettingsOutcome>;
  /** Puts the version before in the place of this one, which becomes the version before. Errors: as `save`, CFG-010 when there is none. */
  goBack(version: string, confirmed: readonly string[]): Promise<SettingsOutcome>;
  /**
   * Opens a connection with what is typed, signs in, and leaves again: nothing is sent, fetched or deleted. A password kept for another server or another account is
   * not used. Errors: CFG-009.
   */
  tryConnection(version: string, change: SettingsChange, server: MailServerName): Promise<ConnectionView>;
  /** Everything wrong in the file as it stands; nothing is written. Errors: CFG-001, CFG-008. */
  verify(): Promise<readonly SettingFault[]>;
}

/** A fault found beyond the schema: a file that is not there, a server that may not be spoken to in clear. */
export interface FoundFault {
  readonly place: string;
  readonly reason: HeldReason;
}

export interface FileContent {
  readonly text: string;
  /** SHA-256 of its bytes, hexadecimal. */
  readonly version: string;
  /** ISO date-time of its last writing. */
  readonly at: string;
}

/** A file of the practice with the version before beside it. */
export interface VersionedFile {
  /** Null when there is none. */
  read(): Promise<FileContent | null>;
  previous(): Promise<FileContent | null>;
  /** The present text becomes the version before; then, durably, the file is the new one. Errors: STO-… */
  replace(text: string): Promise<void>;
}

/** Passwords in files that only the user can read. */
export interface SecretFiles {
  /** Keeps a password under a new name, relative to the data folder. Errors: STO-… */
  keep(server: MailServerName, password: string): Promise<string>;
  /** True for a name made by `keep`. */
  isOurs(file: string): boolean;
  /** Removes what `keep` made and nobody names any more. */
  sweep(named: ReadonlySet<string>): Promise<void>;
}
