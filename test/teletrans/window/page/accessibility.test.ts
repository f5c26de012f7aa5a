/** axe-core over every page of the window and its dialogs, light and dark, in Chromium. */
import { hasBrowser } from '../../../support/browser';
import { violations } from '../../../support/axe';
import { BrowserRig } from './browser-rig';

jest.setTimeout(120_000);

const PAGES = ['accueil', 'factures', 'lots', 'fichiers', 'retours', 'tiers-payants', 'archives', 'diagnostic', 'guide'];

(hasBrowser() ? describe : describe.skip)('no page breaks a rule of accessibility that axe-core knows', () => {
  let rig: BrowserRig;
  beforeAll(async () => {
    rig = await BrowserRig.start();
  });
  afterAll(async () => rig.stop());
  afterEach(async () => rig.close());

  const found: string[] = [];
  const look = async (where: string): Promise<void> => {
    found.push(...(await violations(rig.page)).map((fault) => `${where}: ${fault}`));
  };

  it.each(['light', 'dark'] as const)('%s', async (colorScheme) => {
    await rig.open();
    const { page } = rig;
    await page.emulateMedia({ colorScheme });
    for (const view of PAGES) {
      await rig.goTo(view);
      await look(view);
    }
    await rig.goTo('accueil');
    await rig.insertCard('cartes/kervella.json');
    await page.getByText('Dernier essai').first().waitFor();
    await look('last try');
    await rig.insertCard(null);
    await page.getByText('Aucune carte').first().waitFor();
    await rig.openCard('cartes/dupont.json', '1234');
    await look('card opened');
    await page.getByRole('button', { name: /^Transmettre \d/ }).click();
    await page.getByRole('heading', { name: 'Tout ce qui pouvait partir est parti.' }).waitFor();
    await look('result');
    await rig.goTo('factures');
    await page.getByRole('button', { name: /^301/ }).click();
    await page.getByRole('dialog').waitFor();
    await look('invoice');
    await page.keyboard.press('Escape');
    await rig.goTo('fichiers/t-000041');
    await page.getByText('Enregistrements 1 à').waitFor();
    await page.locator('.record summary').first().click();
    await look('file');
    await rig.goTo('lots');
    await page.getByRole('button', { name: /Remettre à envoyer/ }).click();
    await page.getByRole('dialog').waitFor();
    await look('decision');
    expect(found.splice(0)).toEqual([]);
  });
});
