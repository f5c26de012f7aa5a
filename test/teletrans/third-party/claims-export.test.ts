/** The list of claims as a file is the list: the same parts in the same order with the same figures, whatever is chosen, and the file adds up by itself. */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { exportClaims } from '../../../src/teletrans/application/claims-export';
import type { ClaimColumn, ClaimsExportAsked, ClaimView } from '../../../src/teletrans/application/third-party-port';
import { CLAIMS_CSV, CLAIMS_XML, type ClaimLine } from '../../../src/teletrans/third-party/claims-export';
import { itWith } from '../../support/debian-tool';
import { aFolder } from '../store/folder';
import { listsOf, openBook } from './book';
import type { Desk } from './desk';

const stateWord = (state: string): string => `mot ${state}`;

async function exported(desk: Desk, asked: ClaimsExportAsked): Promise<string> {
  const pieces: string[] = [];
  await exportClaims(listsOf(desk), asked, stateWord, (piece) => Promise.resolve(void pieces.push(piece)));
  return pieces.join('');
}

const centimes = (text = ''): number => Number(text.replace(',', ''));

/** The cells of one line, as a spreadsheet takes them: quotes hold what would part them. */
function cellsOf(line: string): readonly string[] {
  const found = [...line.replace(/\r\n$/, '').matchAll(/(?:^|;)(?:"((?:[^"]|"")*)"|([^";]*))/g)];
  return found.map(([, quoted, bare]) => quoted?.replace(/""/g, '"') ?? bare ?? '');
}

describe('of the whole book', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await openBook();
    desk.setNow('2026-12-20T10:00:00+01:00');
  }, 60_000);
  afterAll(() => desk.close());

  const list = async (asked: Pick<ClaimsExportAsked, 'choices' | 'order'>): Promise<readonly ClaimView[]> =>
    (await listsOf(desk).page({ ...asked, from: 0, count: 500, view: null })).rows;

  it('is what the page shows, all of it or what was chosen of it', async () => {
    const asked = fc.record({
      choices: fc.record({
        part: fc.constantFrom(null, 'amo' as const, 'amc' as const),
        payer: fc.constant(null),
        practitioner: fc.constantFrom(null, '999000011'),
        age: fc.constantFrom(null, '31-60', '91+'),
        settlement: fc.constantFrom('all' as const, 'open' as const, 'settled' as const, 'remind' as const),
        search: fc.constantFrom('', '1'),
      }),
      order: fc.record({
        key: fc.constantFrom<ClaimColumn>('number', 'payer', 'age', 'due', 'state'),
        direction: fc.constantFrom('asc' as const, 'desc' as const),
      }),
      every: fc.integer({ min: 0, max: 4 }),
    });
    let most = 0;
    await fc.assert(
      fc.asyncProperty(asked, async ({ choices, order, every }) => {
        const shown = await list({ choices, order });
        // Zero: none is chosen one by one.
        const picked = every === 0 ? shown : shown.filter((_, rank) => rank % every === 0);
        const chosen = every === 0 || picked.length === 0 ? null : picked.map(({ invoiceId, part }) => ({ invoiceId, part }));
        const expected = chosen === null ? shown : picked;
        const csv = await exported(desk, { choices, order, chosen, format: 'csv' });
        const [head = '', ...rest] = csv.split('\r\n');
        const columns = head.replace('\ufeff', '').split(';');
        const rows = rest.slice(0, -2).map((line) => new Map(line.split(';').map((value, place) => [columns[place], value])));
        expect(rest.at(-1)).toBe('');
        expect(rows.map((row) => [row.get('Facture'), row.get('Part'), row.get('État'), centimes(row.get('Reste dû'))])).toEqual(
          expected.map(({ number, part, state, due }) => [number, part.toUpperCase(), stateWord(state), due]),
        );
        const last = new Map(
          rest
            .at(-2)
            ?.split(';')
            .map((value, place) => [columns[place], value]),
        );
        expect(last.get('Facture')).toBe('Total');
        for (const [title, key] of [
          ['Attendu', 'expected'],
          ['Payé', 'paid'],
          ['Soldé à la main', 'adjusted'],
          ['Reste dû', 'due'],
        ] as const)
          expect(centimes(last.get(title))).toBe(expected.reduce((sum, claim) => sum + claim[key], 0));
        most = Math.max(most, rows.length);
      }),
      { numRuns: 80 },
    );
    expect(most).toBeGreaterThan(50);
  }, 120_000);

  it('holds nothing that was not asked for, even when a part chosen is no longer in the list', async () => {
    const order = { key: 'age' as const, direction: 'desc' as const };
    const every = { part: null, payer: null, practitioner: null, age: null, search: '' };
    const [settled] = await list({ choices: { ...every, settlement: 'settled' }, order });
    if (settled === undefined) throw new Error('no claim');
    const { invoiceId, part } = settled;
    const csv = await exported(desk, { choices: { ...every, settlement: 'open' }, order, chosen: [{ invoiceId, part }], format: 'csv' });
    expect(csv.split('\r\n')).toHaveLength(3);
  });

  it('reads no further than what is taken, and ends where the taker does', async () => {
    let pieces = 0;
    const choices = { part: null, payer: null, practitioner: null, age: null, settlement: 'all' as const, search: '' };
    const asked = { choices, order: { key: 'age' as const, direction: 'asc' as const }, chosen: null, format: 'csv' as const };
    const gone = exportClaims(listsOf(desk), asked, stateWord, () => Promise.reject(new Error(`piece ${(pieces += 1)}`)));
    await expect(gone).rejects.toThrow('piece 1');
    expect(pieces).toBe(1);
  });

  itWith('xmllint', 'libxml2-utils')('is XML as its schema says, and what has another shape is not', async () => {
    const { folder, remove } = await aFolder();
    const valid = (xml: string): boolean => {
      const file = join(folder, 'liste.xml');
      writeFileSync(file, xml);
      return spawnSync('xmllint', ['--noout', '--schema', join(__dirname, '../../../addin/tables/tiers-payants-1.xsd'), file]).status === 0;
    };
    const choices = { part: null, payer: null, practitioner: null, age: null, settlement: 'all' as const, search: '' };
    const xml = await exported(desk, { choices, order: { key: 'payer', direction: 'asc' }, chosen: null, format: 'xml' });
    expect(valid(xml)).toBe(true);
    const none = await exported(desk, {
      choices: { ...choices, search: '999999999' },
      order: { key: 'age', direction: 'asc' },
      chosen: null,
      format: 'xml',
    });
    expect(valid(none)).toBe(true);
    for (const [from, to] of [
      [/attenduCentimes="\d+"/, 'attenduCentimes="1,5"'],
      [/<date>[^<]*<\/date>/, '<date>27/11/2026</date>'],
      [/<part>AM[OC]<\/part>/, '<part>RO</part>'],
      [/ jours="\d+"/, ''],
    ] as const) {
      expect(xml).toMatch(from);
      expect(valid(xml.replace(from, to))).toBe(false);
    }
    await remove();
  });
});

