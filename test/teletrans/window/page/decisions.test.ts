/** Decisions in the window: their consequences are the program's words, a name and a reason are asked, and nothing happens without them. */
import { hasBrowser } from '../../../support/browser';
import { sentence } from '../../../support/fake-catalogue';
import { BrowserRig } from './browser-rig';
import { FAULTS } from './in-page';

jest.setTimeout(90_000);

(hasBrowser() ? describe : describe.skip)('a decision in the window', () => {
  let rig: BrowserRig;
  beforeAll(async () => {
    rig = await BrowserRig.start();
  });
  afterAll(async () => rig.stop());
  afterEach(async () => rig.close());

  it('to send a file in doubt again states the consequences and is taken by a named person, by the keyboard alone', async () => {
    await rig.open();
    const { page, teletrans } = rig;
    await rig.view(/^Fichiers/);
    await page.getByRole('button', { name: /^Renvoyer… le fichier 000043/ }).press('Enter');
    const dialog = page.getByRole('dialog', { name: /^Renvoyer le fichier 000043/ });
    await dialog.getByText(/double paiement vous serait réclamé/).waitFor();
    expect(await page.evaluate<string[]>(FAULTS)).toEqual([]);
    const act = dialog.getByRole('button', { name: 'Renvoyer les mêmes octets' });
    await act.press('Enter');
    expect(teletrans.decisions).toEqual([]);
    await dialog.getByLabel('Votre nom').fill('Claire Dupont');
    await dialog.getByLabel(/^Motif/).fill('la caisse n’a rien reçu');
    await act.press('Enter');
    await dialog.waitFor({ state: 'detached' });
    expect(teletrans.decisions).toEqual([
      { kind: 'resend', id: 't-000043', says: { by: 'Claire Dupont', reason: 'la caisse n’a rien reçu' } },
    ]);
    await page.getByRole('button', { name: /^Renvoyer… le fichier 000043/ }).waitFor({ state: 'detached' });
    expect(rig.complaints).toEqual([]);
  });

  it('to let sending go on is asked in a banner above every view, which lasts until it is decided', async () => {
    const stop = { id: 'frein-1', decisions: ['release-brake'] as const, since: '2026-11-20T10:00:00.000Z' };
    const why = sentence({ code: 'TRA-035', details: { n: 4, date: '20/11/2026' } });
    await rig.open({}, (teletrans) => (teletrans.stops = [{ ...why, ...stop }]));
    const { page, teletrans } = rig;
    for (const name of [/^Factures/, /^Fichiers/, /^Aujourd’hui/]) {
      await rig.view(name);
      await page.locator('.stops .notice').getByText('ne renvoyez pas').waitFor();
    }
    await page.getByRole('button', { name: /^Décider…/ }).press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Reprendre les envois arrêtés ?' });
    await dialog.getByText('Rien n’est renvoyé par cette décision').waitFor();
    expect(await page.evaluate<string[]>(FAULTS)).toEqual([]);
    await dialog.getByLabel('Votre nom').fill('Claire Dupont');
    await dialog.getByLabel(/^Motif/).fill('la caisse confirme');
    await dialog.getByRole('button', { name: 'Reprendre les envois' }).press('Enter');
    await page.locator('.stops .notice').waitFor({ state: 'detached' });
    expect(teletrans.decisions).toEqual([
      { kind: 'release-brake', id: 'frein-1', says: { by: 'Claire Dupont', reason: 'la caisse confirme' } },
    ]);
    expect(rig.complaints).toEqual([]);
  });

  it('to note a sheet of paper as sent is offered where it is owed, and nothing asks for the sheet afterwards', async () => {
    await rig.open({}, (teletrans) => {
      teletrans.invoices = teletrans.invoices.map((each) => (each.id === 'f-112' ? { ...each, lot: '140', lotId: 'l-140' } : each));
    });
    const { page, teletrans } = rig;
    await page.getByText(/1.feuille papier à envoyer/).waitFor();
    await rig.view(/^Factures/);
    await page.getByRole('button', { name: /^112 : voir le détail/ }).press('Enter');
    await page.getByText('Duplicata papier', { exact: true }).click();
    const duplicates = page.getByRole('link', { name: /délai .* dépassé : duplicata/ });
    expect(await Promise.all((await duplicates.all()).map((link) => link.getAttribute('href')))).toEqual([
      '/api/print/duplicate/f-112?motif=delai',
      '/api/print/duplicates/l-140?motif=delai',
    ]);
    await page.getByRole('button', { name: 'Noter la feuille papier envoyée…' }).press('Enter');
    const dialog = page.getByRole('dialog', { name: /^Noter la feuille papier de la facture 000000112/ });
    await dialog.getByText(/La date notée est celle d’aujourd’hui/).waitFor();
    expect(await page.evaluate<string[]>(FAULTS)).toEqual([]);
    await dialog.getByLabel('Votre nom').fill('Claire Dupont');
    await dialog.getByLabel(/^Motif/).fill('postée ce soir');
    await dialog.getByRole('button', { name: 'Noter la feuille envoyée' }).press('Enter');
    await dialog.waitFor({ state: 'detached' });
    expect(teletrans.decisions).toEqual([{ kind: 'sheet-sent', id: 'f-112', says: { by: 'Claire Dupont', reason: 'postée ce soir' } }]);
    await page.getByRole('button', { name: /^112 : voir le détail/ }).press('Enter');
    const details = page.getByRole('dialog', { name: 'Facture 112' });
    await details.getByText('Papier envoyé').first().waitFor();
    await details.getByText('Feuille papier notée envoyée le 20/11/2026.').waitFor();
    expect(await details.getByRole('button', { name: /feuille/ }).count()).toBe(0);
    await details.getByRole('button', { name: 'Fermer' }).last().press('Enter');
    await rig.view(/^Aujourd’hui/);
    await page.getByText(/feuille papier/).waitFor({ state: 'detached' });
    expect(rig.complaints).toEqual([]);
  });

  it('to attach an unmatched ARL shows the files it may answer, with what agrees and what does not', async () => {
    const fits = [
      { label: 'compostage', fits: false, said: '2026112018300000009', ours: '2026112018300000001' },
      { label: 'lots', fits: true, said: '123', ours: '123' },
    ];
    await rig.open({}, (teletrans) => {
      teletrans.returns = { unmatched: 1, quarantined: 0 };
      teletrans.trayEntries = [
        {
          ...sentence({ code: 'RET-005', details: {} }),
          id: 'retour-1',
          kind: 'ARL',
          state: 'unmatched',
          receivedAt: '2026-11-20T10:00:00.000Z',
          candidates: [{ fileId: 't-000043', number: '000043', payer: 'MSA', createdAt: '2026-11-19T17:02:11Z', state: 'UNCERTAIN', fits }],
        },
      ];
    });
    const { page, teletrans } = rig;
    await rig.view(/^Retours/);
    await page.getByText('compostage : ne s’accorde pas').waitFor();
    expect(await page.evaluate<string[]>(FAULTS)).toEqual([]);
    await page.getByRole('button', { name: /^Rattacher…/ }).press('Enter');
    const dialog = page.getByRole('dialog', { name: /^Rattacher cet accusé/ });
    await dialog.getByText('ne se défait pas').waitFor();
    await dialog.getByLabel('Votre nom').fill('Claire Dupont');
    await dialog.getByLabel(/^Motif/).fill('la caisse confirme');
    await dialog.getByRole('button', { name: 'Rattacher l’accusé' }).press('Enter');
    await page.getByText('Aucun retour à regarder.').waitFor();
    expect(teletrans.decisions).toMatchObject([{ kind: 'attach-return', id: 'retour-1.t-000043' }]);
    expect(rig.complaints).toEqual([]);
  });

  it('to put a return away asks who and why, shows it among the filed ones, and can be taken back', async () => {
    await rig.open({}, (teletrans) => {
      teletrans.returns = { unmatched: 1, quarantined: 0 };
      teletrans.trayEntries = [
        {
          ...sentence({ code: 'RET-005', details: {} }),
          id: 'retour-1',
          kind: 'ARL',
          state: 'unmatched',
          receivedAt: '2026-11-20T10:00:00.000Z',
          candidates: [],
        },
      ];
    });
    const { page, teletrans } = rig;
    await rig.view(/^Retours/);
    await page.getByRole('button', { name: /^Classer…/ }).press('Enter');
    const dialog = page.getByRole('dialog', { name: /^Classer ce retour/ });
    await dialog.getByText('aucune facture ne change d’état').waitFor();
    await dialog.getByLabel('Votre nom').fill('Claire Dupont');
    await dialog.getByLabel(/^Motif/).fill('<img src=x onerror=alert(1)>');
    await dialog.getByRole('button', { name: 'Classer le retour' }).press('Enter');
    await page.getByText('1 retour classé').press('Enter');
    await page.getByText('par Claire Dupont : <img src=x onerror=alert(1)>').waitFor();
    expect(await page.evaluate<string[]>(FAULTS)).toEqual([]);
    expect(teletrans.decisions).toMatchObject([{ kind: 'file-return', id: 'retour-1' }]);
    await page.getByRole('button', { name: /^Remettre à regarder/ }).press('Enter');
    await page.getByRole('button', { name: /^Classer…/ }).waitFor();
    expect(rig.complaints).toEqual([]);
  });

  it('that cannot be taken yet says why, and offers no button', async () => {
    await rig.open({}, (teletrans) => (teletrans.refusedDecision = { code: 'TRA-032', details: { date: '21/11/2026 à 18:30' } }));
    const { page } = rig;
    await rig.view(/^Fichiers/);
    await page.getByRole('button', { name: /^Renvoyer… le fichier 000043/ }).click();
    await page.getByText('jusqu’au 21/11/2026 à 18:30').waitFor();
    expect(await page.getByRole('button', { name: 'Renvoyer les mêmes octets' }).count()).toBe(0);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(rig.teletrans.decisions).toEqual([]);
  });

  it('that fails keeps what was typed and says why', async () => {
    await rig.open({}, (teletrans) => teletrans.failures.set('resendFile', Object.assign(new Error('x'))));
    const { page } = rig;
    await rig.view(/^Fichiers/);
    await page.getByRole('button', { name: /^Renvoyer… le fichier 000043/ }).click();
    await page.getByLabel('Votre nom').fill('Claire Dupont');
    await page.getByLabel(/^Motif/).fill('essai');
    await page.getByRole('button', { name: 'Renvoyer les mêmes octets' }).click();
    await page.getByText(/HOT-999/).waitFor();
    expect(await page.getByLabel('Votre nom').inputValue()).toBe('Claire Dupont');
  });
});
