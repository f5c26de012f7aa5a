/**
 * A whole day at the real window by keyboard alone: reference host, add-in, virtual reader and local insurer in their own processes. Wrong code, last try, blocked card,
 * another practitioner's card; a lot refused, put back and sent again; and no page breaks a rule of accessibility that axe-core knows, light or dark.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { Demonstration } from '../../src/demonstration/demonstration';
import { scenarioNamed } from '../../src/demonstration/scenarios';
import { violations } from '../support/axe';
import { hasBrowser, launchBrowser } from '../support/browser';
import { ROOT } from '../support/practice-processes';
import { FOCUSED } from '../teletrans/window/page/in-page';

/** Identifier of the first file of the list. */
const FIRST_FILE = `fetch('/api/lists/files', {
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({
    choices: { states: null, practitioner: null, text: '' },
    order: { key: 'created', direction: 'asc' },
    from: 0,
    count: 1,
    view: null,
  }),
}).then((answer) => answer.json()).then(({ rows }) => rows[0].id)`;

jest.setTimeout(240_000);

/** A person who has only a keyboard. */
class Keyboard {
  constructor(readonly page: Page) {}

  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key);
  }

  /** Tab until what has the focus is called so. */
  async to(name: RegExp): Promise<void> {
    for (let presses = 0; presses < 90; presses++) {
      if (name.test(await this.page.evaluate<string>(FOCUSED))) return;
      await this.press('Tab');
    }
    throw new Error(`the keyboard does not reach ${name.source}`);
  }

  async sees(text: string | RegExp): Promise<void> {
    await this.page.getByText(text).first().waitFor();
  }

  /** Chooses the option of the list of cards by its first letters, and puts the card in. */
  async putsIn(option: string): Promise<void> {
    await this.to(/^Carte de/);
    await this.page.keyboard.type(option);
    await this.press('Tab', 'Enter');
  }

  async types(code: string): Promise<void> {
    await this.to(/^code-porteur$/);
    await this.page.keyboard.type(code);
    await this.press('Enter');
  }

  async follows(link: RegExp): Promise<void> {
    await this.to(link);
    await this.press('Enter');
  }
}

