/** What a hostile page in the practice's own browser can try against the window, tried in Chromium with a living session beside it. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Dossier, FoundInvoice } from '../../../../src/teletrans/archive/port';
import { hasBrowser, launchBrowser } from '../../../support/browser';
import { NO_ARCHIVES } from '../../../support/no-archives';
import { openHarness } from '../server/harness';
import { BrowserRig } from './browser-rig';
import { TITLE } from './in-page';

jest.setTimeout(90_000);

/** A name that an attacker's DNS server points at this machine. */
const REBOUND = 'cabinet.example';

/** Everything a script of another page can ask of the window; what it got back. */
const ATTACK = (origin: string): string => `(async () => {
  const got = [];
  const ask = async (name, path, init) => {
    try { const answer = await fetch('${origin}' + path, init); got.push(name + ' ' + answer.type + ' ' + answer.status + ' ' + (await answer.text())); }
    catch { got.push(name + ' refused'); }
  };
  await ask('read', '/api/glance', { credentials: 'include' });
  await ask('blind read', '/api/glance', { credentials: 'include', mode: 'no-cors' });
  await ask('post', '/api/collect', { credentials: 'include', method: 'POST' });
  await ask('blind post', '/api/collect', { credentials: 'include', method: 'POST', mode: 'no-cors' });
  await ask('json', '/api/transmit', { credentials: 'include', method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"praticien":null,"situation":null}' });
  await ask('code', '/api/card/open', { credentials: 'include', method: 'POST', headers: { 'content-type': 'application/octet-stream' }, body: '1234' });
  await ask('origin', '/api/collect', { credentials: 'include', method: 'POST', headers: { origin: '${origin}', 'sec-fetch-site': 'same-origin', host: '${origin.slice(7)}' } });
  const frame = document.createElement('iframe');
  const framed = new Promise((resolve) => (frame.onload = resolve));
  frame.name = 'cible';
  frame.src = '${origin}/';
  document.body.append(frame);
  await framed;
  const form = Object.assign(document.createElement('form'), { method: 'post', action: '${origin}/api/collect', target: 'cible' });
  const posted = new Promise((resolve) => (frame.onload = resolve));
  document.body.append(form);
  form.submit();
  await posted;
  const script = Object.assign(document.createElement('script'), { src: '${origin}/api/glance' });
  await new Promise((resolve) => { script.onload = script.onerror = resolve; document.body.append(script); });
  got.push('events ' + await new Promise((resolve) => {
    const source = new EventSource('${origin}/api/events', { withCredentials: true });
    source.addEventListener('hello', () => resolve('read'));
    source.onerror = () => { source.close(); resolve('refused'); };
  }));
  return got;
})()`;

