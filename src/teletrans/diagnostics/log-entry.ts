/** What is written of an event: only the fields of {@link LogFields}, each in a form that cannot hold a sentence, a NIR or an address. */
import { correlation } from './correlation';
import type { LogFields, LogLevel } from './logger';
import { isCatalogueCode, isUuid, isWord, REFUSED } from './log-values';

export interface WrittenError {
  readonly name: string;
  readonly code?: string;
  /** Where it happened: function and place in the program, innermost first. Never the message. */
  readonly frames: readonly string[];
  readonly cause?: WrittenError;
}

export interface LogEntry {
  /** ISO date-time in UTC. */
  readonly at: string;
  readonly level: LogLevel;
  readonly event: string;
  /** The same for all events of one call. */
  readonly call?: string;
  readonly id?: string;
  readonly code?: string;
  readonly count?: number;
  readonly ms?: number;
  readonly from?: string;
  readonly to?: string;
  readonly step?: string;
  readonly error?: WrittenError;
}

const MOST_FRAMES = 12;
const MOST_CAUSES = 3;

const word = (value: unknown): string => (isWord(value) ? value : REFUSED);
const identifier = (value: unknown): string => (isUuid(value) ? value : REFUSED);
const code = (value: unknown): string => (isCatalogueCode(value) ? value : REFUSED);
const number = (value: unknown): number => (typeof value === 'number' && Number.isFinite(value) ? Math.round(value * 1000) / 1000 : -1);

/** The path of a frame from the program's own folder on: what stands before may name a person. */
function shorten(file: string): string {
  const parts = file.replace(/\\/g, '/').split('/');
  const root = Math.max(...['node_modules', 'dist', 'src', 'test'].map((name) => parts.lastIndexOf(name)));
  return parts.slice(root < 0 ? -1 : root).join('/');
}

function framesOf(error: Error): string[] {
  const { stack = '', message } = error;
  const from = message === '' ? 0 : stack.indexOf(message) + message.length;
  return stack
    .slice(stack.includes(message) ? from : 0)
    .split('\n')
    .map((line) => /^ {4}at (?:([\w$.<> ]+) \()?((?:file:|node:)?[^()]+):(\d+):(\d+)\)?$/.exec(line))
    .filter((match) => match !== null)
    .slice(0, MOST_FRAMES)
    .map(([, fn = '', file = '', line = '', column = '']) => `${fn === '' ? '' : `${fn} `}${shorten(file)}:${line}:${column}`);
}

/** The name of the error's class: its own `name` may be anything. */
function classOf(error: Error): string {
  const prototype = Object.getPrototypeOf(error) as { readonly constructor?: { readonly name?: unknown } } | null;
  return word(prototype?.constructor?.name);
}

/** `ENOSPC`, `ERR_SOCKET_CLOSED`, `STO-003`. */
const isErrorCode = (value: unknown): value is string =>
  typeof value === 'string' && /^(E[A-Z0-9]{2,19}|ERR_[A-Z0-9_]{2,60}|[A-Z]{3}-[0-9]{3})$/.test(value);

function errorOf(error: unknown, depth = 0): WrittenError {
  if (!(error instanceof Error)) return { name: REFUSED, frames: [] };
  const own: unknown = 'code' in error ? error.code : undefined;
  const { cause } = error;
  return {
    name: classOf(error),
    ...(isErrorCode(own) && { code: own }),
    frames: framesOf(error),
    ...(cause instanceof Error && depth < MOST_CAUSES && { cause: errorOf(cause, depth + 1) }),
  };
}

/** The entry of an event; anything else that may have been passed with the fields is left out. */
export function logEntry(at: Date, level: LogLevel, event: string, fields: LogFields = {}): LogEntry {
  const call = correlation();
  return {
    at: at.toISOString(),
    level,
    event: word(event),
    ...(call !== null && { call }),
    ...(fields.id !== undefined && { id: identifier(fields.id) }),
    ...(fields.code !== undefined && { code: code(fields.code) }),
    ...(fields.count !== undefined && { count: number(fields.count) }),
    ...(fields.ms !== undefined && { ms: number(fields.ms) }),
    ...(fields.from !== undefined && { from: word(fields.from) }),
    ...(fields.to !== undefined && { to: word(fields.to) }),
    ...(fields.step !== undefined && { step: word(fields.step) }),
    ...('error' in fields && fields.error !== undefined && { error: errorOf(fields.error) }),
  };
}
