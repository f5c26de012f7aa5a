/** The glossary as the page holds it: read once, when a word of it is first shown. */
import { useEffect, useState } from 'preact/hooks';
import type { Glossary, GlossaryTerm } from '../../glossary';
import { call } from '../api';

let reading: Promise<readonly GlossaryTerm[]> | null = null;
let known: readonly GlossaryTerm[] = [];

/** Without the program words are shown unexplained, and asked for again with the next one. */
function read(): Promise<readonly GlossaryTerm[]> {
  reading ??= call('/api/glossary').then(
    (glossary) => (known = (glossary as Glossary).terms),
    () => {
      reading = null;
      return known;
    },
  );
  return reading;
}

export function useTerms(): readonly GlossaryTerm[] {
  const [terms, setTerms] = useState(known);
  useEffect(() => {
    if (terms.length > 0) return undefined;
    let current = true;
    void read().then((found) => (current ? setTerms(found) : undefined));
    return () => {
      current = false;
    };
  }, [terms]);
  return terms;
}