(hasBrowser() ? describe : describe.skip)('a hostile page in the same browser', () => {
  let rig: BrowserRig;
  let hostile: Server;
  beforeAll(async () => {
    rig = await BrowserRig.start();
    hostile = createServer((_request, response) => {
      response.setHeader('content-type', 'text/html; charset=utf-8');
      response.end('<!doctype html><title>Piège</title><body></body>');
    });
    await new Promise<void>((resolve) => hostile.listen(0, '127.0.0.1', resolve));
  });
  afterAll(async () => {
    hostile.close();
    await rig.stop();
  });
  afterEach(async () => rig.close());

  it('on another port of this machine, which the strict cookie does reach, reads nothing and does nothing', async () => {
    await rig.open();
    const page = await rig.context.newPage();
    await page.goto(`http://127.0.0.1:${(hostile.address() as AddressInfo).port}/`);
    const before = rig.teletrans.calls.length;
    const got = await page.evaluate<string[]>(ATTACK(rig.harness.origin));
    expect(got).toEqual([
      'read refused',
      'blind read refused',
      'post refused',
      'blind post refused',
      'json refused',
      'code refused',
      'origin refused',
      'events refused',
    ]);
    expect(rig.teletrans.calls).toHaveLength(before);
    expect(rig.teletrans.codes).toEqual([]);
    expect(await page.frames()[1]?.content()).not.toContain('Télétransmission</h1>');
    // The person's own window is none the worse for it.
    await rig.view(/^Factures/);
    await rig.page.getByText('27 factures sur 27').waitFor();
  });

  it('whose name is made to point at this machine is not spoken to, and uses no one-time address up', async () => {
    const harness = await openHarness({}, rig.built.folder);
    const browser = await launchBrowser([`--host-resolver-rules=MAP ${REBOUND} 127.0.0.1`]);
    try {
      const page = await browser.newPage();
      const address = new URL(harness.window.newUrl());
      address.hostname = REBOUND;
      expect((await page.goto(address.href))?.status()).toBe(403);
      expect((await page.goto(new URL('/', address).href))?.status()).toBe(403);
      expect(await page.evaluate<number>(`fetch('/api/glance').then(({ status }) => status)`)).toBe(403);
      expect(await page.evaluate<number>(`fetch('/api/collect', { method: 'POST' }).then(({ status }) => status)`)).toBe(403);
      expect(harness.teletrans.calls).toEqual([]);
      address.hostname = '127.0.0.1';
      expect((await page.goto(address.href))?.status()).toBe(200);
    } finally {
      await browser.close();
      await harness.close();
    }
  });

  it('finds in a stolen one-time address one that has served, and in the cookie nothing a script can read', async () => {
    await rig.open();
    expect(await rig.page.evaluate<string>('document.cookie')).toBe('');
    const used = rig.harness.window.newUrl();
    await rig.page.goto(used);
    const thief = await rig.browser.newContext();
    try {
      const page = await thief.newPage();
      expect((await page.goto(used))?.status()).toBe(403);
      await page.getByText('a déjà servi').waitFor();
      expect(await thief.cookies()).toEqual([]);
    } finally {
      await thief.close();
    }
  });
});

(hasBrowser() ? describe : describe.skip)('a patient whose name is a script', () => {
  const EVIL = `<img src=x onerror="document.title='pris'"><script>document.title='pris'</script>"'&lt;`;
  const found: FoundInvoice = {
    archive: '2026-02-01-0001',
    id: 'f-1',
    number: '000000001',
    kind: 'FSE',
    practitioner: '999000011',
    beneficiary: EVIL,
    completedOn: '2026-01-02',
    fees: 2300,
    amo: 'PAID',
    amc: null,
  };
  const dossier: Dossier = {
    number: '000000001',
    kind: 'FSE',
    archive: '2026-02-01-0001',
    practitioner: { number: '999000011', name: EVIL },
    patient: { name: EVIL, birthDate: '1980-01-01', nir: '•' },
    payer: EVIL,
    completedOn: '2026-01-02',
    deadline: '2026-01-08',
    thirdParty: 'amo',
    securing: 'S',
    amounts: { fees: 2300, amo: 1380, amc: 0 },
    amo: 'PAID',
    amc: null,
    lot: null,
    file: null,
    acts: [],
    timeline: [{ at: '2026-01-02T10:00:00Z', what: EVIL, who: EVIL, proof: EVIL }],
  };

  it('is shown as letters wherever the window shows it, and runs nowhere', async () => {
    const rig = await BrowserRig.start();
    try {
      const archives = { ...NO_ARCHIVES.archives, search: () => Promise.resolve([found]), dossier: () => Promise.resolve(dossier) };
      await rig.open({}, () => undefined, { archives });
      await rig.goTo('archives');
      await rig.page.locator('main input').first().fill('PIRATE');
      await rig.page.keyboard.press('Enter');
      await rig.page.getByRole('cell', { name: EVIL }).waitFor();
      await rig.page.getByRole('button', { name: /^Relire/ }).click();
      await rig.page.getByRole('dialog').getByText(EVIL).first().waitFor();
      expect(await rig.page.locator('main img, main script, dialog img, dialog script').count()).toBe(0);
      expect(await rig.page.evaluate<string>(TITLE)).toBe('(3 !) Archives – Télétransmission');
      expect(rig.complaints).toEqual([]);
    } finally {
      await rig.close();
      await rig.stop();
    }
  });
});
