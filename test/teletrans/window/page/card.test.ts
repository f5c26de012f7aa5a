/** The card at the window, in Chromium over the application in memory: keypad of the reader, session nobody attends, situation proposed again, end of the card. */
import { NOW } from '../../../support/fake-practice';
import { hasBrowser } from '../../../support/browser';
import { BrowserRig } from './browser-rig';
import { BEEPS, COUNT_BEEPS } from './in-page';

jest.setTimeout(90_000);

const DUPONT = 'cartes/dupont.json';
const PROMPT = /Tapez le code porteur sur le clavier du lecteur/;

(hasBrowser() ? describe : describe.skip)('the card at the window', () => {
  let rig: BrowserRig;
  beforeAll(async () => {
    rig = await BrowserRig.start();
  });
  afterAll(async () => rig.stop());
  afterEach(async () => {
    expect(rig.complaints).toEqual([]);
    await rig.close();
  });

  const openWithKeypad = async (): Promise<void> => {
    await rig.open({}, (teletrans) => (teletrans.keypad = true));
    await rig.page.evaluate(COUNT_BEEPS);
    await rig.insertCard(DUPONT);
  };

  it('asks for the code on the keypad after a wrong one, aloud and with a sound that has a written twin', async () => {
    await openWithKeypad();
    await rig.code.fill('0000');
    await rig.code.press('Enter');
    await rig.page.getByRole('alert').filter({ hasText: PROMPT }).waitFor();
    // What was wrong stays said beside it.
    await rig.page.getByText('Il reste 2 essai(s).').waitFor();
    expect(await rig.page.evaluate<number>(BEEPS)).toBe(1);
    expect(await rig.code.count()).toBe(0);
    await rig.teletrans.typed('1234');
    await rig.page.getByText('Code accepté').waitFor();
    expect(rig.teletrans.codes).toHaveLength(1);
  });

  it.each([
    ['timeout', 'Délai de saisie dépassé au lecteur. Aucun essai perdu.'],
    ['cancel', 'Saisie annulée au lecteur. Aucun essai perdu.'],
    ['12', 'Le code doit comporter 4 chiffres. Aucun essai perdu.'],
  ])('starts nothing again by itself when the entry ends by %s', async (what, sentence) => {
    await openWithKeypad();
    await rig.page.getByRole('button', { name: 'Saisir le code sur le clavier du lecteur' }).click();
    await rig.page.getByText(PROMPT).waitFor();
    await rig.teletrans.typed(what);
    await rig.page.getByRole('alert').filter({ hasText: sentence }).waitFor();
    expect(await rig.page.getByText(PROMPT).count()).toBe(0);
    expect(rig.teletrans.calls.filter((call) => call === 'keypad')).toHaveLength(1);
    expect(await rig.page.getByText('3 essais restants sur 3').count()).toBeGreaterThan(0);
  });

  it('lights the keypad for the last try only once the person has confirmed it', async () => {
    await openWithKeypad();
    await rig.code.fill('0000');
    await rig.code.press('Enter');
    await rig.teletrans.typed('0000');
    const again = rig.page.getByRole('button', { name: 'Saisir le code sur le clavier du lecteur' });
    await again.waitFor();
    await again.click({ force: true });
    expect(await again.getAttribute('aria-disabled')).toBe('true');
    expect(rig.teletrans.calls.filter((call) => call === 'keypad')).toHaveLength(1);
    await rig.page.getByRole('checkbox').check();
    await again.click();
    await rig.teletrans.typed('0000');
    await rig.page.getByText('Carte bloquée après 3 codes faux.').first().waitFor();
  });

  it('shows the session nobody attends on every view, with who opened it, until when, and what ends it', async () => {
    await rig.open();
    await rig.openCard(DUPONT, '1234');
    await rig.page.getByText('Garder la carte ouverte').click();
    await rig.page.getByLabel('Durée').selectOption({ label: '1 heure' });
    await rig.page.getByRole('button', { name: 'Garder ouverte' }).click();
    const shown = rig.page.getByRole('status').filter({ hasText: 'Session sans surveillance ouverte par Dupont Claire' });
    await shown.waitFor();
    await rig.view(/^Factures/);
    await shown.waitFor();
    await rig.page.getByRole('button', { name: 'Mettre fin à la session' }).click();
    await rig.page.getByText('Session sans surveillance').waitFor({ state: 'detached' });
    expect(rig.teletrans.openedCard()).toBeNull();
    expect(rig.teletrans.calls).toEqual(expect.arrayContaining(['keep 60', 'closeCard']));
  });

  it('proposes the situation chosen last time', async () => {
    await rig.open();
    await rig.openCard(DUPONT, '1234');
    await rig.page.getByRole('radio', { name: /^Situation 2/ }).check();
    await rig.page.getByRole('button', { name: /^Transmettre \d/ }).click();
    await rig.page.getByRole('button', { name: 'Fermer ce compte rendu' }).click();
    await rig.code.fill('1234');
    await rig.code.press('Enter');
    await rig.page.getByRole('radio', { name: /^Situation 2/, checked: true }).waitFor();
  });

  it('announces the end of the card', async () => {
    await rig.open({}, (teletrans) => (teletrans.validUntil = new Date(NOW.getTime() + 6.5 * 86_400_000).toISOString()));
    await rig.insertCard(DUPONT);
    await rig.page.getByText('Votre carte CPS expire dans 6 jours.').waitFor();
  });
});
