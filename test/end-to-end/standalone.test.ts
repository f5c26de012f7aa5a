/** The standalone program by its contract: what it prints, how it ends, through real processes. */
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { recogniseB2Version } from '../../src/teletrans/formats/b2/versions';
import { openStorage } from '../../src/teletrans/store/open';
import { EXIT } from '../../src/composition/standalone/exit-codes';
import { sampleInvoices } from '../support/invoices';
import { PracticeProcesses, ROOT, type Ended } from '../support/practice-processes';

const JOURNEE = join(ROOT, 'test/data/journee.ndjson');
const INVALIDES = join(ROOT, 'test/data/invalides.ndjson');

let practice: PracticeProcesses;
beforeEach(async () => {
  practice = await PracticeProcesses.start();
});
afterEach(() => practice.stop());

const json = ({ stdout }: Ended): Record<string, unknown> => JSON.parse(stdout) as Record<string, unknown>;

/** Puts another practitioner's card in the reader, as editing `cabinet.json` does. */
function insertCard(card: string): void {
  const file = join(practice.home, 'cabinet.json');
  const cabinet = JSON.parse(readFileSync(file, 'utf8')) as { reader: { card: string } };
  cabinet.reader.card = card;
  writeFileSync(file, JSON.stringify(cabinet));
}

const triesLeft = (card: string): unknown =>
  (JSON.parse(readFileSync(join(practice.home, card), 'utf8')) as { triesLeft: unknown }).triesLeft;

it('takes a day to its ARL, card after card', async () => {
  expect(json(await practice.vitale(['importer', JOURNEE, '--json']))).toEqual({ accepted: 24, held: 0, duplicates: 0, refused: [] });
  expect((await practice.vitale(['importer', '-', '--json'], readFileSync(JOURNEE, 'utf8'))).code).toBe(0);
  for (const [card, number, files] of [
    ['cartes/dupont.json', '999000011', 5],
    ['cartes/morel.json', '999000029', 2],
    ['cartes/kervella.json', '999000037', 3],
  ] as const) {
    insertCard(card);
    const sent = await practice.vitale(['transmettre', '--praticien', number, '--code-porteur-stdin', '--json'], '1234\n');
    expect(sent.code).toBe(0);
    const report = json(sent) as {
      result: string;
      files: { state: string; sha256: string; lots: { invoices: string[] }[] }[];
      held: unknown[];
    };
    expect(report).toMatchObject({ result: 'sent', held: [] });
    expect(report.files).toHaveLength(files);
    for (const file of report.files)
      expect(file).toMatchObject({ state: 'HANDED_OVER', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as unknown });
  }
  const received = practice.received();
  expect([...practice.receivedInvoices()].sort()).toEqual(
    sampleInvoices()
      .map((invoice) => invoice.number)
      .sort(),
  );
  expect(received.every(({ sha256 }) => /^[0-9a-f]{64}$/.test(sha256))).toBe(true);
  await practice.vitale(['relever']);
  await practice.vitale(['relever']);
  const state = json(await practice.vitale(['etat', '--json'])) as { invoices: { number: string; state: string; late: boolean }[] };
  for (const { number, state: reached, late } of state.invoices) {
    const degraded = sampleInvoices().find((invoice) => invoice.number === number)?.securing === 'D';
    expect(['ACKED', 'CLOSED_NO_RSP']).toContain(degraded ? 'ACKED' : reached);
    if (degraded) expect(reached).toBe('NO_ACK_EXPECTED');
    expect(late).toBe(false);
  }
  const again = await practice.vitale(['transmettre', '--code-porteur-stdin', '--json'], '1234\n');
  expect(again.code).toBe(0);
  expect(json(again)).toMatchObject({ result: 'nothing', files: [] });
}, 120_000);

it('notes the sheet of paper of a degraded invoice only when a person confirms it', async () => {
  const degraded = readFileSync(JOURNEE, 'utf8')
    .split('\n')
    .filter((line) => line.includes('"000000115"'))
    .join('\n');
  expect((await practice.vitale(['importer', '-'], degraded)).code).toBe(0);
  expect((await practice.vitale(['transmettre', '--code-porteur-stdin'], '1234\n')).code).toBe(0);
  const asked = await practice.vitale(['papier', '000000115']);
  expect([asked.code, asked.stderr]).toEqual([EXIT.wrongCall, expect.stringContaining('Rien n’a été fait.')]);
  const noted = await practice.vitale(['papier', '000000115', '--je-confirme', '--par', 'Claire Dupont', '--motif', 'postée', '--json']);
  expect([noted.code, json(noted)]).toEqual([EXIT.done, { number: '000000115', state: 'NO_ACK_EXPECTED', sheet: 'sent' }]);
  expect((await practice.vitale(['etat'])).stdout).toContain('000000115 FSE praticien 999000011 : Papier envoyé');
  expect((await practice.vitale(['papier', '000000115', '--je-confirme', '--par', 'C', '--motif', 'm'])).code).toBe(EXIT.wrongCall);
}, 120_000);

