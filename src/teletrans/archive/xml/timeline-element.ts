/** What the journal says of one thing, as an archive keeps it. */
import type { JournalEntry } from '../../store/port';
import { element, type XmlElement } from './element';

export function timelineElement(journal: readonly JournalEntry[]): XmlElement {
  return element(
    'evenements',
    {},
    journal.map(({ at, actor, event, from, to, detail }) =>
      element(
        'evenement',
        { le: at, par: actor, fait: event, de: from, vers: to },
        Object.entries(detail).map(([name, value]) => element('precision', { nom: name, valeur: value })),
      ),
    ),
  );
}
