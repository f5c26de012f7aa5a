/** What a person does at the window of the add-in that a reference host runs. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { JsonLinesProcess } from '../../src/demonstration/json-lines-process';
import { Person } from '../../src/demonstration/person';
import { DEMONSTRATION_CODE, PRACTITIONERS } from '../../src/demonstration/practice-box';
import type { ShownLists } from '../../src/demonstration/shown-lists';

/** Clicks on the telephone. */
export async function openWindow(host: JsonLinesProcess): Promise<Person> {
  const window = host.next((line) => line['event'] === 'window');
  host.send('invoke teletrans.ouvrir');
  return Person.open(((await window)['data'] as { url: string }).url);
}

/** Transmits for every practitioner and fetches the returns until nothing moves any more. */
export async function finish(person: Person): Promise<ShownLists> {
  for (const { card, billingNumber } of PRACTITIONERS) {
    await person.insertCard(card);
    await person.typeCode(DEMONSTRATION_CODE);
    await person.transmit(billingNumber, () => undefined);
  }
  for (let still = 0; still < 20; still++) {
    await sleep(150);
    const { arl } = await person.collect();
    if (arl.positive > 0) still = 0;
    const { files } = await person.lists();
    if (files.every((file) => file.state === 'ACKED')) break;
  }
  return person.lists();
}
