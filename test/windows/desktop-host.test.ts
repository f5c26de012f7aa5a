/** The 32-bit reference host with its window, worked by keyboard and mouse under a display of its own; what it shows is read back from the window. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JsonLine, JsonLinesProcess } from '../../src/demonstration/json-lines-process';
import { Person } from '../../src/demonstration/person';
import { DEMONSTRATION_CODE, PRACTITIONERS } from '../../src/demonstration/practice-box';
import { ROOT } from '../support/practice-processes';
import { until } from '../support/until';
import { VirtualScreen } from '../support/virtual-screen';
import { ownPackage } from './support/package';
import { WindowsPractice } from './support/practice';
import { TITLE, type Control, type Seen, WindowSeen } from './support/window';
import { describeUnderWine, OwnWine, windowsPath } from './support/wine';

jest.setTimeout(120_000);

const DAY = join(ROOT, 'addin/demonstration/journee.ndjson');
const INVOICES = 24;

function describeOnAScreen(): jest.Describe {
  const missing = VirtualScreen.missing();
  if (missing.length === 0) return describeUnderWine();
  if (process.env['VITALE_REQUIRE_WINE'] === '1') throw new Error(`needed here: apt-get install ${missing.join(' ')}`);
  console.warn(`The window of the Windows host is not tried: apt-get install ${missing.join(' ')}`);
  return describe.skip;
}

/** Processes of this machine that run a program of the folder. */
function running(folder: string): number[] {
  const needle = windowsPath(join(folder, 'node.exe'));
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').startsWith(needle);
      } catch {
        return false; // ended meanwhile
      }
    })
    .map(Number);
}

const withText = (seen: Seen, text: string | RegExp): Control | undefined =>
  seen.controls.find((control) => (typeof text === 'string' ? control.text === text : text.test(control.text)));
const says =
  (text: string | RegExp) =>
  (seen: Seen): boolean =>
    withText(seen, text) !== undefined;

