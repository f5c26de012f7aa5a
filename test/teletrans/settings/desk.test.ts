/** Reading and changing the practice's file: nothing lost, nothing half written, no password shown. */
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { SettingsChange, SettingsOutcome, SettingsView, SettingValue, VersionedFile } from '../../../src/teletrans/settings/port';
import { CABINET, SettingsRig } from '../../support/settings-rig';

let rig: SettingsRig;
beforeEach(() => {
  rig = new SettingsRig();
});
afterEach(() => rig.close());

const change = (values: Record<string, SettingValue>, lists: SettingsChange['lists'] = {}): SettingsChange => ({ values, lists });
const save = async (
  values: Record<string, SettingValue>,
  confirmed: string[] = [],
  lists: SettingsChange['lists'] = {},
): Promise<SettingsOutcome> => rig.desk.save((await rig.desk.read()).version, change(values, lists), confirmed);
const field = (view: SettingsView, place: string): SettingsView['groups'][number]['fields'][number] => {
  const found = view.groups.flatMap(({ fields, list }) => [...fields, ...(list?.items.flat() ?? [])]).find((one) => one.place === place);
  if (found === undefined) throw new Error(`no ${place}`);
  return found;
};
const faultAt = (outcome: SettingsOutcome): string[] => (outcome.saved ? [] : outcome.faults.map(({ place }) => place));

