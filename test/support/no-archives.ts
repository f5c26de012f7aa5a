/** A practice that has archived nothing yet, for the tests of the window. */
import type { Archives, PurgeReport } from '../../src/teletrans/archive/port';
import type { Prints } from '../../src/teletrans/print/prints';

const NOTHING: PurgeReport = { archived: 0, kept: [], archive: null };
const none = (): Promise<never> => Promise.reject(new Error('nothing is archived'));

export const NO_ARCHIVES: { readonly archives: Archives; readonly prints: Prints } = {
  archives: {
    simulate: () => Promise.resolve(NOTHING),
    purge: () => Promise.resolve(NOTHING),
    announce: () => Promise.resolve(null),
    postpone: () => Promise.resolve(),
    atOpening: () => Promise.resolve(null),
    list: () => Promise.resolve([]),
    verify: () => Promise.resolve({ ok: true, faults: [] }),
    search: () => Promise.resolve([]),
    dossier: none,
    contents: none,
    xml: () => {
      throw new Error('nothing is archived');
    },
  },
  prints: {
    archive: none,
    dossier: none,
    duplicate: none,
    slip: none,
    returns: none,
    letter: () => {
      throw new Error('nothing to print');
    },
  },
};
