/** The settings page in Chromium: read, typed, corrected, confirmed, saved, taken back; by keyboard too. */
import { hasBrowser } from '../../../support/browser';
import { violations } from '../../../support/axe';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RECIPIENT_COLUMNS, wrongCells } from '../../../../src/teletrans/settings/recipient-columns';
import type { Recipients, RecipientsView } from '../../../../src/teletrans/settings/recipients-port';
import type { SettingsTexts } from '../../../../src/teletrans/settings/texts';
import { CABINET, SettingsRig, TABLES } from '../../../support/settings-rig';
import { BrowserRig } from './browser-rig';
import { FAULTS, FOCUSED_ID, SIDEWAYS } from './in-page';

jest.setTimeout(120_000);

const TEXTS = JSON.parse(readFileSync(join(TABLES, 'settings.json'), 'utf8')) as SettingsTexts;

(hasBrowser() ? describe : describe.skip)('the settings page', () => {
  let rig: BrowserRig;
  let practice: SettingsRig;
  const saves: unknown[] = [];
  const columns = RECIPIENT_COLUMNS.amo.map(({ name, choices }) => ({
    name,
    choices,
    help: '',
    label: TEXTS.recipients.amo.columns[name]?.label ?? '',
  }));
  const view = (): RecipientsView => ({
    own: saves.length > 2,
    tables: [{ table: 'amo', title: 'Les caisses (AMO)', version: '0'.repeat(64), columns, rows: [], previous: null }],
  });
  const recipients: Recipients = {
    read: () => Promise.resolve(view()),
    goBack: () => Promise.reject(new Error('nothing before')),
    save: (_table, _version, { cells }, confirmed) => {
      saves.push(cells);
      const faults = wrongCells('amo', cells ?? []).map((place) => ({ place, message: TEXTS.recipients.amo.columns[place]?.wrong ?? '' }));
      const asked = { id: 'ownTables', title: 'Prendre les tables en main', lines: ['Une copie est faite.'] };
      if (faults.length > 0 || confirmed.length === 0)
        return Promise.resolve({ saved: false, faults, confirmations: faults.length > 0 ? [] : [asked] });
      return Promise.resolve({ saved: true, view: view() });
    },
  };
  beforeAll(async () => {
    rig = await BrowserRig.start();
  });
  afterAll(async () => rig.stop());
  beforeEach(async () => {
    practice = new SettingsRig();
    saves.length = 0;
    await rig.open({}, undefined, { settings: practice.desk, recipients });
    await rig.view(/Réglages/);
    await rig.page.getByRole('heading', { name: 'Le cabinet' }).waitFor();
  });
  afterEach(async () => {
    expect(rig.complaints).toEqual([]);
    await rig.close();
    practice.close();
  });

  const save = (): Promise<void> => rig.page.getByRole('button', { name: 'Enregistrer', exact: true }).click();
  const saved = (): Promise<void> => rig.page.locator('.setting-bar').getByText('Réglages enregistrés.').waitFor();
  const smtp = (label: string): ReturnType<BrowserRig['page']['getByLabel']> =>
    rig.page.getByRole('region', { name: /SMTP/ }).getByLabel(label);

  it('changes a value, says so, and goes back in one click', async () => {
    const { page } = rig;
    await smtp('Port').fill('587');
    await page.getByText('1 modification non enregistrée').waitFor();
    await save();
    await saved();
    expect(practice.text).toBe(CABINET.replace('2525', '587'));
    await page.getByRole('button', { name: /Revenir à la version/ }).click();
    await page
      .locator('.setting-bar')
      .getByText(/de nouveau en place/)
      .waitFor();
    expect(practice.text).toBe(CABINET);
    expect(await smtp('Port').inputValue()).toBe('2525');
  });

  it('tells each fault beside its field, and puts the focus in the first', async () => {
    const { page } = rig;
    await page.getByLabel('Département').fill('Bretagne');
    await smtp('Port').fill('99999');
    await save();
    await page.getByText('2 valeurs à corriger').waitFor();
    expect(await page.evaluate(FOCUSED_ID)).toBe('reglage-region');
    expect(await smtp('Port').getAttribute('aria-invalid')).toBe('true');
    await page.getByText('Écrivez un nombre de 1 à 65535, d’ordinaire 465 ou 587.').waitFor();
    expect(await violations(page)).toEqual([]);
    expect(await page.evaluate(FAULTS)).toEqual([]);
    expect(practice.text).toBe(CABINET);
    await page.getByRole('button', { name: 'Annuler mes modifications' }).click();
    expect(await page.getByLabel('Département').inputValue()).toBe('35');
  });

  it('asks before what has consequences; Escape changes nothing', async () => {
    const { page } = rig;
    await page.getByLabel('Mode').selectOption('test');
    await save();
    await page.getByRole('dialog', { name: 'Changer de mode ?' }).waitFor();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(practice.text).toBe(CABINET);
    await save();
    await page.getByRole('button', { name: 'Confirmer et enregistrer' }).click();
    await saved();
    expect(practice.text).toContain('"mode": "test"');
    await page.getByText('Des réglages enregistrés attendent la prochaine ouverture').first().waitFor();
    await page.getByText('le module travaille encore avec la valeur d’avant').waitFor();
  });

  it('never shows a password, keeps one that is not retyped, and tries the connection with what is typed', async () => {
    const { page } = rig;
    expect(await page.content()).not.toContain('CANARI');
    const pop3 = page.getByRole('region', { name: /POP3/ });
    await pop3.getByLabel('Mot de passe').fill('CANARI-tape');
    await pop3.getByRole('button', { name: /Vérifier la connexion/ }).click();
    await pop3.getByText('La connexion est bonne').waitFor();
    expect(practice.tried[0]?.link.password).toBe('CANARI-tape');
    practice.outcome = { code: 'CFG-028', details: {} };
    await pop3.getByRole('button', { name: /Vérifier la connexion/ }).click();
    await pop3.getByText('Le serveur refuse l’identifiant ou le mot de passe.').waitFor();
    await save();
    await saved();
    expect(await pop3.getByLabel('Mot de passe').inputValue()).toBe('');
    expect(await page.content()).not.toContain('CANARI');
    expect(practice.secrets).toHaveLength(1);
  });

  it('adds and takes out a practitioner', async () => {
    const { page } = rig;
    await page.getByRole('button', { name: 'Ajouter un praticien' }).click();
    await rig.until(`document.activeElement.id === 'reglage-practitioners-2-name'`);
    await page.keyboard.type('KERVELLA ANNE');
    await page.keyboard.press('Tab');
    await page.keyboard.type('999000038');
    await save();
    await page.getByText('La clé de ce numéro de facturation').waitFor();
    expect(await page.evaluate(FOCUSED_ID)).toBe('reglage-practitioners-2-billingNumber');
    await page.getByRole('group', { name: 'praticien 3' }).getByLabel('Numéro de facturation').fill('999000037');
    await page.getByRole('button', { name: 'Retirer : praticien 2' }).click();
    await save();
    await page.getByRole('button', { name: 'Confirmer et enregistrer' }).click();
    await saved();
    expect(JSON.parse(practice.text)).toMatchObject({
      practitioners: [
        { billingNumber: '999000011', poste: 12 },
        { name: 'KERVELLA ANNE', billingNumber: '999000037' },
      ],
    });
  });

  it('keeps what is typed when the file changed on the disk, and reads it again', async () => {
    const { page } = rig;
    await smtp('Port').fill('587');
    practice.write(CABINET.replace('"35"', '"29"'));
    await save();
    await page.getByText('Le fichier a changé sur le disque').waitFor();
    await page.getByRole('button', { name: 'Relire le fichier' }).click();
    await rig.until(`document.getElementById('reglage-region').value === '29'`);
    expect(await smtp('Port').inputValue()).toBe('587');
    await save();
    await saved();
    expect(practice.text).toBe(CABINET.replace('"35"', '"29"').replace('2525', '587'));
  });

  it('writes nothing while a transmission runs, and keeps what is typed when another page is looked at', async () => {
    const { page } = rig;
    await smtp('Port').fill('587');
    await smtp('Mot de passe').fill('un secret');
    practice.transmitting = true;
    await save();
    await page.getByText('Une transmission est déjà en cours').waitFor();
    expect(practice.text).toBe(CABINET);
    await rig.view(/Aujourd’hui/);
    await rig.view(/Réglages/);
    await page.getByText('1 modification non enregistrée').waitFor();
    expect(await smtp('Port').inputValue()).toBe('587');
    expect(await smtp('Mot de passe').inputValue()).toBe('');
    practice.transmitting = false;
    await save();
    await saved();
  });

  it('shows what depends on another choice', async () => {
    const { page } = rig;
    expect(await page.getByLabel('Nom du lecteur').count()).toBe(0);
    await page.locator('#reglage-reader-kind').selectOption('pcsc');
    await page.getByLabel('Nom du lecteur').waitFor();
    expect(await page.getByLabel('Carte dans le lecteur virtuel').count()).toBe(0);
  });

  it('is done whole by keyboard, on a small screen, light and dark', async () => {
    const { page } = rig;
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await violations(page)).toEqual([]);
    }
    expect(await page.evaluate(SIDEWAYS)).toBe(0);
    await page.getByLabel('Mode').focus();
    await page.keyboard.press('Tab');
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.type('56');
    await page.keyboard.press('Enter');
    await saved();
    expect(practice.text).toContain('"56"');
  });

  it('begins the row of a payer no table knows, takes a pasted line, tells what is wrong, and asks before it saves', async () => {
    const { page } = rig;
    await rig.goTo('reglages/amo-01-352-0100');
    const dialog = page.getByRole('dialog', { name: /Ajouter une ligne/ });
    await dialog.waitFor();
    expect(await dialog.getByLabel('Caisse', { exact: true }).inputValue()).toBe('352');
    expect(await violations(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Enregistrer' }).click();
    await dialog.getByText('Écrivez une date comme 2026-01-01.').waitFor();
    await rig.until(`document.activeElement.id === 'ligne-valid_from'`);
    const line = '2026-01-01\t01\t352\t0100\tCP\t352\t352\tdirect\t01352@352.01.test.invalid\tCAISSE';
    await page.evaluate(`(() => {
      const data = new DataTransfer();
      data.setData('text/plain', ${JSON.stringify(line)});
      document.activeElement.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
    })()`);
    await dialog.getByRole('button', { name: 'Enregistrer' }).click();
    await dialog.getByText('Prendre les tables en main ?').waitFor();
    await dialog.getByRole('button', { name: 'Confirmer et enregistrer' }).click();
    await page.getByText(/Table enregistrée\. /).waitFor();
    expect(saves).toHaveLength(3);
  });

  it('goes to a group by its address', async () => {
    await rig.goTo('reglages/retours');
    await rig.until(`document.activeElement.id === 'titre-reglages-retours'`);
  });

  it('offers the version before where the file cannot be read any more', async () => {
    const { page } = rig;
    await smtp('Port').fill('587');
    await save();
    await saved();
    practice.write('{"mode":');
    await page.reload();
    await page.getByText('ce n’est plus un fichier JSON').waitFor();
    await page.getByRole('button', { name: /Revenir à la version/ }).click();
    await page
      .locator('.setting-bar')
      .getByText(/de nouveau en place/)
      .waitFor();
    expect(practice.text).toBe(CABINET);
  });
});
