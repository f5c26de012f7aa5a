/** `vitale relances`: letters on the disk first, then noted as sent; nothing is noted of a letter that could not be written. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import type { CommandCall } from '../../../src/composition/standalone/command';
import { relances } from '../../../src/composition/standalone/commands/relances';
import { Terminal } from '../../../src/composition/standalone/terminal';
import { fakeClaim, FakeThirdParty } from '../../support/fake-third-party';
import { aFolder } from '../../teletrans/store/folder';

it('writes the letters, then notes them; and notes none that could not be written', async () => {
  const { folder, remove } = await aFolder();
  const thirdParty = new FakeThirdParty();
  const total = { count: 1, open: 1, expected: 10000, paid: 0, adjusted: 0, due: 10000 };
  const id = 'a'.repeat(32);
  const claims = [fakeClaim('000000101')];
  thirdParty.letters = [{ id, payer: 'CAISSE', practitioner: '999000011', part: 'amo', date: '2026-12-20', claims, total, penalty: 0 }];
  const prints = { reminder: () => Promise.resolve({ title: '', pdf: Readable.from([Buffer.from('%PDF')]) }) };
  let text = '';
  const out = new Writable({
    write: (chunk: Buffer, _, done) => {
      text += chunk.toString();
      done();
    },
  });
  const run = (lettres: string): Promise<number> =>
    relances.run({
      options: { lettres, noter: true, par: 'Claire', motif: 'décembre' },
      terminal: new Terminal(out, out),
      open: () => Promise.resolve({ teletrans: { thirdParty }, container: { resolve: () => prints } }),
      json: false,
    } as unknown as CommandCall);
  const blocked = join(folder, 'fichier');
  writeFileSync(blocked, '');
  await expect(run(blocked)).rejects.toMatchObject({ code: 'CFG-006' });
  expect(thirdParty.acts).toEqual([]);
  const letters = join(folder, 'lettres');
  expect(await run(letters)).toBe(0);
  expect(readdirSync(letters).map((name) => [name, readFileSync(join(letters, name), 'utf8')])).toEqual([['relance-001-amo.pdf', '%PDF']]);
  expect(thirdParty.acts).toEqual([['reminded', [id], { by: 'Claire', reason: 'décembre' }]]);
  expect(text).toContain('CAISSE, part AMO');
  await remove();
});
