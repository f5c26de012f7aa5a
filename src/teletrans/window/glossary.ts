/** The words of the trade, explained for the people of a practice: `addin/tables/glossary.json`. The window shows them where they stand, the guide has them all. */
export interface GlossaryTerm {
  /** As it is written at the head of its entry. */
  readonly word: string;
  /** Other ways it is written. */
  readonly also: readonly string[];
  /** French sentences. */
  readonly meaning: string;
}

export interface Glossary {
  readonly format: 'teletrans.glossary/1';
  readonly terms: readonly GlossaryTerm[];
}

const folded = (word: string): string => word.toLocaleLowerCase('fr');

/** The entry of a word, however it is written; null for none. */
export function termOf(terms: readonly GlossaryTerm[], word: string): GlossaryTerm | null {
  const wanted = folded(word);
  return terms.find((term) => [term.word, ...term.also].some((form) => folded(form) === wanted)) ?? null;
}