describeOnAScreen()('the window of the reference host on Windows', () => {
  let place = '';
  let folder = '';
  let screen: VirtualScreen;
  let wine: OwnWine;
  let practice: WindowsPractice;
  let host: JsonLinesProcess;
  let window: WindowSeen;
  const opened = (): string => (existsSync(join(place, 'opened')) ? readFileSync(join(place, 'opened'), 'utf8') : '');
  const press = (key: string): void => screen.press(TITLE, key);
  const addin = async (): Promise<number> => {
    let found: readonly number[] = [];
    await until(() => (found = running(folder)).length === 1);
    return found[0]!;
  };
  /** Clicks with the mouse on what has this text. */
  const click = (seen: Seen, text: string | RegExp, times = 1): void => {
    const { left, right, top, bottom } = withText(seen, text)!;
    screen.click(Math.round((left + right) / 2), Math.round((top + bottom) / 2), times);
  };

  beforeAll(async () => {
    place = mkdtempSync(join(tmpdir(), 'hôte à fenêtre '));
    folder = ownPackage(place);
    screen = await VirtualScreen.start();
    wine = new OwnWine();
    /* ShellExecute of an address ends under Wine in the browser of this machine: here a program that notes what it is asked to open. */
    writeFileSync(join(place, 'xdg-open'), `#!/bin/sh\nprintf '%s\\n' "$1" >>'${join(place, 'opened')}'\n`, { mode: 0o755 });
    practice = await WindowsPractice.start(folder);
    const list = PRACTITIONERS.map(({ name, billingNumber }, rank) => ({ id: String(rank), name: `Dr ${name}`, billingNumber }));
    writeFileSync(join(place, 'praticiens.json'), JSON.stringify(list));
    const words = ['--invoices', windowsPath(DAY), '--practitioners', windowsPath(join(place, 'praticiens.json'))];
    host = await practice.desktopHost([...words, '--print-folder', windowsPath(place)], {
      ...wine.environment,
      WINE_DISPLAY: screen.display,
      PATH: `${place}:${process.env['PATH'] ?? ''}`,
    });
    window = new WindowSeen(wine.environment);
    await window.until(says(/^Module en service/));
  });
  afterAll(async () => {
    await window.stop();
    await practice.stop();
    wine.remove();
    await screen.stop();
    rmSync(place, { recursive: true, force: true });
  });

  it('gives the keyboard the telephone first, and everything else in turn', async () => {
    const order: string[] = [];
    for (;;) {
      const seen = await window.until(({ controls }) => controls.some(({ focused }) => focused));
      const { text, class: kind } = seen.controls.find(({ focused }) => focused)!;
      const name = text === '' ? kind : text;
      if (name === order[0]) break;
      order.push(name);
      press('Tab');
      await window.until(({ controls }) => controls.some((control) => control.focused && control.text !== text));
    }
    expect(order).toEqual([
      'Télétransmission',
      'SysListView32',
      '&Enregistrer la facture suivante',
      'Enregistrer &toutes les factures',
      '&Clôturer la journée',
    ]);
  });

  it('stores invoices, and shows what became of each and how many wait', async () => {
    press('alt+e');
    const one = await window.until(says('Télétransmission : 1 à envoyer'));
    expect(one.rows).toEqual([['000000101', '20/11/2026', 'Dr DUPONT CLAIRE', '291,21\u00a0€', 'Remise au module']]);

    press('alt+t');
    const all = await window.until(says(`Télétransmission : ${INVOICES} à envoyer`));
    expect(all.rows.map((row) => row[4])).toEqual(Array.from({ length: INVOICES }, () => 'Remise au module'));
    expect(withText(all, 'Module en service · 0 facture(s) pas encore remise(s)')).toBeDefined();
    expect(withText(all, /facture suivante$/)).toMatchObject({ enabled: false, focused: false });
    expect(withText(all, 'Praticiens : Dr DUPONT CLAIRE, Dr MOREL JEAN, Dr KERVELLA ANNE')).toBeDefined();
  });

  it('closes the day, and leaves in view what is still to do until it was read', async () => {
    press('alt+c');
    const told = await window.until(says(/^À faire : Journée close\. Des factures attendent la carte CPS\./));
    click(told, 'Vu');
    const after = await window.until((seen) => !says(/Journée close/)(seen));
    expect(after.controls.filter(({ text }) => text === 'Vu')).toEqual([]);
  });

  it('opens the main window once by a click or two on the telephone; what is transmitted and printed there shows here', async () => {
    const asked = host.next((line) => line['event'] === 'window');
    click(await window.tell('look'), /^Télétransmission/, 2);
    const { url } = (await asked)['data'] as { readonly url: string };
    await until(() => opened() !== '');
    expect(opened()).toBe(`${url}\n`);

    const person = await Person.open(url);
    await person.insertCard(PRACTITIONERS[0]!.card);
    await person.typeCode(DEMONSTRATION_CODE);
    await person.transmit(PRACTITIONERS[0]!.billingNumber, () => undefined);
    const waiting = readFileSync(DAY, 'utf8')
      .split('\n')
      .filter((line) => line !== '' && !line.includes(PRACTITIONERS[0]!.billingNumber)).length;
    expect(waiting).toBeGreaterThan(0);
    await window.until(says(`Télétransmission : ${waiting} à envoyer`));

    await person.printWithHost('/api/print/slip');
    await window.until(says(/^Imprimé : .+ \(0001\.pdf\)$/));
    expect(readFileSync(join(place, '0001.pdf')).subarray(0, 5).toString()).toBe('%PDF-');
  });

  it('goes on answering while the add-in does not', async () => {
    const pid = await addin();
    process.kill(pid, 'SIGSTOP');
    try {
      press('alt+c');
      const seen = await window.tell('look');
      expect(seen.answers).toBe(true);
      press('alt+f');
      await window.until(({ controls }) => controls.some((control) => control.focused && control.class === 'SysListView32'));
    } finally {
      process.kill(pid, 'SIGCONT');
    }
    await window.until(says(/Journée close/));
  });

  it('says lastingly when the add-in does not stay up, and starts it again when asked', async () => {
    for (let times = 0; times < 4; times++) {
      const down = host.next((line: JsonLine) => line['event'] === 'state' && line['state'] === (times < 3 ? 'active' : 'failed'));
      process.kill(await addin(), 'SIGKILL');
      await down;
    }
    await window.until(says(/^Module hors service/));
    const failed = await window.until(
      says(/^Incident : Le module s’est arrêté et ne redémarre plus de lui-même\. Vos factures restent ici/),
    );

    click(failed, 'Relancer');
    const again = await window.until(says(/^Module en service/));
    expect(withText(again, /^Incident/)).toBeUndefined();
    press('ctrl+1');
    await until(() => opened().trim().split('\n').length > 1);
    expect(opened().trim().split('\n')).toHaveLength(2);
  });

  it('closes the add-in before itself', async () => {
    const stopped = host.next((line) => line['event'] === 'state' && line['state'] === 'stopped');
    await window.tell('close');
    expect(await stopped).toMatchObject({ exitCode: 0 });
    await window.until(({ there }) => !there);
    await until(() => running(folder).length === 0);
    expect(practice.said()).toBe('');
  });
});
