/** What is written of an event: only the fields of {@link LogFields}, each in a form that cannot hold a sentence, a NIR or an address. */
import type { LogFields, LogLevel } from './logger';

export interface WrittenError {
  readonly name: string;
  readonly code?: string;
  /** Where it happened: function and place in the program, innermost first. Never the message. */
  readonly frames: readonly string[];
  readonly cause?: WrittenError;
}

export interface LogEntry {
  readonly at: string;
  readonly level: LogLevel;
  readonly event: string;
  readonly id?: string;
  readonly code?: string;
  readonly count?: number;
  readonly ms?: number;
  readonly from?: string;
  readonly to?: string;
  readonly step?: string;
  readonly error?: WrittenError;
}

/** Written in place of a value that is not what its field is for. */
export const REFUSED = '!';

const MOST_FRAMES = 12;
const MOST_CAUSES = 3;

/** One word of the program: no blank, no accent, no sign of an address; no run of digits as long as a NIR or a billing number with its neighbours. */
const isWord = (value: unknown): value is string =>
  typeof value === 'string' && /^[A-Za-z0-9][A-Za-z0-9._:/-]{0,63}$/.test(value) && !/[0-9]{10}/.test(value);
const isUuid = (value: unknown): value is string => typeof value === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value);

const word = (value: unknown): string => (isWord(value) ? value : REFUSED);
const identifier = (value: unknown): string => (isUuid(value) ? value : word(value));
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

function errorOf(error: Error, depth = 0): WrittenError {
  const code: unknown = 'code' in error ? error.code : undefined;
  const { cause } = error;
  return {
    name: word(error.name),
    ...(code !== undefined && { code: word(code) }),
    frames: framesOf(error),
    ...(cause instanceof Error && depth < MOST_CAUSES && { cause: errorOf(cause, depth + 1) }),
  };
}

/** The entry of an event; anything else that may have been passed with the fields is left out. */
export function logEntry(at: Date, level: LogLevel, event: string, fields: LogFields = {}): LogEntry {
  const { id, code, count, ms, from, to, step, error } = fields;
  return {
    at: at.toISOString(),
    level,
    event: word(event),
    ...(id !== undefined && { id: identifier(id) }),
    ...(code !== undefined && { code: word(code) }),
    ...(count !== undefined && { count: number(count) }),
    ...(ms !== undefined && { ms: number(ms) }),
    ...(from !== undefined && { from: word(from) }),
    ...(to !== undefined && { to: word(to) }),
    ...(step !== undefined && { step: word(step) }),
    ...(error !== undefined && { error: errorOf(error) }),
  };
}
