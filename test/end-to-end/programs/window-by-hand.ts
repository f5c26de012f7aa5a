/** A person at the window of `vitale ouvrir`, at the reader and at its keypad. Screens are kept where VITALE_SCREENSHOTS names a folder. */
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { JsonLinesProcess } from '../../../src/demonstration/json-lines-process';
import { launchBrowser } from '../../support/browser';
import { EVENING, ROOT, type PracticeProcesses } from '../../support/practice-processes';
import { VirtualCard } from '../../support/virtual-pcsc/card';
import type { Rig } from '../../teletrans/reader/pcsc/programs/rig';

const PROMPT = 'Tapez le code porteur sur le clavier du lecteur';

/** Something the person waits for before typing. */
function signal(): { readonly when: Promise<void>; readonly now: () => void } {
  let now = (): void => undefined;
  const when = new Promise<void>((resolve) => (now = resolve));
  return { when, now };
}

class Person {
  private screens = 0;

  constructor(
    readonly page: Page,
    private readonly rig: Rig,
  ) {}

  async sees(text: string | RegExp): Promise<void> {
    await this.page.getByText(text).first().waitFor();
  }

  async screen(name: string): Promise<void> {
    const folder = process.env['VITALE_SCREENSHOTS'];
    this.screens += 1;
    if (folder !== undefined) await this.page.screenshot({ path: join(folder, `${String(this.screens).padStart(2, '0')}-${name}.png`) });
  }

  async typesInWindow(code: string): Promise<void> {
    await this.page.getByLabel('Code à 4 chiffres').fill(code);
    await this.page.keyboard.press('Enter');
  }

  async presses(name: string | RegExp): Promise<void> {
    await this.page.getByRole('button', { name }).click();
  }

  /** Sees the prompt, then does this on the keypad. */
  willType(typing: { readonly digits: string } | { readonly end: 'timeout' | 'cancel' }): () => Promise<void> {
    const { when, now } = signal();
    this.rig.keypad.willType({ ...typing, when });
    return async () => {
      await this.sees(PROMPT);
      now();
    };
  }
}

export async function windowByHand(rig: Rig, practice: PracticeProcesses): Promise<unknown> {
  await practice.vitale(['importer', join(ROOT, 'test/data/journee.ndjson')]);
  await rig.empty();
  const environment = { ...process.env, VITALE_HOME: practice.home, VITALE_MAINTENANT: EVENING };
  // The browser first: the program says its address once, and may be the faster of the two.
  const browser = await launchBrowser();
  const program = JsonLinesProcess.start('vitale', join(ROOT, 'vitale'), ['ouvrir', '--json'], environment);
  try {
    const { url } = await program.next((line) => 'url' in line);
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, locale: 'fr-FR', reducedMotion: 'reduce' });
    page.setDefaultTimeout(30_000);
    await page.goto(String(url));
    return await day(new Person(page, rig), rig);
  } finally {
    await browser.close();
    process.kill(program.pid ?? 0, 'SIGTERM');
    await program.stop();
  }
}

async function day(person: Person, rig: Rig): Promise<unknown> {
  const { page } = person;
  const seen: string[] = [];
  const cards = { spent: (card: VirtualCard): string => `presented=${String(card.presented)} left=${String(card.triesLeft)}` };

  await person.sees('Aucune carte CPS dans le lecteur.');
  await person.screen('no-card');
  rig.plain.insert(new VirtualCard('DEMONSTRATION', rig.written, '0000', '3B751300004409EA9000'));
  await person.sees('carte Vitale détectée');
  await person.screen('vitale-card');
  rig.plain.remove();

  // Wrong in the window, cancelled then wrong on the keypad, the last try confirmed and wrong: blocked.
  const first = await rig.put('CPS3');
  await person.sees('3 essais restants sur 3');
  const cancels = person.willType({ end: 'cancel' });
  await person.typesInWindow('1111');
  await person.sees('Code porteur incorrect. Il reste 2 essai(s).');
  await person.sees(PROMPT);
  await person.screen('wrong-code-then-keypad');
  await cancels();
  await person.sees('Saisie annulée au lecteur. Aucun essai perdu.');
  seen.push(cards.spent(first));
  await person.screen('cancelled');
  const wrong = person.willType({ digits: '2222' });
  await person.presses('Saisir le code sur le clavier du lecteur');
  await wrong();
  await person.sees('Dernier essai');
  await person.screen('last-try');
  seen.push(cards.spent(first));
  // Nothing is lit for the last try before it is confirmed.
  const asked = rig.keypad.keypadRequests.length;
  await page.getByRole('button', { name: 'Saisir le code sur le clavier du lecteur' }).click({ force: true });
  const last = person.willType({ digits: '3333' });
  await page.getByRole('checkbox').check();
  await person.presses('Saisir le code sur le clavier du lecteur');
  await last();
  await person.sees('Carte bloquée après 3 codes faux.');
  await person.screen('blocked');
  seen.push(`${cards.spent(first)} lit=${String(rig.keypad.keypadRequests.length - asked)}`);

  // Another card: the right code after an error, typed on the keypad.
  const second = await rig.put('CPS4');
  await person.sees('3 essais restants sur 3');
  const right = person.willType({ digits: '4826' });
  await person.typesInWindow('1111');
  await right();
  await person.sees('Code accepté');
  seen.push(cards.spent(second));
  await person.sees('Garder la carte ouverte');
  await person.sees(/6.factures ne partent pas avec cette carte/);
  await page.getByText('Garder la carte ouverte').click();
  await person.screen('opened');
  await person.presses('Garder ouverte');
  await person.sees('Session sans surveillance ouverte par Dupont Claire');
  await person.screen('unattended');
  await person.presses('Mettre fin à la session');
  await person.sees('3 essais restants sur 3');

  // The code in the window, then all that this card can seal leaves: the number on the button.
  await person.typesInWindow('4826');
  await person.sees('Code accepté');
  await person.presses(/^Transmettre 10 factures/);
  await person.sees(/Une partie est partie|Tout ce qui pouvait partir est parti|Tout est parti/);
  await person.screen('sent');
  seen.push(`${cards.spent(second)} verified=${String(second.verified)}`);
  await person.presses('Fermer ce compte rendu');

  // The reader is unplugged, then the service is killed; both come back.
  await rig.keypad.unplug();
  await rig.plain.unplug();
  await person.sees('Aucun lecteur détecté.');
  await person.screen('unplugged');
  await rig.keypad.plug();
  await rig.plain.plug();
  await person.sees('Dupont Claire · 3 essais restants');
  await rig.pcscd.stop('SIGKILL');
  await person.sees('Le service de cartes à puce est arrêté.');
  await person.screen('service-killed');
  await rig.startService();
  await person.sees('Dupont Claire · 3 essais restants');
  return seen;
}
