/** Words and states are explained where they stand, as WCAG 1.4.13 asks: by hover and by focus, dismissed by Escape alone, kept while the pointer is on them. */
import type { Locator, Page } from 'playwright-core';
import { violations } from '../../../support/axe';
import { hasBrowser } from '../../../support/browser';
import { fakeClaim } from '../../../support/fake-third-party';
import { BrowserRig } from './browser-rig';
import { TIP_PLACE } from './in-page';

/** The word in the table of what leaves: it stands at the foot of the page too, and the table may come after that. */
const wordIn = (page: Page, word: string): Locator => page.getByRole('table').getByRole('button', { name: word, exact: true });

(hasBrowser() ? describe : describe.skip)('explanations in the window', () => {
  let rig: BrowserRig;
  beforeAll(async () => {
    rig = await BrowserRig.start();
  }, 60_000);
  afterAll(async () => rig.stop());
  afterEach(async () => rig.close());

  it('come by focus, are read with the word, and go by Escape, which does nothing else', async () => {
    await rig.open();
    const { page } = rig;
    const word = wordIn(page, 'FSE');
    await word.focus();
    const tip = page.getByRole('tooltip');
    await tip.waitFor();
    expect(await tip.innerText()).toBe('Feuille de soins électronique\u00a0: la part AMO d’une facture.');
    expect(await word.getAttribute('aria-describedby')).toBe(await tip.getAttribute('id'));
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await tip.waitFor({ state: 'detached' });
    expect(await rig.focused()).toBe('FSE');
    await page.keyboard.press('Enter');
    await tip.waitFor();
    await page.keyboard.press('Tab');
    expect(await page.getByText('Feuille de soins électronique').count()).toBe(0);
    expect(rig.complaints).toEqual([]);
  });

  it('come by hover, stay while the pointer is on them, and cover neither the word nor the edge of the screen', async () => {
    await rig.open();
    const { page } = rig;
    const word = wordIn(page, 'AMC');
    await word.hover();
    const tip = page.getByRole('tooltip');
    await tip.waitFor();
    const place = await page.evaluate<{ apart: number; inside: boolean }>(TIP_PLACE);
    expect(place).toEqual({ apart: 0, inside: true });
    await tip.hover();
    // Longer than it takes to open or close.
    await page.waitForTimeout(400);
    expect(await tip.isVisible()).toBe(true);
    await page.mouse.move(2, 700);
    await tip.waitFor({ state: 'detached' });
  });

  it('of a state say what it means and what to do, and lead to its row of the guide; the list is found as it was', async () => {
    await rig.open({}, ({ thirdParty }) => thirdParty.set([fakeClaim('000000101', { state: 'REJECTED' })]));
    const { page } = rig;
    await rig.view(/^Tiers payants/);
    await page.getByLabel('Montrer').selectOption('all');
    const badge = page.getByRole('link', { name: 'Rejetée : aide' });
    await badge.focus();
    expect(await page.getByRole('tooltip').innerText()).toContain('Lire le motif, puis corriger ou réclamer.');
    await badge.press('Enter');
    await rig.until(`document.activeElement?.id === 'chaque-etat-d-une-facture-rejetee'`);
    expect(await rig.focused()).toContain('L’organisme refuse de payer cette facture.');
    await page.goBack();
    await page.getByLabel('Montrer').waitFor();
    expect(await page.getByLabel('Montrer').inputValue()).toBe('all');
    expect(rig.complaints).toEqual([]);
  });

  it('inside a dialog close before it does', async () => {
    await rig.open();
    const { page } = rig;
    await rig.goTo('factures');
    await page.getByRole('button', { name: /^301/ }).click();
    const dialog = page.getByRole('dialog');
    const badge = dialog.getByRole('link', { name: /: aide$/ }).first();
    await page.getByText('Histoire de la facture').waitFor();
    // The dialog gave it the focus: nobody has asked for an explanation yet.
    expect(await page.getByRole('tooltip').count()).toBe(0);
    await dialog.getByRole('button', { name: 'Fermer' }).focus();
    await badge.focus();
    await page.getByRole('tooltip').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('tooltip').waitFor({ state: 'detached' });
    expect(await dialog.isVisible()).toBe(true);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
  });
});