describe('a line of it', () => {
  const LINE: ClaimLine = {
    number: '000000101',
    kind: 'FSE',
    part: 'AMO',
    payer: 'CAISSE',
    practitioner: '999000011',
    date: '2026-11-20',
    sentOn: '',
    ackedOn: '',
    state: 'ARL reçu',
    stateCode: 'ACKED',
    days: 9,
    age: '8-30',
    expected: 123456,
    paid: 0,
    adjusted: -5,
    due: 123461,
    lateDays: null,
    penalty: 0,
    reminders: 0,
    remindedOn: '',
    forclusionOn: '',
    owner: '',
  };

  it('is read by a French spreadsheet: semicolons, decimal commas, a mark of its letters, and no class of age that is taken for a date', () => {
    expect(CLAIMS_CSV.head({ today: '', count: 0, sums: { expected: 0, paid: 0, adjusted: 0, due: 0 } })).toMatch(
      /^\ufeffFacture;Nature;Part;/,
    );
    expect(CLAIMS_CSV.line(LINE)).toBe(
      '000000101;FSE;AMO;CAISSE;999000011;2026-11-20;;;ARL reçu;9;8-30 jours;1234,56;0,00;-0,05;1234,61;;0,00;0;;;\r\n',
    );
  });

  it('never becomes a formula, whatever payers and people are called', () => {
    fc.assert(
      fc.property(fc.constantFrom('=', '+', '-', '@', '\t', '\r', '|', '%'), fc.string(), (sign, rest) => {
        for (const line of [
          { ...LINE, payer: `${sign}${rest}` },
          { ...LINE, owner: `${sign}${rest}` },
        ]) {
          const cells = cellsOf(CLAIMS_CSV.line(line));
          expect(cells).toHaveLength(21);
          for (const text of cells) if (!/^-\d+,\d\d$/.test(text)) expect(text).not.toMatch(/^[=+\-@\t\r|%]/);
        }
      }),
    );
  });

  it('keeps markup and control characters out of the XML', () => {
    const xml = CLAIMS_XML.line({ ...LINE, payer: `<b>&"'\u0001`, stateCode: '"/><x a="' });
    expect(xml).toContain("<payer>&lt;b&gt;&amp;&quot;' </payer>");
    expect(xml).toContain('code="&quot;/&gt;&lt;x a=&quot;"');
  });
});
