/** The practice's routing tables as the window sees them: where each payer is written to. */
import type { SettingConfirmation, SettingFault } from './port';
import type { RecipientTable, RowChange, TableRow } from './recipient-table';

export interface RecipientTableView {
  readonly table: RecipientTable;
  readonly title: string;
  /** Of the file as it was read. */
  readonly version: string;
  readonly columns: readonly {
    readonly name: string;
    readonly label: string;
    readonly help: string;
    readonly choices: readonly string[] | null;
  }[];
  readonly rows: readonly TableRow[];
  /** When the version before was replaced, ISO date-time; null when there is none. */
  readonly previous: string | null;
}

export interface RecipientsView {
  /** The practice has tables of its own; false: those shipped with the add-in. */
  readonly own: boolean;
  readonly tables: readonly RecipientTableView[];
}

/** Saved, or why not. Places are names of columns. */
export type RecipientsOutcome =
  | { readonly saved: true; readonly view: RecipientsView }
  | { readonly saved: false; readonly faults: readonly SettingFault[]; readonly confirmations: readonly SettingConfirmation[] };

export interface Recipients {
  /** Errors: STO-…, CFG-001, CFG-002. */
  read(): Promise<RecipientsView>;
  /** Changes one row. A practice without tables of its own gets a copy of the shipped ones first. Errors: CFG-009, TRA-018, LOT-014, STO-… */
  save(table: RecipientTable, version: string, change: RowChange, confirmed: readonly string[]): Promise<RecipientsOutcome>;
  /** Puts the version before in the place of this one. Errors: CFG-009, CFG-010, TRA-018, LOT-014, STO-… */
  goBack(table: RecipientTable, version: string): Promise<RecipientsOutcome>;
}
