/**
 * The log as the rest of the product sees it. An event is a name and typed fields; only these field types exist, so that no text of a patient, a code porteur
 * or a free sentence can be written.
 */
export type LogLevel = 'error' | 'warn' | 'info' | 'debug';

export interface LogFields {
  /** Our own identifiers (UUID) of an invoice, lot, file or return. */
  readonly id?: string;
  /** A code of the error catalogue. */
  readonly code?: string;
  readonly count?: number;
  readonly ms?: number;
  readonly from?: string;
  readonly to?: string;
  /** Phase or step, a word of the program. */
  readonly step?: string;
  /** Name and stack of an unexpected error; messages are kept out. */
  readonly error?: Error;
}

export interface Logger {
  log(level: LogLevel, event: string, fields?: LogFields): void;
}
