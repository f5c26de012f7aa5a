import type { HighWaterMark } from '../port';
import { textIfThere } from './read-text';

export function isMark(value: unknown): value is HighWaterMark {
  if (typeof value !== 'object' || value === null) return false;
  const { practice, journal, tip, attempts, counters, compostage } = value as Partial<Record<keyof HighWaterMark, unknown>>;
  return (
    typeof practice === 'string' &&
    Number.isInteger(journal) &&
    Number.isInteger(attempts) &&
    [tip, compostage].every((text) => typeof text === 'string') &&
    typeof counters === 'object' &&
    counters !== null
  );
}

/** A mark that cannot be read as one counts as missing: it is written whole or not at all, so only a hand can have spoilt it. Errors: STO-006. */
export async function readMark(file: string): Promise<HighWaterMark | null> {
  const text = await textIfThere(file);
  if (text === null) return null;
  try {
    const mark: unknown = JSON.parse(text);
    return isMark(mark) ? mark : null;
  } catch {
    return null;
  }
}
