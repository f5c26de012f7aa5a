/** Lines of the log for a bundle: read again field by field, so that a line somebody else wrote into the file goes no further. */
import { LOG_AREAS, LOG_LEVELS } from '../logger';
import { isCatalogueCode, isUuid, isWord } from '../log-values';
import type { WrittenError } from '../log-entry';
import type { Pseudonym } from './pseudonyms';

type Fields = Readonly<Record<string, unknown>>;

const FRAME = /^(?:[\w$.<> ]{1,80} )?[\w@.:/-]{1,160}:\d{1,6}:\d{1,6}$/;

const areas: ReadonlySet<string> = new Set(LOG_AREAS);
const levels: ReadonlySet<unknown> = new Set(LOG_LEVELS);
const isDate = (value: unknown): value is string =>
  typeof value === 'string' && /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/.test(value);
const isCall = (value: unknown): value is string => typeof value === 'string' && /^[0-9a-f]{8}$/.test(value);
const isEvent = (value: unknown): value is string => isWord(value) && areas.has(value.split('.', 1)[0] ?? '');
/** No number as long as a NIR. */
const isNumber = (value: unknown): value is number => typeof value === 'number' && Math.abs(value) < 1e10;

function errorOf(value: unknown, depth = 0): WrittenError | null {
  if (typeof value !== 'object' || value === null || depth > 3) return null;
  const { name, code, frames, cause } = value as Fields;
  const inner = errorOf(cause, depth + 1);
  return {
    name: isWord(name) ? name : '!',
    ...(isWord(code) ? { code } : {}),
    frames: Array.isArray(frames)
      ? frames.filter((frame): frame is string => typeof frame === 'string' && FRAME.test(frame) && !/\d{10}/.test(frame))
      : [],
    ...(inner === null ? {} : { cause: inner }),
  };
}

/** The line as it goes into a bundle, null when it is none of ours. */
export function bundledLine(line: string, pseudonym: Pseudonym): string | null {
  let fields: Fields | null;
  try {
    fields = JSON.parse(line) as Fields | null;
  } catch {
    return null;
  }
  if (typeof fields !== 'object' || fields === null) return null;
  const { at, level, event, call, id, code, count, ms, from, to, step, error } = fields;
  if (!isDate(at) || !levels.has(level) || !isEvent(event)) return null;
  const written = errorOf(error);
  return JSON.stringify({
    at,
    level,
    event,
    ...(isCall(call) ? { call } : {}),
    ...(isUuid(id) ? { id: pseudonym(id) } : {}),
    ...(isCatalogueCode(code) ? { code } : {}),
    ...(isNumber(count) ? { count } : {}),
    ...(isNumber(ms) ? { ms } : {}),
    ...(isWord(from) ? { from } : {}),
    ...(isWord(to) ? { to } : {}),
    ...(isWord(step) ? { step } : {}),
    ...(written === null ? {} : { error: written }),
  });
}

/** Every line that may go, and how many may not. */
export function bundledLines(lines: readonly string[], pseudonym: Pseudonym): string {
  const kept = lines.map((line) => bundledLine(line, pseudonym)).filter((line) => line !== null);
  return kept.map((line) => `${line}\n`).join('');
}
