/** The page in Chromium, over the application in memory: what a person does, by keyboard. */
import { VitaleError } from '../../../../src/teletrans/domain/errors';
import { hasBrowser } from '../../../support/browser';
import { fakeFile, fakeInvoice, fakeLot } from '../../../support/fake-practice';
import { BrowserRig } from './browser-rig';
import {
  CODE_FIELD,
  FOCUSED_AS_THE_DIALOG_WENT,
  FOCUSED_FIELD,
  FOCUSED_ID,
  FOCUSED_TAG,
  HEADER_LINES,
  SEALING_SHOWN,
  TITLE,
  WATCH_THE_DIALOG_GO,
} from './in-page';

jest.setTimeout(90_000);

(hasBrowser() ? describe : describe.skip)('the window in a browser', () => {
  let rig: BrowserRig;
  beforeAll(async () => {
    rig = await BrowserRig.start();
  });
  afterAll(async () => rig.stop());
  afterEach(async () => rig.close());

  it('is walked from the card to the result by keyboard alone; Enter in the code field never sends', async () => {
    await rig.open({ stepMs: 30 });
    const { page } = rig;
    expect(await page.evaluate<string>(TITLE)).toBe('(3 !) Aujourd’hui – Télétransmission');
    await page.keyboard.press('Tab');
    expect(await rig.focused()).toBe('Aller au contenu');
    await page.keyboard.press('Enter');
    expect(await page.evaluate<string>(FOCUSED_TAG)).toBe('MAIN');

    await rig.tabTo(/^Carte de Dupont Claire/);
    await rig.tabTo(/^Insérer$/);
    await page.keyboard.press('Enter');
    await rig.code.waitFor();
    expect(await page.getByText('3 essais restants sur 3').count()).toBeGreaterThan(0);
    expect(await page.getByRole('row', { name: /Mutuelle Armor Santé DRE 1/ }).count()).toBe(1);

    await rig.tabTo(/^code-porteur$/);
    await page.keyboard.type('12a34');
    expect(await rig.code.inputValue()).toBe('1234');
    await page.keyboard.press('Escape');
    expect(await rig.code.inputValue()).toBe('1234');
    await page.keyboard.press('Enter');
    await page.getByText('Code accepté').waitFor();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    expect(await rig.focused()).toMatch(/^Code accepté/);
    expect(rig.teletrans.invoices.filter((invoice) => invoice.state === 'READY')).toHaveLength(15);

    await rig.tabTo(/^Refermer la carte$/);
    await rig.tabTo(/^Garder la carte ouverte/);
    await page.keyboard.press('Tab');
    expect(await rig.focused()).toBe('Situation d’exercice');
    await page.getByRole('tooltip').waitFor();
    await page.keyboard.press('Tab');
    expect(await page.evaluate<string>(FOCUSED_FIELD)).toBe('situation');
    await rig.tabTo(/^Transmettre 10 factures$/);
    await page.keyboard.press('Enter');
    await rig.until(SEALING_SHOWN);
    await page.getByRole('heading', { name: 'Tout ce qui pouvait partir est parti.' }).waitFor();
    expect(await rig.focused()).toBe('Tout ce qui pouvait partir est parti.');
    expect(await page.getByRole('log').innerText()).toContain('Tout ce qui pouvait partir est parti.');
    await page.getByText('5 factures à envoyer.').waitFor();
    expect(rig.teletrans.codes[0]).toEqual(Buffer.alloc(4));

    await rig.tabTo(/^Fermer ce compte rendu$/);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Transmettre' }).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: 'Transmettre' }).waitFor();
    expect(rig.complaints).toEqual([]);
  });

  it('clears the code at once, says a wrong one with the tries left, and asks again', async () => {
    await rig.open();
    const { page } = rig;
    await rig.insertCard('cartes/dupont.json');
    await rig.code.fill('9999');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').getByText('Il reste 2 essai(s)').waitFor();
    expect(await rig.code.inputValue()).toBe('');
    expect(await page.evaluate<string>(FOCUSED_ID)).toBe('code-porteur');
    expect(await page.getByText('2 essais restants sur 3').count()).toBeGreaterThan(0);
    expect(await page.evaluate<string[]>(CODE_FIELD)).toEqual(['password', 'numeric', 'off']);
    expect(await page.content()).not.toContain('9999');
    expect(JSON.stringify(await rig.context.storageState())).not.toContain('9999');
  });

  it('uses the last try only when that is confirmed', async () => {
    await rig.open();
    const { page } = rig;
    await rig.insertCard('cartes/kervella.json');
    await page.getByRole('alert').getByText('Dernier essai').waitFor();
    await rig.code.fill('2468');
    await page.keyboard.press('Enter');
    expect(rig.teletrans.codes).toEqual([]);
    await page.getByLabel(/J’ai compris/).check();
    await rig.code.press('Enter');
    await page.getByText('Code accepté').waitFor();
  });

  it('asks no code of a blocked card and says the way out; another practitioner’s card is noticed', async () => {
    await rig.open();
    const { page } = rig;
    await rig.insertCard('cartes/bloquee.json');
    await page.getByText('CPS-005').waitFor();
    expect(await rig.code.count()).toBe(0);
    // The header keeps to one line at 1280 pixels; the hint under the button speaks of the card.
    expect(await page.evaluate<number>(HEADER_LINES)).toBe(1);
    expect(await page.locator('#pourquoi-envoi').innerText()).toMatch(/^Carte bloquée après 3 codes faux\. Débloquez la carte/);
    await rig.insertCard('cartes/morel.json');
    await page.getByText('La carte dans le lecteur est celle de Morel Hugo.').waitFor();
    await page.getByRole('radio', { name: /Morel Hugo/ }).check();
    await page.getByText('La carte dans le lecteur est celle de Morel Hugo.').waitFor({ state: 'detached' });
  });

  it('sends frozen files without a code', async () => {
    await rig.open({}, (teletrans) => {
      const lot = fakeLot('300', [fakeInvoice(900, 'SEALED')], { state: 'IN_FILE', fileId: '000300' });
      teletrans.invoices = [fakeInvoice(900, 'SEALED', { lotId: lot.id, fileId: '000300' })];
      teletrans.lots = [lot];
      teletrans.files = [fakeFile('000300', [lot], { state: 'FROZEN', handedOverAt: null })];
    });
    await rig.page.getByRole('button', { name: 'Envoyer 1 fichier sécurisé sans code' }).click();
    await rig.page.getByRole('heading', { name: 'Tout est parti.', level: 3 }).waitFor();
  });

  it.each([
    ['down', 'Rien n’est parti.', 'Pas parti'],
    ['cut', 'Une partie est partie.', 'En doute'],
  ] as const)('says in words what came of a line that is %s, and what to do', async (line, title, word) => {
    await rig.open({}, (teletrans) => (teletrans.line = line));
    const { page } = rig;
    await rig.openCard('cartes/dupont.json', '1234');
    await page.getByRole('button', { name: /^Transmettre/ }).click();
    await page.getByRole('heading', { name: title }).waitFor();
    expect(await page.getByText('Fichiers à suivre').count()).toBe(1);
    await rig.view(/^Fichiers/);
    await page
      .getByRole('cell', { name: new RegExp(word) })
      .first()
      .waitFor();
  });

  it('says why a transmission cannot start', async () => {
    await rig.open();
    await rig.openCard('cartes/dupont.json', '1234');
    rig.teletrans.failures.set('transmit', new VitaleError('TRA-018'));
    await rig.page.getByRole('button', { name: /^Transmettre/ }).click();
    await rig.page.getByRole('alert').getByText('TRA-018').waitFor();
  });

  it('cancels a transmission until the card seals, says that nothing left, and Escape never does it', async () => {
    await rig.open({ stepMs: 150 });
    const { page } = rig;
    await rig.openCard('cartes/dupont.json', '1234');
    await page.getByRole('button', { name: /^Transmettre \d/ }).click();
    const cancel = page.getByRole('button', { name: 'Annuler l’envoi' });
    await cancel.waitFor();
    await page.keyboard.press('Escape');
    expect(await page.getByText('Annulation demandée').count()).toBe(0);
    await cancel.click();
    await page.getByRole('heading', { name: 'Envoi annulé.' }).waitFor();
    await page.getByText('rien n’est parti').first().waitFor();
    expect(rig.teletrans.invoices.filter(({ state }) => state === 'READY')).toHaveLength(15);
  });

  it('cannot cancel once the card seals, and says so', async () => {
    await rig.open({ stepMs: 60 });
    await rig.openCard('cartes/dupont.json', '1234');
    await rig.page.getByRole('button', { name: /^Transmettre \d/ }).click();
    await rig.page.getByText('La sécurisation a commencé : l’envoi va jusqu’à sa fin.').waitFor();
    expect(await rig.page.getByRole('button', { name: 'Annuler l’envoi' }).count()).toBe(0);
    expect((await rig.harness.post('/api/transmission/cancel')).status).toBe(401);
    await rig.page.getByRole('heading', { name: 'Tout ce qui pouvait partir est parti.' }).waitFor();
  });

  it('collects the returns and says what came', async () => {
    await rig.open();
    await rig.page.getByRole('button', { name: 'Relever les retours' }).click();
    await rig.page.getByText('Retours : 2 lots acceptés.').first().waitFor();
  });

  it('shows the result though the answer to the request comes after it', async () => {
    await rig.open();
    const { page } = rig;
    await page.route('**/api/collect', async (route) => {
      const answer = await route.fetch();
      await page.getByText('Retours relevés.').first().waitFor();
      await route.fulfill({ response: answer });
    });
    const answered = page.waitForResponse('**/api/collect');
    await page.getByRole('button', { name: 'Relever les retours' }).click();
    expect((await answered).status()).toBe(202);
    await page.getByRole('button', { name: 'Relever les retours' }).isEnabled();
    expect(await page.getByRole('heading', { name: 'Retours relevés.' }).count()).toBe(1);
  });

  it('shows refused lots with their ARL and releases one after saying what follows; Escape does nothing', async () => {
    await rig.open();
    const { page } = rig;
    await rig.view(/^Lots/);
    await page.getByText('L008 LOT DEJA RECU').waitFor();
    const release = page.getByRole('button', { name: /Remettre à envoyer/ });
    await release.click();
    await page.getByRole('dialog').getByText('ne resservira pas').waitFor();
    // The key after Escape is for the button already: the focus is back in the step in which the dialog goes.
    await page.evaluate(WATCH_THE_DIALOG_GO);
    await page.keyboard.press('Escape');
    expect(await page.evaluate<string>(FOCUSED_AS_THE_DIALOG_WENT)).toMatch(/^Remettre à envoyer/);
    expect(rig.teletrans.calls).not.toContain('release l-122');
    await release.click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remettre à envoyer' }).click();
    await page.getByRole('cell', { name: /Abandonné/ }).waitFor();
    expect(rig.teletrans.calls).toContain('release l-122');
  });

  it('lists, filters, sorts and details the invoices', async () => {
    await rig.open();
    const { page } = rig;
    await page.getByRole('link', { name: /En retard/ }).click();
    await page.getByText('1 facture sur 27').waitFor();
    await page.getByRole('button', { name: /voir le détail/ }).click();
    expect(await page.getByRole('link', { name: /^Courrier à l’organisme pour le retard/ }).getAttribute('href')).toMatch(
      /^\/api\/print\/late-notice\/f-\d+$/,
    );
    await page.keyboard.press('Escape');
    await page.getByLabel('État').selectOption('HELD');
    await page.getByText('2 factures sur 27').waitFor();
    await page.getByRole('button', { name: /^301/ }).click();
    await page.getByRole('dialog').getByText('FAC-006').waitFor();
    await page.keyboard.press('Escape');
    await page.getByLabel('État').selectOption('');
    await page.getByRole('button', { name: 'Montant' }).click();
    expect(await page.getByRole('columnheader', { name: 'Montant' }).getAttribute('aria-sort')).toBe('ascending');
    await page.getByLabel('Recherche').fill('rien de tel');
    await page.getByText('Aucune facture ne répond à ces choix.').waitFor();
  });

  it('follows changes made elsewhere', async () => {
    await rig.open();
    rig.teletrans.invoices = [];
    rig.teletrans.lots = [];
    rig.teletrans.returns = { unmatched: 2, quarantined: 1 };
    rig.teletrans.changed();
    await rig.page.getByText('Aucune facture pour le moment.').waitFor();
    await rig.page.getByText('2 retours à rattacher ou à vérifier et 1 message illisible mis de côté').waitFor();
  });
});