describe('saving', () => {
  it('changes what was changed and no other byte', async () => {
    expect(await save({ '/network/smtp/port': '587' })).toMatchObject({ saved: true });
    expect(rig.text).toBe(CABINET.replace('2525', '587'));
    expect(statSync(rig.file).mode & 0o777).toBe(0o600);
  });

  it('says in the journal which settings, never what they say', async () => {
    await save({ '/network/smtp/user': 'CANARI-identifiant' });
    expect(rig.journal).toMatchObject([{ event: 'settings-changed', entity: 'practice', detail: { places: '/network/smtp/user' } }]);
    expect(JSON.stringify([rig.journal, rig.logged])).not.toContain('CANARI');
  });

  it('adds, changes and takes out practitioners, with what it does not know of them', async () => {
    const outcome = await save({}, ['billingNumber'], {
      '/practitioners': [
        { from: 0, values: { name: 'DUPONT-MARTIN CLAIRE' } },
        { from: null, values: { name: 'KERVELLA ANNE', billingNumber: '999000037', rpps: '' } },
      ],
    });
    expect(outcome.saved).toBe(true);
    expect((JSON.parse(rig.text) as { practitioners: unknown }).practitioners).toEqual([
      { name: 'DUPONT-MARTIN CLAIRE', billingNumber: '999000011', rpps: '99900000011', poste: 12 },
      { name: 'KERVELLA ANNE', billingNumber: '999000037' },
    ]);
  });

  it('leaves out or nulls what is emptied, and the object that cannot be without it', async () => {
    const folder = process.platform === 'win32' ? 'C:\\' : '/';
    await save({ '/backup/folder': folder, '/backup/keep': '7', '/network/pop3/user': '' });
    expect(JSON.parse(rig.text)).toMatchObject({ backup: { folder, keep: 7 }, network: { pop3: { user: null } } });
    await save({ '/backup/folder': '' });
    expect(JSON.parse(rig.text)).not.toHaveProperty('backup');
  });

  it('is refused when the file is another one by now, and nothing is written', async () => {
    const { version } = await rig.desk.read();
    const other = CABINET.replace('"35"', '"29"');
    rig.write(other);
    await expect(rig.desk.save(version, change({ '/region': '56' }), [])).rejects.toMatchObject({ code: 'CFG-009' });
    expect(rig.text).toBe(other);
  });

  it('is refused while a transmission runs', async () => {
    rig.transmitting = true;
    await expect(save({ '/region': '56' })).rejects.toMatchObject({ code: 'TRA-018' });
    await expect(rig.desk.goBack((await rig.desk.read()).version, [])).rejects.toMatchObject({ code: 'TRA-018' });
    expect(rig.text).toBe(CABINET);
  });

  it.each<[Record<string, SettingValue>, string]>([
    [{ '/mode': 'essai' }, '/mode'],
    [{ '/region': 'Bretagne' }, '/region'],
    [{ '/network/smtp/port': '70000' }, '/network/smtp/port'],
    [{ '/network/smtp/port': 'abc' }, '/network/smtp/port'],
    [{ '/network/smtp/port': '' }, '/network/smtp/port'],
    [{ '/network/smtp/host': '' }, '/network/smtp/host'],
    [{ '/network/sender': 'personne' }, '/network/sender'],
    [{ '/network/pop3/security': 'ssl' }, '/network/pop3/security'],
    [{ '/goodFriday': 'peut-être' }, '/goodFriday'],
    [{ '/backup/keep': '3' }, '/backup/folder'],
    [{ '/retention/days': '12' }, '/retention/days'],
    [{ '/profile': 'absent.json' }, '/profile'],
    [{ '/recipients': 'absent' }, '/recipients'],
    [{ '/reader/card': 'cartes/absente.json' }, '/reader/card'],
    [{ '/network/smtp/ca': 'absent.pem' }, '/network/smtp/ca'],
    [{ '/backup/folder': 'sauvegardes' }, '/backup/folder'],
    [{ '/mode': 'reel' }, '/profile'],
  ])('%j is told at its field, with what to do, and writes nothing', async (values, place) => {
    const outcome = await save(values, ['mode=reel']);
    expect(faultAt(outcome)).toContain(place);
    if (!outcome.saved) for (const { message } of outcome.faults) expect(message).toMatch(/^[A-ZÀÉ].*\.$/);
    expect(rig.text).toBe(CABINET);
    expect(rig.journal).toEqual([]);
  });

  it('knows a billing number with a wrong key, and one that is there already', async () => {
    const add = (billingNumber: string): Promise<SettingsOutcome> =>
      save({}, ['billingNumber'], {
        '/practitioners': [
          { from: 0, values: {} },
          { from: 1, values: {} },
          { from: null, values: { name: 'X Y', billingNumber } },
        ],
      });
    expect(faultAt(await add('999000012'))).toEqual(['/practitioners/2/billingNumber']);
    expect(faultAt(await add('999000011'))).toEqual(['/practitioners/2/billingNumber']);
    expect(faultAt(await add(''))).toEqual(['/practitioners/2/billingNumber']);
  });

  it('keeps a file chosen here inside the data folder', async () => {
    for (const path of ['../ailleurs.json', '/etc/passwd', 'a/../../b', 'C:\\x', '..\\x'])
      expect(faultAt(await save({ '/profile': path }, ['profile']))).toContain('/profile');
  });

  it('is not kept from mending one thing by another that was wrong before', async () => {
    rig.write(CABINET.replace('"card": ""', '"card": "cartes/perdue.json"'));
    expect((await rig.desk.read()).faults.map(({ place }) => place)).toEqual(['/reader/card']);
    expect((await save({ '/network/smtp/port': '26' })).saved).toBe(true);
  });

  it.each<[Record<string, SettingValue>]>([
    [{ '/inconnu': 'x' }],
    [{ '/network/smtp/password/file': 'x' }],
    [{ '/practitioners/0/name': 'x' }],
    [{ '/practitioners/-/name': 'x' }],
    [{ '/__proto__/x': 'x' }],
    [{ '': 'x' }],
  ])('takes no place the page does not know: %j', async (values) => {
    await expect(save(values)).rejects.toThrow();
    expect(rig.text).toBe(CABINET);
  });

  it('takes no list in another order, nor one it does not know', async () => {
    for (const lists of [
      {
        '/practitioners': [
          { from: 1, values: {} },
          { from: 0, values: {} },
        ],
      },
      { '/practitioners': [{ from: 7, values: {} }] },
      { '/practitioners': [{ from: 0, values: { poste: 'x' } }] },
      { '/network': [] },
    ])
      await expect(save({}, ['billingNumber'], lists)).rejects.toThrow();
    expect(rig.text).toBe(CABINET);
  });
});

describe('a consequence is confirmed first', () => {
  it.each([
    ['mode=test', { '/mode': 'test' }],
    ['sender', { '/network/sender': 'autre@practice.test.invalid' }],
    ['retention', { '/retention/days': '400' }],
  ] as const)('%s', async (id, values) => {
    const outcome = await save(values);
    expect(outcome).toMatchObject({ saved: false, faults: [], confirmations: [{ id }] });
    expect(rig.text).toBe(CABINET);
    expect((await save(values, [id])).saved).toBe(true);
  });

  it('of one value and not of another', async () => {
    expect(await save({ '/mode': 'test' }, ['mode=reel'])).toMatchObject({ saved: false });
  });
});