it('takes a day to its ARL in the version of B2 that the profile names', async () => {
  const version = 'b2-ps-2005e-provisional';
  const profile = JSON.parse(readFileSync(join(ROOT, 'addin/tables/transport/profil.json'), 'utf8')) as object;
  writeFileSync(join(practice.home, 'profil.json'), JSON.stringify({ ...profile, b2_version: version }));
  const cabinet = JSON.parse(readFileSync(join(practice.home, 'cabinet.json'), 'utf8')) as object;
  writeFileSync(join(practice.home, 'cabinet.json'), JSON.stringify({ ...cabinet, profile: 'profil.json' }));
  const asked = sampleInvoices()
    .filter(({ practitioner: { billingNumber }, securing }) => billingNumber === '999000011' && securing !== 'D')
    .map((invoice) => ({
      ...invoice,
      acts: invoice.acts.map((act) => ({ ...act, priorApproval: { code: '4', on: invoice.completedOn } })),
    }));
  await practice.vitale(['importer', '-'], asked.map((invoice) => JSON.stringify(invoice)).join('\n'));
  const sent = await practice.vitale(['transmettre', '--code-porteur-stdin', '--json'], '1234\n');
  expect(json(sent)).toMatchObject({ result: 'sent', held: [] });
  await practice.vitale(['relever']);
  await practice.vitale(['relever']);
  const state = json(await practice.vitale(['etat', '--json'])) as { invoices: { number: string; state: string }[] };
  expect(state.invoices.map(({ number }) => number).sort()).toEqual(asked.map(({ number }) => number).sort());
  for (const { state: reached } of state.invoices) expect(['ACKED', 'CLOSED_NO_RSP']).toContain(reached);
  const { store } = await openStorage(practice.home);
  const written = await store.read(async (session) => {
    const lots = await session.lots.list();
    return Promise.all(lots.map(async ({ id, version: own }) => ({ own, bytes: (await session.lots.bytes(id)) ?? Buffer.alloc(0) })));
  });
  await store.close();
  expect(written.length).toBeGreaterThan(0);
  for (const { own, bytes } of written) {
    const records = bytes.toString('latin1').match(/.{128}/g) ?? [];
    expect([own, recogniseB2Version(records.map((record) => Buffer.from(record, 'latin1')))]).toEqual([version, version]);
  }
}, 120_000);

it('refuses the faulty lines, holds two, sends the good ones, and says so by its status', async () => {
  const imported = await practice.vitale(['importer', INVALIDES, '--json']);
  expect(imported.code).toBe(4);
  const report = json(imported) as { accepted: number; held: number; refused: { line: number; code: string }[] };
  expect(report).toMatchObject({ accepted: 2, held: 2 });
  expect(report.refused.map(({ line, code }) => `${line} ${code}`)).toEqual([
    '1 FAC-003',
    '2 FAC-004',
    '3 FAC-005',
    '4 FAC-012',
    '5 FAC-012',
    '6 FAC-013',
    '7 FAC-020',
    '8 FAC-030',
    '9 FAC-009',
    '10 FAC-009',
    '11 FAC-025',
    '13 HOT-003',
    '14 HOT-003',
    '15 HOT-003',
  ]);
  await practice.vitale(['importer', JOURNEE]);
  const sent = await practice.vitale(['transmettre', '--code-porteur-stdin', '--json'], '1234\n');
  expect(sent.code).toBe(4);
  expect(json(sent)).toMatchObject({
    result: 'partial',
    held: [
      { number: '900000111', code: 'FAC-006' },
      { number: '900000115', code: 'FAC-027' },
    ],
  });
  expect(practice.receivedInvoices()).toHaveLength(16);
  // The payer is known to no table: by decision, and not without, the invoice goes on paper.
  const asked = await practice.vitale(['papier', 'facture', '900000111']);
  expect([asked.code, asked.stderr]).toEqual([EXIT.wrongCall, expect.stringContaining('Rien n’a été fait.')]);
  const decided = ['--je-confirme', '--par', 'Claire Dupont', '--motif', 'papier seulement', '--json'];
  const moved = await practice.vitale(['papier', 'facture', '900000111', ...decided]);
  expect([moved.code, json(moved)]).toEqual([EXIT.done, { invoice: '900000111' }]);
  expect((await practice.vitale(['etat'])).stdout).toContain('900000111 FSE praticien 999000011 : Duplicata papier');
  expect((await practice.vitale(['papier', 'facture', '900000115', ...decided])).stderr).toContain('DEC-003');
}, 120_000);

