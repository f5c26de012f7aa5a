/** The diagnostics page in Chromium. */
import { hasBrowser } from '../../../support/browser';
import { BrowserRig } from './browser-rig';

const suite = hasBrowser() ? describe : describe.skip;

suite('the diagnostics page', () => {
  let rig: BrowserRig;
  beforeAll(async () => {
    rig = await BrowserRig.start();
  }, 120_000);
  afterAll(() => rig.stop());
  beforeEach(() => rig.open());
  afterEach(async () => {
    expect(rig.complaints).toEqual([]);
    await rig.close();
  });

  it('shows a sign while diagnostics are on, without being reloaded', async () => {
    const sign = rig.page.getByRole('link', { name: 'Diagnostic activé' });
    expect(await sign.count()).toBe(0);
    rig.harness.diagnostics.set({ state: 'on', until: '2026-11-21T16:42:00.000Z', by: 'support', levels: { level: 'debug', areas: {} } });
    await sign.waitFor();
    await sign.click();
    await rig.page.getByText(/Diagnostic activé jusqu’au 21.11.2026/).waitFor();
    rig.harness.diagnostics.set({ state: 'expired' });
    await sign.waitFor({ state: 'detached' });
    await rig.page.getByText('Diagnostic arrêté : son temps est écoulé.').waitFor();
  });

  it('is reached and used by keyboard: checks, then a bundle that is shown before it is saved', async () => {
    await rig.view(/Diagnostic/);
    await rig.tabTo(/^Vérifier$/);
    await rig.page.keyboard.press('Enter');
    const card = rig.page.getByRole('row', { name: /Carte CPS/ });
    await card.waitFor();
    expect(await card.innerText()).toMatch(/À voir[\s\S]*Insérez une carte CPS/);
    await rig.tabTo(/Préparer et montrer/);
    await rig.page.keyboard.press('Enter');
    await rig.page.getByRole('list', { name: 'Contenu du paquet' }).waitFor();
    await rig.tabTo(/versions\.json/);
    await rig.page.keyboard.press('Enter');
    await rig.page.getByText('{ "rang": 1 }').waitFor();
    await rig.tabTo(/Enregistrer diagnostic-2026/);
    const saved = rig.page.waitForEvent('download');
    await rig.page.keyboard.press('Enter');
    expect((await saved).suggestedFilename()).toBe('diagnostic-2026-11-20-1642.zip');
  });
});