(hasBrowser() ? describe : describe.skip)('a day at the window by keyboard alone', () => {
  let home: string;
  let browser: Browser;
  let demonstration: Demonstration;
  beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), 'window-day-'));
    browser = await launchBrowser();
    const scenario = scenarioNamed('a-vous');
    if (scenario === null) throw new Error('the demonstration has no day to be done by hand');
    demonstration = new Demonstration({ root: ROOT, home, scenario, say: () => undefined });
  });
  afterAll(async () => {
    await demonstration.stop();
    await browser.close();
    rmSync(home, { recursive: true, force: true });
  });

  /** Another person's card with these tries left. */
  const addCard = (name: string, triesLeft: number): void => {
    const card = JSON.parse(readFileSync(join(home, 'cartes/morel.json'), 'utf8')) as { holder: object };
    const holder = { ...card.holder, lastName: name.toUpperCase(), firstName: 'EVE' };
    writeFileSync(join(home, 'cartes', `${name}.json`), JSON.stringify({ ...card, holder, triesLeft }), { mode: 0o600 });
  };

  it('goes from the first card to the last ARL', async () => {
    const { window } = await demonstration.run();
    addCard('zbloquee', 0);
    addCard('zdernier', 1);
    const page = await (await browser.newContext({ viewport: { width: 1280, height: 720 }, locale: 'fr-FR' })).newPage();
    page.setDefaultTimeout(30_000);
    await page.goto(window);
    const person = new Keyboard(page);
    await person.sees('24 factures à envoyer.');

    // Each card that cannot be used has its own way, and none is asked for a code it cannot take.
    await person.putsIn('Carte de Zb');
    await person.sees('CPS-005');
    expect(await page.locator('#pourquoi-envoi').innerText()).toContain('Carte bloquée');
    expect(await page.locator('#code-porteur').count()).toBe(0);
    await person.putsIn('Carte de Zd');
    await person.sees('Dernier essai');
    await person.to(/^Valider le code$/);
    await person.putsIn('Carte de M');
    await person.sees('La carte dans le lecteur est celle de Morel Jean.');
    await person.types('1234');
    await person.sees('Ces factures sont au nom d’un autre praticien.');

    // The practitioner of the card; a wrong code costs a try and says so; Enter never sends.
    await page.getByRole('radio', { name: /Dupont/ }).focus();
    await person.press('ArrowRight');
    if (!(await page.getByRole('radio', { name: /Morel/ }).isChecked())) await person.press('ArrowRight');
    expect(await page.getByRole('radio', { name: /Morel/ }).isChecked()).toBe(true);
    await person.types('9999');
    await person.sees('Il reste 2 essai(s)');
    await person.types('1234');
    await person.sees('Code accepté');
    await person.press('Enter', 'Enter', 'Escape');
    await person.sees('24 factures à envoyer.');

    await person.to(/^Transmettre 4 factures$/);
    await person.press('Enter');
    await page.getByRole('heading', { name: 'Tout est parti.' }).waitFor();
    await person.to(/^Fermer ce compte rendu$/);
    await person.press('Enter');

    /** Fetches the returns until the page says this. */
    const collectUntil = async (text: string | RegExp): Promise<void> => {
      for (let tries = 0; tries < 30 && (await page.getByText(text).count()) === 0; tries++) {
        await person.to(/^Relever les retours$/);
        await person.press('Enter');
        await person.to(/^Fermer ce compte rendu$/);
        await person.press('Enter');
        await page.waitForTimeout(300);
      }
      await person.sees(text);
    };
    await collectUntil('Lot refusé : SCELLEMENT INVALIDE.');

    // The refused lot: from the advice to the lots, its reason, the consequences, and back; then put back and sent again.
    await person.follows(/^Voir les lots refusés$/);
    await person.to(/^Remettre à envoyer/);
    await person.press('Enter');
    await person.sees('son numéro ne resservira pas');
    await person.press('Escape');
    expect(await page.getByRole('dialog').count()).toBe(0);
    await person.press('Enter');
    await person.sees('son numéro ne resservira pas');
    await person.to(/^Remettre à envoyer$/);
    await person.press('Enter');
    await page.getByRole('cell', { name: /Abandonné/ }).waitFor();
    await person.follows(/^Aujourd’hui$/);
    await page.getByRole('radio', { name: /Morel/ }).focus();
    await person.press('Space');
    await person.types('1234');
    await person.sees('Code accepté');
    await person.to(/^Transmettre 2 factures$/);
    await person.press('Enter');
    await page.getByRole('heading', { name: 'Tout est parti.' }).waitFor();
    await person.to(/^Fermer ce compte rendu$/);
    await person.press('Enter');
    for (let tries = 0; tries < 30 && !(await page.locator('.tile', { hasText: 'ARL reçus' }).innerText()).startsWith('4'); tries++) {
      await person.to(/^Relever les retours$/);
      await person.press('Enter');
      await person.to(/^Fermer ce compte rendu$/);
      await person.press('Enter');
      await page.waitForTimeout(300);
    }
    expect(await page.locator('.tile', { hasText: 'ARL reçus' }).innerText()).toMatch(/^4/);
    expect(await page.locator('.tile', { hasText: 'Refusées' }).innerText()).toMatch(/^0/);

    // Every page, with what the day left on it.
    const found: string[] = [];
    const file = await page.evaluate<string>(FIRST_FILE);
    for (const view of [
      'accueil',
      'factures',
      'lots',
      'fichiers',
      `fichiers/${file}`,
      'retours',
      'tiers-payants',
      'archives',
      'diagnostic',
      'guide',
    ]) {
      await page.evaluate(`location.hash = '#${view}'`);
      await page
        .locator(`main.view-${view.split('/')[0] ?? ''} h2`)
        .first()
        .waitFor();
      if (view.includes('/')) await person.sees(/^Enregistrements 1/);
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        found.push(...(await violations(page)).map((fault) => `${view} ${colorScheme}: ${fault}`));
      }
    }
    expect(found).toEqual([]);
  });
});
