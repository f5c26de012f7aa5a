/** The file that every backup carries: where it is found in a data folder, that folder was restored, by our command or by hand, and sending is frozen. */
import type { Restoration } from '../port';
import { isMark } from './marks';
import { textIfThere } from './read-text';

export const restorationText = (restoration: Restoration): string => `${JSON.stringify(restoration)}\n`;

/** @returns null when there is none; one that cannot be understood still says that the folder was restored. Errors: STO-006. */
export async function readRestoration(file: string): Promise<Restoration | null> {
  const text = await textIfThere(file);
  if (text === null) return null;
  try {
    const { id, marks } = JSON.parse(text) as Partial<Restoration>;
    if (typeof id === 'string' && Array.isArray(marks)) return { id, marks: marks.filter(isMark) };
  } catch {
    // Told below.
  }
  return { id: 'illisible', marks: [] };
}