it('spends a try only on the code a person gave, and the last one only when told so', async () => {
  await practice.vitale(['importer', JOURNEE]);
  const wrong = (): Promise<Ended> => practice.vitale(['transmettre', '--code-porteur-stdin', '--json'], '0000\n');
  const without = await practice.vitale(['transmettre', '--json']);
  expect(without.code).toBe(3);
  expect(json(without)).toMatchObject({ result: 'needs-card', files: [] });
  expect(triesLeft('cartes/dupont.json')).toBe(3);

  expect((await practice.vitale(['transmettre', '--code-porteur-stdin'], '12\n')).stderr).toContain('CPS-023');
  expect(triesLeft('cartes/dupont.json')).toBe(3);
  expect((await practice.vitale(['transmettre', '--praticien', '999000029', '--code-porteur-stdin'], '1234\n')).stderr).toContain(
    'CPS-010',
  );
  expect(triesLeft('cartes/dupont.json')).toBe(3);

  expect((await wrong()).code).toBe(3);
  expect((await wrong()).code).toBe(3);
  expect(triesLeft('cartes/dupont.json')).toBe(1);
  const kept = await wrong();
  expect(kept).toMatchObject({ code: 3, stderr: expect.stringContaining('CPS-004') as unknown });
  expect(triesLeft('cartes/dupont.json')).toBe(1);

  const confirmed = await practice.vitale(['transmettre', '--code-porteur-stdin', '--dernier-essai', '--json'], '1234\n');
  expect(confirmed.code).toBe(0);
  expect(triesLeft('cartes/dupont.json')).toBe(3);
  for (const { stdout, stderr } of [without, kept, confirmed]) expect(stdout + stderr).not.toMatch(/\b(1234|0000)\b(?!")/);
}, 60_000);

it('blocks for good after the last try, and says what to do', async () => {
  await practice.vitale(['importer', JOURNEE]);
  for (const last of [false, false, true])
    await practice.vitale(['transmettre', '--code-porteur-stdin', ...(last ? ['--dernier-essai'] : [])], '0000\n');
  const blocked = await practice.vitale(['transmettre', '--code-porteur-stdin', '--dernier-essai'], '1234\n');
  expect(blocked).toMatchObject({ code: 3, stderr: expect.stringContaining('CPS-005') as unknown });
  expect(blocked.stderr).toContain('déblocage');
}, 60_000);

it('lets one program at a time transmit', async () => {
  await practice.vitale(['importer', JOURNEE]);
  const both = await Promise.all([1, 2].map(() => practice.vitale(['transmettre', '--code-porteur-stdin', '--json'], '1234\n')));
  const received = practice.receivedInvoices();
  expect(new Set(received).size).toBe(received.length);
  expect(received).toHaveLength(16);
  for (const { code } of both) expect([0, 5, 3]).toContain(code);
  expect(both.some(({ code }) => code === 0)).toBe(true);
}, 60_000);

it('explains a file field by field and finds what is wrong in it, without showing the patient', async () => {
  const folder = join(practice.home, 'fichiers');
  mkdirSync(folder);
  const file = join(folder, 'exemple.b2');
  const worked = workedFile();
  writeFileSync(file, worked);
  const good = await practice.vitale(['inspecter', file, '--json']);
  expect(good.code).toBe(0);
  const explained = json(good) as { family: string; records: { type: string; fields: Record<string, string> }[]; faults: unknown[] };
  expect(explained).toMatchObject({ family: 'b2', faults: [] });
  expect(explained.records.map((record) => record.type)).toEqual(['000', '1', '2', '4', '4', '4M', '5', '6', '999']);
  expect(explained.records[1]!.fields).toMatchObject({ lot_no: '007', ps_billing_no: '999000011' });
  expect(good.stdout).not.toContain('1700275123456');
  expect((await practice.vitale(['inspecter', file, '--clair', '--json'])).stdout).toContain('1700275123456');

  worked.write('1', 6 * 128 + 65 - 1, 'latin1');
  writeFileSync(file, worked);
  const bad = await practice.vitale(['inspecter', file, '--json']);
  expect(bad.code).toBe(4);
  const { faults } = json(bad) as { faults: { record: number; field: string; position: number; message: string }[] };
  expect(faults).toContainEqual(expect.objectContaining({ record: 7, field: 'total_fees', position: 58 }));
}, 60_000);

it.each([
  [['bidule'], 'CFG-005'],
  [['transmettre', '--inconnu'], 'CFG-005'],
  [['transmettre', '--praticien', 'DUPONT'], 'CFG-005'],
  [['importer'], 'CFG-005'],
  [['importer', '/nulle/part'], 'CFG-006'],
  [['inspecter', '/nulle/part'], 'CFG-006'],
])('ends with status 2 on %j', async (words, code) => {
  const ended = await practice.vitale(words);
  expect(ended.code).toBe(2);
  expect(ended.stdout).toBe('');
  expect(ended.stderr).toContain(code);
});

it('purges nothing of a young day and says why each invoice stays', async () => {
  await practice.vitale(['importer', JOURNEE]);
  const simulated = await practice.vitale(['purger', '--simuler', '--json']);
  const purged = await practice.vitale(['purger', '--json']);
  const answer = json(simulated) as { archived: number; kept: { number: string; reason: string }[]; archive: null };
  expect([simulated.code, purged.code, json(purged)]).toEqual([0, 0, answer]);
  expect([answer.archived, answer.archive]).toEqual([0, null]);
  expect(answer.kept).toHaveLength(24);
  for (const { number, reason } of answer.kept) expect([/^\d{9}$/.test(number), reason.endsWith('.')]).toEqual([true, true]);
  expect(json(await practice.vitale(['archives', 'lister', '--json']))).toEqual({ archives: [] });
  expect(json(await practice.vitale(['archives', 'verifier', '--json']))).toEqual({ ok: true, faults: [] });
  expect(await practice.vitale(['archives', 'imprimer', '2026-01-01-0001', '-o', join(practice.home, 'x.pdf')])).toMatchObject({ code: 1 });
}, 60_000);

it('says what is wrong with a data folder, without a stack', async () => {
  writeFileSync(join(practice.home, 'cabinet.json'), '{');
  const ended = await practice.vitale(['etat', '--json']);
  expect(ended).toMatchObject({ code: 2, stdout: '' });
  expect(ended.stderr).toContain('CFG-002');
  expect(ended.stderr).not.toContain(' at ');
});

it('with a PC/SC reader but no service or no reader, takes the day and says why nothing can be sealed', async () => {
  const file = join(practice.home, 'cabinet.json');
  const cabinet = JSON.parse(readFileSync(file, 'utf8')) as object;
  writeFileSync(file, JSON.stringify({ ...cabinet, reader: { kind: 'pcsc', name: null } }));
  expect((await practice.vitale(['importer', JOURNEE])).code).toBe(0);
  const sent = await practice.vitale(['transmettre', '--code-porteur-stdin', '--json'], '1234\n');
  expect(sent).toMatchObject({ code: 3, stderr: expect.stringMatching(/LEC-0(01|02|15)/) as unknown });
  expect(json(sent)).toMatchObject({ result: 'needs-card', files: [] });
}, 60_000);

it('leaves no patient in clear on the disk, and no file name that says one', async () => {
  await practice.vitale(['importer', JOURNEE]);
  await practice.vitale(['transmettre', '--code-porteur-stdin'], '1234\n');
  await practice.vitale(['relever']);
  const [first] = sampleInvoices();
  const secrets = sampleInvoices()
    .flatMap((invoice) => [invoice.insured.nir, invoice.beneficiary.lastName])
    .filter((secret) => secret.length > 5);
  expect(secrets).toContain(first!.insured.nir);
  const kept = readdirSync(practice.home, { recursive: true, withFileTypes: true }).filter(
    (entry) => entry.isFile() && !join(entry.parentPath, entry.name).includes('assureur'),
  );
  expect(kept.length).toBeGreaterThan(5);
  for (const entry of kept) {
    const text = readFileSync(join(entry.parentPath, entry.name)).toString('latin1');
    for (const secret of secrets) {
      expect({ file: entry.name, leaks: text.includes(secret) || entry.name.includes(secret) }).toEqual({ file: entry.name, leaks: false });
    }
  }
}, 60_000);

/** The worked file of spec/b2.md § 11 (`·` a blank), its certification zones as given there. */
function workedFile(): Buffer {
  const text = readFileSync(join(ROOT, 'test/data/spec/worked-file.txt'), 'utf8');
  return Buffer.from(
    text
      .split('\n')
      .filter((line) => line !== '')
      .join('')
      .replaceAll('·', ' '),
    'latin1',
  );
}
