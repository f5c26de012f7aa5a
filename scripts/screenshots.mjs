/**
 * Takes the pictures of the documents: every page of the window over the demonstration practice, light and dark, into docs/screenshots.
 * Run after `node scripts/bootstrap.mjs`: `node scripts/screenshots.mjs [folder]`. All data is invented.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { ROOT } from './bootstrap.mjs';

const require = createRequire(import.meta.url);
const { Demonstration } = require(join(ROOT, 'dist/demonstration/demonstration.js'));
const { scenarioNamed } = require(join(ROOT, 'dist/demonstration/scenarios.js'));

/** The moment of the demonstration. */
const EVENING = '2026-11-20T18:40:00+01:00';
const folder = process.argv[2] ?? join(ROOT, 'docs/screenshots');
mkdirSync(folder, { recursive: true });

const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
});

/** The page as it is, light and dark. */
async function take(page, name) {
  for (const [scheme, end] of [
    ['light', 'clair'],
    ['dark', 'sombre'],
  ]) {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    await page.waitForTimeout(300);
    await page.screenshot({ path: join(folder, `fenetre-${name}-${end}.png`) });
  }
}

async function goTo(page, view) {
  await page.evaluate(`location.hash = '#${view}'`);
  await page
    .locator(`main.view-${view.split('/')[0]} h2`)
    .first()
    .waitFor();
  await page.waitForTimeout(500);
}

/** The day and a long list on a screen of 3840 by 2160 points that magnifies nothing. */
async function onAWall(page) {
  const usual = page.viewportSize();
  await page.setViewportSize({ width: 3840, height: 2160 });
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  for (const view of ['accueil', 'tiers-payants']) {
    await goTo(page, view);
    await page.screenshot({ path: join(folder, `ecran-4k-${view}.png`) });
  }
  await page.setViewportSize(usual);
}

const put = async (page, card) => {
  await page.getByLabel('Carte à mettre dans le lecteur').selectOption(card);
  await page.getByRole('button', { name: 'Insérer' }).click();
  await page.waitForTimeout(400);
};

/** Opens the window of a demonstration practice and hands it over; everything is taken down afterwards. */
async function at(scenario, prepare, work) {
  const home = mkdtempSync(join(tmpdir(), 'vitale-captures-'));
  const demonstration = new Demonstration({ root: ROOT, home, scenario: scenarioNamed(scenario), say: () => undefined });
  try {
    const { window } = await demonstration.run();
    prepare(home);
    const context = await browser.newContext({ viewport: { width: 1280, height: 720 }, locale: 'fr-FR' });
    const page = await context.newPage();
    await page.goto(window);
    await page.getByRole('heading', { name: 'Transmettre' }).waitFor();
    await work(page);
    await context.close();
  } finally {
    await demonstration.stop();
    rmSync(home, { recursive: true, force: true });
  }
}

/** A card like another, with these tries left. */
function card(home, name, triesLeft) {
  const from = JSON.parse(readFileSync(join(home, 'cartes/dupont.json'), 'utf8'));
  writeFileSync(join(home, 'cartes', `${name}.json`), JSON.stringify({ ...from, triesLeft }), { mode: 0o600 });
}

await at(
  'a-vous',
  (home) => {
    card(home, 'zz-dernier', 1);
    card(home, 'zz-bloquee', 0);
  },
  async (page) => {
    await page.getByRole('button', { name: 'Retirer' }).click();
    await page.waitForTimeout(500);
    await take(page, 'sans-carte');
    await put(page, 'cartes/dupont.json');
    await take(page, 'code');
    await put(page, 'cartes/morel.json');
    await take(page, 'autre-carte');
    await put(page, 'cartes/zz-dernier.json');
    await take(page, 'dernier-essai');
    await put(page, 'cartes/zz-bloquee.json');
    await take(page, 'carte-bloquee');
    await put(page, 'cartes/morel.json');
    await page.getByRole('radio', { name: /Morel/ }).check();
    await page.getByLabel('Code à 4 chiffres').fill('1234');
    await page.keyboard.press('Enter');
    await page.getByText('Code accepté').waitFor();
    await take(page, 'pret');
    await page.getByRole('button', { name: /^Transmettre \d/ }).click();
    await page.getByRole('button', { name: 'Fermer ce compte rendu' }).waitFor();
    await take(page, 'envoye');
    await page.getByRole('button', { name: 'Fermer ce compte rendu' }).click();
    for (let tries = 0; tries < 20 && (await page.getByText('Lot refusé').count()) === 0; tries++) {
      await page.getByRole('button', { name: 'Relever les retours' }).click();
      await page.getByRole('button', { name: 'Fermer ce compte rendu' }).click();
      await page.waitForTimeout(500);
    }
    await take(page, 'refus');
    await goTo(page, 'lots');
    await page.getByRole('button', { name: /Remettre à envoyer/ }).click();
    await page.getByRole('dialog').waitFor();
    await take(page, 'remettre');
    await page.keyboard.press('Escape');
  },
);

