/** `vitale tiers-payant --liste`: the file is whole or is not there, and what is asked wrongly is said instead of choosing nothing. */
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { tiersPayant } from '../../../src/composition/standalone/commands/tiers-payant';
import type { CommandCall } from '../../../src/composition/standalone/command';
import { Terminal } from '../../../src/composition/standalone/terminal';
import { fakeClaim, FakeThirdParty } from '../../support/fake-third-party';
import { aFolder } from '../../teletrans/store/folder';

let folder = '';
let remove: () => Promise<void>;
let thirdParty: FakeThirdParty;
let said = '';
beforeEach(async () => {
  ({ folder, remove } = await aFolder());
  thirdParty = new FakeThirdParty();
  thirdParty.set([fakeClaim('000000101'), fakeClaim('000000102', { state: 'REJECTED' })]);
  said = '';
});
afterEach(() => remove());

function run(options: Readonly<Record<string, string>>): Promise<number> {
  const out = new Writable({
    write: (chunk: Buffer, _, done) => {
      said += chunk.toString();
      done();
    },
  });
  const tables = join(__dirname, '../../../addin/tables');
  return tiersPayant.run({
    options,
    terminal: new Terminal(out, out),
    open: () => Promise.resolve({ teletrans: { thirdParty }, container: { resolve: () => ({ tables }) } }),
    json: false,
  } as unknown as CommandCall);
}

it('writes the list that is asked for, for its user alone, with the words of the states', async () => {
  const file = join(folder, 'liste.csv');
  expect(await run({ liste: file, montrer: 'toutes', part: 'amo', age: '8-30', praticien: '999000011', tri: 'reste:desc' })).toBe(0);
  expect(thirdParty.exported).toEqual([
    {
      choices: { settlement: 'all', part: 'amo', payer: null, practitioner: '999000011', age: '8-30', search: '' },
      order: { key: 'due', direction: 'desc' },
      chosen: null,
      format: 'csv',
    },
  ]);
  expect(readFileSync(file, 'utf8')).toBe('\ufeffFacture;État\r\n000000101;ARL reçu\r\n000000102;Rejetée\r\n');
  expect(statSync(file).mode & 0o077).toBe(0);
  expect(readdirSync(folder)).toEqual(['liste.csv']);
  expect(said).toContain('2 part(s)');
});

it.each([
  ['another ending', { liste: 'liste.txt' }, 'FICHIER.csv'],
  ['a choice that is none', { liste: 'l.csv', montrer: 'tout' }, 'non-soldees'],
  ['a payer nobody knows', { liste: 'l.csv', organisme: 'CAISSE FICTIVE' }, 'CAISSE FICTIVE GENERALE'],
  ['an age class of another table', { liste: 'l.csv', age: '1-2' }, '8-30'],
  ['a column that is none', { liste: 'l.csv', tri: 'constructor' }, 'reste'],
  ['a way that is none', { liste: 'l.csv', tri: 'reste:bas' }, 'COLONNE:desc'],
  ['a number that is none', { liste: 'l.csv', numero: '1a' }, '1 à 9 chiffres'],
  ['choices without a list', { part: 'amo' }, 'sans --liste'],
])('refuses %s, and says what there is', async (_what, options, detail) => {
  await expect(run(options)).rejects.toMatchObject({ code: 'CFG-005', details: { detail: expect.stringContaining(detail) as string } });
  expect(thirdParty.exported).toEqual([]);
});

it('leaves no half of a list, and the one of before as it was', async () => {
  const file = join(folder, 'liste.csv');
  await run({ liste: file });
  const before = readFileSync(file, 'utf8');
  thirdParty.exportClaims = async (_asked, _word, write) => {
    await write('\ufeffFacture\r\n');
    throw new Error('the store has gone');
  };
  await expect(run({ liste: file })).rejects.toThrow('the store has gone');
  expect([readdirSync(folder), readFileSync(file, 'utf8')]).toEqual([['liste.csv'], before]);
  const taken = join(folder, 'dossier.csv');
  mkdirSync(taken);
  thirdParty = new FakeThirdParty();
  await expect(run({ liste: taken })).rejects.toMatchObject({ code: 'CFG-006' });
  expect(existsSync(`${taken}.en-cours`)).toBe(false);
});