describe('the version before', () => {
  it('lies beside the file and comes back whole, as often as wanted', async () => {
    expect((await rig.desk.read()).previous).toBeNull();
    await expect(rig.desk.goBack((await rig.desk.read()).version, [])).rejects.toMatchObject({ code: 'CFG-010' });
    await save({ '/region': '56' });
    const changed = rig.text;
    const view = await rig.desk.read();
    expect(view.previous).not.toBeNull();
    expect((await rig.desk.goBack(view.version, [])).saved).toBe(true);
    expect(rig.text).toBe(CABINET);
    await rig.desk.goBack((await rig.desk.read()).version, []);
    expect(rig.text).toBe(changed);
  });

  it('asks for the same confirmations', async () => {
    await save({ '/mode': 'test' }, ['mode=test']);
    const { version } = await rig.desk.read();
    expect(await rig.desk.goBack(version, [])).toMatchObject({ saved: false, confirmations: [{ id: 'mode=demo' }] });
    expect((await rig.desk.goBack(version, ['mode=demo'])).saved).toBe(true);
  });

  it('mends a file that is no JSON any more', async () => {
    await save({ '/region': '56' });
    rig.write('{"mode":');
    const view = await rig.desk.read();
    expect(view).toMatchObject({ groups: [], faults: [{ place: '' }] });
    expect((await rig.desk.goBack(view.version, [])).saved).toBe(true);
    expect(rig.text).toBe(CABINET);
  });
});

it('touches nothing when the version before cannot be kept', async () => {
  rig.put('cabinet.precedent.json/en-travers', '');
  await expect(save({ '/region': '56' })).rejects.toMatchObject({ code: 'STO-006' });
  expect(rig.text).toBe(CABINET);
});

describe('a crash at any effect', () => {
  it.each(['before', 'after'] as const)('%s the writing leaves the former file or the new one, whole', async (when) => {
    rig.close();
    rig = new SettingsRig(CABINET, (file): VersionedFile => ({
      read: () => file.read(),
      previous: () => file.previous(),
      replace: async (text) => {
        if (when === 'after') await file.replace(text);
        throw new Error('power cut');
      },
    }));
    await expect(save({ '/network/pop3/password': 'nouveau', '/region': '56' })).rejects.toThrow('power cut');
    const now = JSON.parse(rig.text) as { region: string; network: { pop3: { password: unknown } } };
    if (when === 'before') expect(rig.text).toBe(CABINET);
    else {
      const { file } = now.network.pop3.password as { file: string };
      expect(readFileSync(join(rig.home, file), 'utf8')).toBe('nouveau');
    }
  });
});

describe('a password', () => {
  it('is never in what is read', async () => {
    rig.put('secret.txt', 'CANARI-fichier');
    rig.write(
      CABINET.replace('"password": null', '"password": { "file": "secret.txt" }').replace('"note"', '"cle": "CANARI-inconnu", "note"'),
    );
    const view = await rig.desk.read();
    expect(JSON.stringify(view)).not.toContain('CANARI');
    expect(field(view, '/network/smtp/password')).toMatchObject({ kind: 'secret', value: null, secret: 'named-file' });
    expect(field(view, '/network/pop3/password')).toMatchObject({ value: null, secret: 'clear' });
  });

  it('that is typed goes to a file only the user can read, never into cabinet.json', async () => {
    const outcome = await save({ '/network/pop3/password': 'CANARI-nouveau ' });
    expect(JSON.stringify(outcome)).not.toContain('CANARI');
    expect(rig.text).not.toContain('CANARI');
    const [name = ''] = rig.secrets;
    expect(JSON.parse(rig.text)).toMatchObject({ network: { pop3: { password: { file: `secrets/${name}` } } } });
    const kept = join(rig.home, 'secrets', name);
    expect(readFileSync(kept, 'utf8')).toBe('CANARI-nouveau ');
    if (process.platform !== 'win32') {
      expect(statSync(kept).mode & 0o777).toBe(0o600);
      expect(statSync(join(rig.home, 'secrets')).mode & 0o777).toBe(0o700);
    }
    expect(JSON.stringify([rig.journal, rig.logged])).not.toContain('CANARI');
    expect(field(await rig.desk.read(), '/network/pop3/password').secret).toBe('kept');
  });

  it('of the version before stays until nobody names it', async () => {
    await save({ '/network/pop3/password': 'un' });
    await save({ '/network/pop3/password': 'deux' });
    expect(rig.secrets).toHaveLength(2);
    await rig.desk.goBack((await rig.desk.read()).version, []);
    const { file } = (JSON.parse(rig.text) as { network: { pop3: { password: { file: string } } } }).network.pop3.password;
    expect(readFileSync(join(rig.home, file), 'utf8')).toBe('un');
    await save({ '/network/pop3/password': 'trois' });
    await save({ '/region': '56' });
    expect(rig.secrets).toHaveLength(1);
  });

  it('named by the practice in a file of its own is left alone', async () => {
    rig.put('partage.txt', 'ancien');
    rig.write(CABINET.replace('"password": null', '"password": { "file": "partage.txt" }'));
    await save({ '/network/smtp/port': '26' });
    expect(JSON.parse(rig.text)).toMatchObject({ network: { smtp: { password: { file: 'partage.txt' } } } });
    await save({ '/network/smtp/password': 'nouveau' });
    expect(readFileSync(join(rig.home, 'partage.txt'), 'utf8')).toBe('ancien');
  });

  it('kept for one server is not sent to another', async () => {
    const moved = { '/network/pop3/host': 'localhost' };
    expect(faultAt(await save(moved))).toEqual(['/network/pop3/password']);
    const { version } = await rig.desk.read();
    expect((await rig.desk.tryConnection(version, change(moved), 'pop3')).ok).toBe(false);
    expect(rig.tried).toEqual([]);
    expect((await save({ ...moved, '/network/pop3/password': 'neuf' })).saved).toBe(true);
  });

  it('is not told when the file is broken around it', async () => {
    rig.write(CABINET.replace('"CANARI-en-clair"', '"CANARI-en-clair'));
    expect(JSON.stringify(await rig.desk.read())).not.toContain('CANARI');
    const told: unknown = await rig.desk.verify().catch((error: unknown) => error);
    expect(told).toMatchObject({ code: 'CFG-008' });
    expect(String((told as Error).stack) + String((told as Error).cause)).not.toContain('CANARI');
  });
});

