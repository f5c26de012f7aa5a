/**
 * The log as the rest of the product sees it. An event is a word of the program and typed fields. The types let nothing else in: a text known only at run time (a
 * name, a NIR, a code porteur, a free sentence) is no {@link Word}, a plain number (an amount) is no {@link Count}. `log-entry.ts` checks again what is written.
 */
import type { CatalogueCode, Count, Milliseconds, Uuid, Word } from './log-values';

export const LOG_LEVELS = ['error', 'warn', 'info', 'debug'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** The parts of the product whose level can be set apart; an event begins with the name of its area. */
export const LOG_AREAS = ['program', 'diagnostics', 'host', 'window', 'intake', 'card', 'sending', 'returns', 'store'] as const;
export type LogArea = (typeof LOG_AREAS)[number];
export type LogEvent = `${LogArea}.${string}`;

/** What is written: a level, and another one for some areas. */
export interface LogLevels {
  readonly level: LogLevel;
  readonly areas: Readonly<Partial<Record<LogArea, LogLevel>>>;
}

export const USUAL_LEVELS: LogLevels = { level: 'info', areas: {} };

/** `T` when it is a word written in the program, or one of several; `never` for a text known only at run time. */
// An index signature takes the empty object, named members do not: that tells `string` and its patterns from words written out.
// eslint-disable-next-line @typescript-eslint/no-generated-empty-object-type -- the empty object is what is asked about
export type Literal<T extends string> = Record<never, never> extends Record<T, 1> ? never : T;

/** The fields as they are written: what a logger is given in the end. */
export interface LogFields {
  /** Our own identifier of an invoice, lot, file or return, or of an error shown to a person. */
  readonly id?: Uuid;
  /** A code of the error catalogue. */
  readonly code?: CatalogueCode;
  readonly count?: Count;
  readonly ms?: Milliseconds;
  readonly from?: string;
  readonly to?: string;
  /** Phase, step or result. */
  readonly step?: string;
  /** Whatever was thrown: its name, code and places in the program are written, its message never. */
  readonly error?: unknown;
}

/** The fields as the product may give them: its words are those of the program. */
export interface GivenFields<F extends string, T extends string, S extends string> extends Omit<LogFields, 'from' | 'to' | 'step'> {
  readonly from?: Literal<F> | Word;
  readonly to?: Literal<T> | Word;
  readonly step?: Literal<S> | Word;
}

export interface Logger {
  log<E extends LogEvent, F extends string = never, T extends string = never, S extends string = never>(
    level: LogLevel,
    event: Literal<E>,
    fields?: GivenFields<F, T, S>,
  ): void;
}
