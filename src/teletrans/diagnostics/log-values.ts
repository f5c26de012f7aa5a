/** The values a log may hold, each made by a function that says what it is: see {@link LogFields}. */
import { isVitaleError } from '../domain/errors';

/** An identifier of ours, as `crypto.randomUUID` makes it. */
export type Uuid = `${string}-${string}-${string}-${string}-${string}`;

/** `FAC-003`. */
export type CatalogueCode = string & { readonly catalogueCode: unique symbol };

/** A number of things (invoices, files, mails, bytes, days), never an amount of money. */
export type Count = number & { readonly count: unique symbol };

export type Milliseconds = number & { readonly milliseconds: unique symbol };

/** One word of the program, known at run time only: the name of a state, of a table. */
export type Word = string & { readonly word: unique symbol };

/** Written in place of a value that is not what its field is for. */
export const REFUSED = '!';

const WORD = /^[A-Za-z][A-Za-z0-9._:/-]{0,63}$/;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const CODE = /^[A-Z]{3}-[0-9]{3}$/;

/** Begins with a letter; no blank, no accent, no sign of an address; no run of digits as long as a NIR or a billing number. */
export const isWord = (value: unknown): value is Word => typeof value === 'string' && WORD.test(value) && !/[0-9]{8}/.test(value);
export const isUuid = (value: unknown): value is Uuid => typeof value === 'string' && UUID.test(value);
export const isCatalogueCode = (value: unknown): value is CatalogueCode => typeof value === 'string' && CODE.test(value);

/** A number of things. */
export const countOf = (things: number): Count => things as Count;
export const millisecondsOf = (duration: number): Milliseconds => duration as Milliseconds;

/** A code of the catalogue as a field of the log; nothing when the text is no code. */
export function codeField(code: string): { readonly code?: CatalogueCode } {
  return isCatalogueCode(code) ? { code } : {};
}

/** An identifier as a field of the log; nothing when the text is none of ours. */
export function idField(id: string): { readonly id?: Uuid } {
  return isUuid(id) ? { id } : {};
}

/** What may be logged of an error: its code alone when it is one of ours that was foreseen, where it happened otherwise. */
export function failureField(error: unknown): { readonly code?: CatalogueCode; readonly error?: unknown } {
  return isVitaleError(error) ? codeField(error.code) : { error };
}

/** A state or an event of the journal as a word of the log. */
export const wordOf = (text: string): Word => (isWord(text) ? text : (REFUSED as Word));