await at(
  'paiements',
  () => undefined,
  async (page) => {
    for (const view of ['accueil', 'factures', 'lots', 'fichiers', 'retours', 'tiers-payants', 'archives', 'diagnostic', 'guide']) {
      await goTo(page, view);
      await take(page, view);
    }
    await goTo(page, 'tiers-payants');
    await page.getByRole('button', { name: 'Graphiques' }).click();
    await page.locator('.trend-drawing').waitFor();
    await take(page, 'graphiques');
    await page.getByRole('button', { name: 'Ce qui est dû' }).click();
    await page.getByRole('link', { name: 'Écart : aide' }).first().focus();
    await page.getByRole('tooltip').waitFor();
    await take(page, 'mot');
    await page.keyboard.press('Escape');
    await onAWall(page);
    await goTo(page, 'fichiers');
    await page.locator('tbody a').first().click();
    await page.locator('.record summary').nth(2).click();
    await page.locator('.record').nth(1).scrollIntoViewIfNeeded();
    await take(page, 'octets');
    await goTo(page, 'factures');
    await page.locator('tbody button').first().click();
    await page.getByText('Histoire de la facture').waitFor();
    await page.waitForTimeout(500);
    await take(page, 'facture');
    await page.keyboard.press('Escape');
  },
);

/** An invoice of a fund no table knows, and one whose name cannot be written. */
function withHeld(home) {
  const lines = readFileSync(join(ROOT, 'test/data/journee.ndjson'), 'utf8').trim().split('\n');
  const [first, second] = lines.map((line) => JSON.parse(line)).filter(({ kind }) => kind === 'FSE');
  const unknown = { ...first, id: 'capture-1', number: '000000901', amo: { ...first.amo, fund: '352', centre: '0100' } };
  const unreadable = { ...second, id: 'capture-2', number: '000000902', beneficiary: { ...second.beneficiary, lastName: '李' } };
  const text = [unknown, unreadable].map((invoice) => JSON.stringify(invoice)).join('\n');
  const ran = spawnSync(join(ROOT, 'vitale'), ['importer', '-', '--json'], {
    input: text,
    env: { ...process.env, VITALE_HOME: home, VITALE_MAINTENANT: EVENING },
  });
  if (JSON.parse(String(ran.stdout)).held !== 2)
    throw new Error(`the held invoices were not taken: ${String(ran.stdout)}${String(ran.stderr)}`);
}

await at('a-vous', withHeld, async (page) => {
  await goTo(page, 'factures');
  await goTo(page, 'accueil');
  await page.getByRole('heading', { name: /attendent quelque chose/ }).waitFor();
  await page.getByRole('heading', { name: /attendent quelque chose/ }).scrollIntoViewIfNeeded();
  await take(page, 'retenues');
  await goTo(page, 'reglages');
  await page.getByRole('heading', { name: 'Le cabinet' }).waitFor();
  await take(page, 'reglages');
  await page.locator('#reglage-network-smtp-port').fill('99999');
  await page.getByRole('button', { name: 'Enregistrer', exact: true }).click();
  await page.getByText('1 valeur à corriger').waitFor();
  await page.evaluate(`document.getElementById('titre-reglages-envoi').scrollIntoView()`);
  await take(page, 'reglages-faute');
  await page.getByRole('button', { name: 'Annuler mes modifications' }).click();
  await goTo(page, 'reglages/amo-01-352-0100');
  await page.getByRole('dialog').waitFor();
  await take(page, 'reglages-caisse');
  await page.keyboard.press('Escape');
});

await browser.close();
