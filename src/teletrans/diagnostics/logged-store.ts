/** The store, telling the log of every line of the journal once it is committed: at level `debug` of the area `store`. */
import type { JournalEntry, Store, StoreSession } from '../store/port';
import { codeField, idField, wordOf } from './log-values';
import type { Logger } from './logger';

function tell(logger: Logger, { entity, entityId, event, from, to, detail }: JournalEntry): void {
  logger.log('debug', 'store.journalled', {
    ...idField(entityId),
    ...codeField(String(detail['code'] ?? '')),
    step: wordOf(`${entity}.${event}`),
    ...(from === null ? {} : { from: wordOf(from) }),
    ...(to === null ? {} : { to: wordOf(to) }),
  });
}

/** A session whose journal is also written down in `lines`. */
function following(session: StoreSession, lines: JournalEntry[]): StoreSession {
  const { journal } = session;
  return {
    ...session,
    journal: {
      append: async (entry) => {
        await journal.append(entry);
        lines.push(entry);
      },
      of: (entity, entityId) => journal.of(entity, entityId),
      last: (count) => journal.last(count),
      tip: () => journal.tip(),
      tipAt: (rank) => journal.tipAt(rank),
    },
  };
}

export function logTransitions(store: Store, logger: Logger): Store {
  return {
    transaction: async (work) => {
      const lines: JournalEntry[] = [];
      const result = await store.transaction((session) => work(following(session, lines)));
      for (const line of lines) tell(logger, line);
      return result;
    },
    read: (work) => store.read(work),
    keyedHash: (text) => store.keyedHash(text),
    expectHandOvers: () => store.expectHandOvers(),
    close: () => store.close(),
  };
}
