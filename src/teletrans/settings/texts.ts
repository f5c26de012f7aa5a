/** What people are told of each setting: `addin/tables/settings.json`. The shapes themselves are those of the schema. */

import type { RecipientTable } from './recipient-table';

export interface FieldText {
  readonly label: string;
  readonly help: string;
  /** What to do when what is written does not fit. */
  readonly wrong: string;
  readonly effect: 'live' | 'restart';
  /** Words of the values of a choice. */
  readonly words?: Readonly<Record<string, string>>;
  /** Shown only while another field has this value. */
  readonly when?: { readonly place: string; readonly value: string };
  /** Name of the confirmation that a change asks for. */
  readonly confirm?: string;
  /** A file of the data folder. */
  readonly file?: boolean;
}

export interface ConfirmationText {
  readonly title: string;
  readonly lines: readonly string[];
  /** Lines that come first when the field becomes this. */
  readonly values?: Readonly<Record<string, readonly string[]>>;
}

export interface GroupText {
  readonly id: string;
  readonly title: string;
  readonly about: string;
  readonly server?: 'smtp' | 'pop3';
  /** Place of the list the group is. */
  readonly list?: { readonly place: string; readonly item: string };
  /** Places of its fields, in their order. */
  readonly fields: readonly string[];
}

export interface SettingsTexts {
  readonly groups: readonly GroupText[];
  /** By place, `-` for a rank. */
  readonly fields: Readonly<Record<string, FieldText>>;
  readonly confirmations: Readonly<Record<string, ConfirmationText>>;
  /** The routing tables, by column. */
  readonly recipients: Readonly<
    Record<
      RecipientTable,
      { readonly title: string; readonly columns: Readonly<Record<string, Pick<FieldText, 'label' | 'help' | 'wrong'>>> }
    >
  >;
  /** What is said of a field that must not be empty. */
  readonly empty: string;
}