describe('trying a connection', () => {
  it('uses what is typed, saved or not, and changes nothing', async () => {
    const { version } = await rig.desk.read();
    const typed = change({ '/network/pop3/port': '995', '/network/pop3/password': 'essai' });
    expect(await rig.desk.tryConnection(version, typed, 'pop3')).toMatchObject({ ok: true, code: 'CFG-020' });
    expect(rig.tried).toMatchObject([{ server: 'pop3', link: { host: '127.0.0.1', port: 995, user: 'cabinet', password: 'essai' } }]);
    expect(rig.text).toBe(CABINET);
    expect(rig.secrets).toEqual([]);
  });

  it('is not made with values that are wrong, but is with others that are', async () => {
    const { version } = await rig.desk.read();
    expect(await rig.desk.tryConnection(version, change({ '/network/smtp/host': 'smtp.test.invalid' }), 'smtp')).toMatchObject({
      ok: false,
    });
    expect(rig.tried).toEqual([]);
    rig.outcome = { code: 'CFG-028', details: {} };
    expect(await rig.desk.tryConnection(version, change({ '/retention/days': '1' }), 'smtp')).toMatchObject({ ok: false, code: 'CFG-028' });
  });
});

describe('when a change takes effect', () => {
  it('is told as it is, field by field', async () => {
    const set: Record<string, string> = {
      '/region': '56',
      '/network/smtp/host': '127.0.0.2',
      '/network/smtp/port': '26',
      '/network/pop3/port': '27',
      '/retention/days': '400',
      '/network/pop3/password': 'neuf',
    };
    await save(set, ['retention']);
    const view = await rig.desk.read();
    for (const place of Object.keys(set)) {
      const { effect, pending } = field(view, place);
      expect([place, pending]).toEqual([place, effect === 'restart']);
    }
    expect(view.pending).toBe(true);
    expect(rig.live.current).toMatchObject({ region: '35', network: { smtp: { port: 26 } } });
  });

  it('servers wait for the mode they were chosen with', async () => {
    await save({ '/mode': 'test', '/network/smtp/port': '26' }, ['mode=test']);
    expect(rig.live.current.network.smtp.port).toBe(2525);
    expect(field(await rig.desk.read(), '/network/smtp/port').pending).toBe(true);
    await rig.desk.goBack((await rig.desk.read()).version, ['mode=demo']);
    expect((await rig.desk.read()).pending).toBe(false);
  });

  it('a practitioner taken out waits too', async () => {
    await save({}, ['billingNumber'], { '/practitioners': [{ from: 0, values: {} }] });
    expect((await rig.desk.read()).pending).toBe(true);
  });
});
