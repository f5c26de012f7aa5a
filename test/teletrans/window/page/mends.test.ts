/** An invoice that waits, and the button that mends it: in Aujourd'hui and in its details, by mouse and by keyboard. */
import { hasBrowser } from '../../../support/browser';
import { violations } from '../../../support/axe';
import { BrowserRig } from './browser-rig';

jest.setTimeout(120_000);

(hasBrowser() ? describe : describe.skip)('mending what is held', () => {
  let rig: BrowserRig;
  beforeAll(async () => {
    rig = await BrowserRig.start();
  });
  afterAll(async () => rig.stop());
  beforeEach(async () => {
    await rig.open({}, (teletrans) => teletrans.unknownPayers.set('000000301', { regime: '01', fund: '352', centre: '0100' }));
    await rig.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  });
  afterEach(async () => {
    expect(rig.complaints).toEqual([]);
    await rig.close();
  });

  const heldList = (): ReturnType<BrowserRig['page']['getByRole']> => rig.page.getByRole('region', { name: /attendent quelque chose/ });

  it('says in Aujourd’hui why each one waits, and leads to where it is mended', async () => {
    const { page } = rig;
    await heldList().waitFor();
    expect(await violations(page)).toEqual([]);
    const link = heldList().getByRole('link', { name: /Compléter la table des organismes/ });
    expect(await link.getAttribute('href')).toBe('#reglages/amo-01-352-0100');
  });

  it('examines again, says that nothing changed, then releases it once its cause is gone', async () => {
    const again = heldList().getByRole('button', { name: /Vérifier de nouveau/ });
    await again.focus();
    await rig.page.keyboard.press('Enter');
    await heldList().getByText('Rien n’a changé').waitFor();
    rig.teletrans.mended.add('FAC-006');
    await rig.page.keyboard.press('Enter');
    await again.waitFor({ state: 'detached' });
    expect(rig.teletrans.invoices.find(({ number }) => number === '000000301')?.state).toBe('READY');
  });

  it('copies what is to be corrected in LOGOSw', async () => {
    await heldList()
      .getByRole('button', { name: /Copier le numéro.*302/ })
      .click();
    await heldList().getByText('Copié').waitFor();
    const text = await rig.page.evaluate<string>('navigator.clipboard.readText()');
    expect(text).toMatch(/^Facture 302 : .*\(FAC-027\)$/);
  });

  it('has the same buttons in the details of the invoice', async () => {
    const { page } = rig;
    await rig.goTo('factures');
    await page.getByRole('button', { name: /^302/ }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: /Copier le numéro/ }).waitFor();
    await dialog.getByText('se classe d’elle-même').waitFor();
    expect(await violations(page)).toEqual([]);
  });

  it('takes to paper, by name, an invoice whose payer takes nothing electronic', async () => {
    const { page, teletrans } = rig;
    await heldList()
      .getByRole('button', { name: /Passer au papier….*301/ })
      .press('Enter');
    const dialog = page.getByRole('dialog', { name: /^Passer la facture 000000301 au papier/ });
    await dialog.getByText('même si la cause disparaît ensuite').waitFor();
    expect(await violations(page)).toEqual([]);
    await dialog.getByLabel('Votre nom').fill('Claire Dupont');
    await dialog.getByLabel(/^Motif/).fill('cet organisme ne prend que le papier');
    await dialog.getByRole('button', { name: 'Passer au papier' }).press('Enter');
    await dialog.waitFor({ state: 'detached' });
    expect(teletrans.decisions).toMatchObject([{ kind: 'paper-invoice', says: { by: 'Claire Dupont' } }]);
    await heldList().getByText('Facture 301', { exact: true }).waitFor({ state: 'detached' });
    await rig.goTo('factures');
    await page.getByRole('button', { name: /^301/ }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Noter la feuille papier envoyée…' }).waitFor();
  });

  it('tells a refusal of the program in its words', async () => {
    rig.teletrans.recheckHeld = () => Promise.reject(new Error('scripted'));
    await heldList()
      .getByRole('button', { name: /Vérifier de nouveau/ })
      .click();
    await heldList().getByRole('alert').waitFor();
  });
});
