/** The shape of the journal, without its content: which transitions, how often, in which order, under pseudonyms. */
import type { JournalEntry, Store } from '../../store/port';
import { isCatalogueCode, wordOf } from '../log-values';
import type { Pseudonym } from './pseudonyms';

const MOST_LINES = 2000;

function tally(words: readonly string[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1;
  return counts;
}

function lineOf({ at, entity, entityId, event, from, to, detail }: JournalEntry, pseudonym: Pseudonym): object {
  const code = detail['code'];
  return {
    at,
    entity,
    id: pseudonym(entityId),
    event: wordOf(event),
    ...(from === null ? {} : { from: wordOf(from) }),
    ...(to === null ? {} : { to: wordOf(to) }),
    ...(isCatalogueCode(code) ? { code } : {}),
  };
}

/** States by kind, and the last transitions. Errors: those of the store. */
export async function journalShape(store: Store, pseudonym: Pseudonym): Promise<object> {
  return store.read(async ({ invoices, lots, files, returns, journal }) => {
    const last = await journal.last(MOST_LINES);
    return {
      states: {
        invoiceParts: Object.fromEntries((await invoices.countByState()).map(({ part, state, count }) => [`${part}.${state}`, count])),
        lots: tally((await lots.list()).map(({ state }) => state)),
        files: tally((await files.list()).map(({ state }) => state)),
        returns: tally((await returns.list()).map(({ kind, state }) => `${kind}.${state}`)),
      },
      transitions: tally(last.map(({ entity, event }) => `${entity}.${wordOf(event)}`)),
      last: last.map((entry) => lineOf(entry, pseudonym)),
    };
  });
}
