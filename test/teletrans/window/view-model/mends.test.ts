/** Every reason an invoice can wait for has what mends it, in words, and no way leads nowhere. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { HeldView } from '../../../../src/teletrans/application/port';
import { copied, MENDS, mendOf, payerAnchor, recheckSaid } from '../../../../src/teletrans/window/view-model/mends';
import { CATALOGUE } from '../../../support/settings-rig';

const ROOT = join(__dirname, '../../../..');
const codesIn = (path: string, pattern: RegExp): string[] =>
  [...readFileSync(join(ROOT, 'src/teletrans', path), 'utf8').matchAll(pattern)].map(([, code = '']) => code);

/** The views of the page: `page/route.ts` runs in the browser alone. */
const [, views = ''] = /const VIEWS[^=]*= \[([^\]]*)\]/.exec(readFileSync(join(ROOT, 'src/teletrans/window/page/route.ts'), 'utf8')) ?? [];
const VIEWS = [...views.matchAll(/'([a-z-]+)'/g)].map(([, view]) => view);

/** Where the program writes why an invoice waits: what each source may say. */
const SAID = [
  ...codesIn('intake/holding.ts', /held: \{ code: '([A-Z]{3}-\d{3})'|held \?\?= \{ code: '([A-Z]{3}-\d{3})'/g),
  ...codesIn('intake/holding.ts', /[?:] \{ code: '([A-Z]{3}-\d{3})'/g),
  ...codesIn('intake/holding.ts', /held \?\?= \{ code: '([A-Z]{3}-\d{3})'/g),
  ...codesIn('third-party/recycling.ts', /return \{ code: '([A-Z]{3}-\d{3})'/g),
  ...codesIn('third-party/applying.ts', /held: \{ code: '([A-Z]{3}-\d{3})'/g),
  ...codesIn('restore-guard/unsent.ts', /PERHAPS_SENT = '([A-Z]{3}-\d{3})'/g),
  ...codesIn('lots/preparing.ts', /'((?:FAC|LOT)-\d{3})'/g),
  ...codesIn('formats/b2/act-records.ts', /VitaleError\('([A-Z]{3}-\d{3})'/g),
  ...codesIn('formats/fixed-width/encoder.ts', /'((?:FAC|LOT)-\d{3})'/g),
  ...codesIn('returns/applying-arl.ts', /'(RET-00\d)'/g),
];

it('has an entry for each of them, and none for anything else', () => {
  expect([...new Set(SAID.filter((code) => code !== ''))].sort()).toEqual(Object.keys(MENDS).sort());
});

const held = (code: string, payer: HeldView['payer'] = null): HeldView => ({
  id: 'i-301',
  number: '000000301',
  kind: 'FSE',
  practitioner: '999000011',
  reason: CATALOGUE.explain(code, { n: 301, r: '01', c: '352', k: '0100', champ: 'nom' }),
  payer,
});

it.each([...Object.keys(MENDS), 'XXX-999'])('%s: at least one button, each with its own words and a place that exists', (code) => {
  const { mends, after } = mendOf(code);
  const buttons = mends(held(code));
  expect(buttons.length).toBeGreaterThan(0);
  expect(new Set(buttons.map(({ label }) => label)).size).toBe(buttons.length);
  expect(after).toMatch(/^[A-ZÀÉ].*\.$/);
  for (const button of buttons) if ('address' in button) expect(VIEWS).toContain(button.address.split('/')[0]);
});

it('offers to examine again only what may change without the invoice', () => {
  const again = Object.keys(MENDS).filter((code) =>
    mendOf(code)
      .mends(held(code))
      .some(({ kind }) => kind === 'recheck'),
  );
  const [, list = ''] =
    /RECHECKED[^=]*= new Set\(\[([^\]]*)\]/.exec(readFileSync(join(ROOT, 'src/teletrans/intake/recheck.ts'), 'utf8')) ?? [];
  expect(again.sort()).toEqual([...list.matchAll(/[A-Z]{3}-\d{3}/g)].map(([code]) => code).sort());
});

it('leads to the payer itself', () => {
  expect(payerAnchor(held('FAC-006', { regime: '01', fund: '352', centre: '0100' }))).toBe('amo-01-352-0100');
  expect(payerAnchor(held('FAC-007', { amc: '810000999' }))).toBe('amc-810000999');
  expect(payerAnchor(held('FAC-006'))).toBe('organismes');
});

it('copies number, reason and what to do', () => {
  expect(copied(held('FAC-027'))).toMatch(/^Facture 301 : .*Corrigez le nom dans LOGOSw.*\(FAC-027\)$/);
});

it('says what examining again gave', () => {
  const said = (released: number, left: number): string => recheckSaid({ released, held: left }).replace(/\s/g, ' ');
  expect(said(2, 1)).toBe('2 factures sont prêtes à partir. 1 facture attend encore.');
  expect(said(0, 3)).toContain('Rien n’a changé');
  expect(said(1, 0)).toBe('1 facture est prête à partir. Plus aucune n’attend.');
});
