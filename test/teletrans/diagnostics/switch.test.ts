import * as fs from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { FileWatch } from '../../../src/host-bridge/file-watch';
import { DiagnosticsSwitch } from '../../../src/teletrans/diagnostics/diagnostics-switch';
import { stateAt } from '../../../src/teletrans/diagnostics/switch-setting';
import { InstalledAddin } from '../../support/installed-addin';

const OFF = { enabled: false, level: 'info', until: null };
const ON = { enabled: true, level: 'debug', until: null, areas: { window: 'warn' }, by: 'support' };

describe('what the manifest asks for', () => {
  const setting = { enabled: true, level: 'debug', areas: {}, by: 'support', until: null } as const;
  const changed = Date.parse('2026-11-26T08:00:00Z');
  const hours = (count: number): Date => new Date(changed + count * 3_600_000);

  it('holds for 24 hours after the manifest was changed when no end is given', () => {
    expect(stateAt(hours(23), setting, changed)).toMatchObject({
      state: 'on',
      until: '2026-11-27T08:00:00.000Z',
      levels: { level: 'debug' },
    });
    expect(stateAt(hours(24), setting, changed)).toMatchObject({ state: 'expired', levels: { level: 'info', areas: {} } });
  });

  it('holds until the end it gives, and never longer than seven days', () => {
    const until = '2026-11-26T10:00:00+01:00';
    expect(stateAt(hours(0.5), { ...setting, until }, changed)).toMatchObject({ state: 'on', until: '2026-11-26T09:00:00.000Z' });
    expect(stateAt(hours(1), { ...setting, until }, changed).state).toBe('expired');
    expect(stateAt(hours(24 * 7), { ...setting, until: '2030-01-01T00:00:00Z' }, changed).state).toBe('expired');
    expect(stateAt(hours(1), { ...setting, enabled: false }, changed)).toMatchObject({ state: 'off', until: null });
  });
});

describe('the switch', () => {
  let addin: InstalledAddin;
  let toggle: DiagnosticsSwitch;
  const followFile = (changed: () => void): (() => void) => {
    const following = new FileWatch([addin.manifest]).follow(changed);
    return () => following.dispose();
  };
  const schema = (): string => join(addin.installation.addin, 'manifest.schema.json');
  const make = (): DiagnosticsSwitch => new DiagnosticsSwitch({ manifest: addin.manifest, schema: schema() });
  beforeEach(() => {
    addin = new InstalledAddin();
    addin.set(OFF);
    toggle = make();
    toggle.follow(followFile);
  });
  afterEach(() => {
    toggle.close();
    addin.remove();
    jest.restoreAllMocks();
  });

  /** Resolves when the switch is as wanted, woken by its own events. */
  const until = (wanted: () => boolean, of = toggle): Promise<void> =>
    new Promise((resolve) => {
      const look = (): void => {
        if (wanted()) resolve();
      };
      of.onChange(look);
      look();
    });

  const writings: readonly (readonly [string, (text: string) => Promise<void> | void])[] = [
    ['in place', (text) => fs.writeFileSync(addin.manifest, text)],
    [
      'as another file of the same name',
      (text) => {
        fs.writeFileSync(`${addin.manifest}.new`, text);
        fs.renameSync(`${addin.manifest}.new`, addin.manifest);
      },
    ],
    [
      'after removing the old one',
      (text) => {
        fs.rmSync(addin.manifest);
        fs.writeFileSync(addin.manifest, text);
      },
    ],
    [
      'in two parts',
      async (text) => {
        fs.writeFileSync(addin.manifest, text.slice(0, 300));
        await sleep(30);
        fs.appendFileSync(addin.manifest, text.slice(300));
      },
    ],
  ];
  it.each(writings)('notices a manifest written %s, again and again', async (_how, write) => {
    for (let turn = 0; turn < 3; turn++) {
      await write(addin.text(ON));
      await until(() => toggle.state.state === 'on' && !toggle.faulty);
      expect(toggle.state).toMatchObject({ by: 'support', levels: { level: 'debug', areas: { window: 'warn' } } });
      await write(addin.text(OFF));
      await until(() => toggle.state.state === 'off' && !toggle.faulty);
    }
  });

  it('notices it where the system tells nothing of changes', async () => {
    jest.spyOn(fs, 'watch').mockImplementation(() => {
      throw new Error('no watches left');
    });
    const alone = make();
    alone.follow(followFile);
    addin.set(ON);
    await until(() => alone.state.state === 'on', alone);
    alone.close();
  });

  it.each([
    ['no JSON', '{ "diagnostics": '],
    ['a level that does not exist', JSON.stringify({ diagnostics: { ...ON, level: 'tout' } })],
    ['an area that does not exist', JSON.stringify({ diagnostics: { ...ON, areas: { patients: 'debug' } } })],
    ['no section', '{}'],
    ['nothing', ''],
  ])('keeps the last good setting and says so when the manifest holds %s', async (_what, text) => {
    addin.set(ON);
    await until(() => toggle.state.state === 'on');
    fs.writeFileSync(addin.manifest, text);
    await until(() => toggle.faulty);
    expect(toggle.state.state).toBe('on');
    addin.set(OFF);
    await until(() => !toggle.faulty);
    expect(toggle.state.state).toBe('off');
  });

  it('goes off by itself at its end', async () => {
    addin.set({ ...ON, until: new Date(Date.now() + 2500).toISOString().replace(/\.[0-9]+Z/, 'Z') });
    await until(() => toggle.state.state === 'expired');
    expect(toggle.state.levels).toEqual({ level: 'info', areas: {} });
  });

  it('has the same end after a restart', async () => {
    addin.set(ON);
    await until(() => toggle.state.state === 'on');
    const again = make();
    expect(again.state).toEqual(toggle.state);
    again.close();
  });

  it('stays off in an installation that lacks its manifest or schema', () => {
    const none = new DiagnosticsSwitch({ manifest: join(addin.root, 'none.json'), schema: join(addin.root, 'none.json') });
    expect(none.state.state).toBe('off');
    expect(none.faulty).toBe(true);
    none.close();
  });
});
