/** What is typed to find rows. Pure. */
import { MOST_WORDS } from './port';

/** Without accents, in lower case: as one compares what is typed quickly. */
export const folded = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLocaleLowerCase('fr');

/** The words of a search, each to be found by itself. */
export const wordsOf = (text: string): readonly string[] =>
  folded(text)
    .split(/[\s,]+/u)
    .filter(Boolean)
    .slice(0, MOST_WORDS);
