import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isVitaleError } from '../../../src/teletrans/domain/errors';
import type { Invoice } from '../../../src/teletrans/domain/invoice';
import { sampleInvoices } from '../../support/invoices';
import { openRig, type Rig } from '../../support/practice-rig';

let rig: Rig;
beforeEach(async () => {
  rig = await openRig();
});
afterEach(() => rig.close());

const [sample] = sampleInvoices();
const good = (change: object = {}): unknown => ({ ...structuredClone(sample), ...change });

/** The code with which a document is refused, or what it was taken as. */
async function verdict(document: unknown): Promise<string> {
  try {
    return await rig.app.take(document);
  } catch (error) {
    return isVitaleError(error) ? error.code : String(error);
  }
}

function withAct(change: Partial<Invoice['acts'][number]>, totals: Partial<Invoice['totals']> = {}): unknown {
  const act = {
    code: 'C',
    date: '2026-11-20',
    quantity: 1,
    coefficient: 100,
    unitPrice: 2300,
    base: 2300,
    rate: 70,
    amo: 1610,
    fee: 2300,
    place: '0',
  };
  const { fee, amo } = { ...act, ...change };
  return good({ acts: [{ ...act, ...change }], totals: { fees: fee, amo, patientShare: fee - amo, amc: change.amc ?? 0, ...totals } });
}

describe('the day of samples', () => {
  it('takes every invoice, and knows them when they come again', async () => {
    for (const invoice of sampleInvoices()) expect(await verdict(invoice)).toBe('accepted');
    for (const invoice of sampleInvoices()) expect(await verdict(invoice)).toBe('duplicate');
  });

  it('gives each faulty line its own error, naming the check that must catch it', async () => {
    const codes: Readonly<Record<string, readonly string[]>> = {
      keys: ['FAC-003', 'FAC-004', 'FAC-005'],
      totals: ['FAC-012'],
      'amo amount': ['FAC-013'],
      'third party': ['FAC-020', 'FAC-032'],
      split: ['FAC-030'],
      dates: ['FAC-009', 'FAC-010', 'FAC-025'],
      recipient: ['held'],
      schema: ['HOT-003'],
      charset: ['held'],
    };
    const expected = readFileSync(join(__dirname, '../../data/invalides.expected.tsv'), 'utf8').trim().split('\n').slice(1);
    const lines = sampleInvoices('invalides.ndjson');
    expect(lines).toHaveLength(expected.length);
    for (const row of expected) {
      const [line = '', check = ''] = row.split('\t');
      expect(codes[check]).toContain(await verdict(lines[Number(line) - 1]));
    }
  });

  it('holds an invoice without route and one whose name has no image, and says why', async () => {
    for (const invoice of sampleInvoices('invalides.ndjson')) await verdict(invoice);
    const { invoices } = await rig.app.overview();
    expect(invoices.map((invoice) => [invoice.number, invoice.state, invoice.held?.code])).toEqual([
      ['900000111', 'HELD', 'FAC-006'],
      ['900000115', 'HELD', 'FAC-027'],
    ]);
  });
});

describe('the checks of the contract', () => {
  it.each([
    [
      'a key of the beneficiary’s own NIR',
      good({ beneficiary: { ...sample!.beneficiary, nir: '1700275123456', nirKey: '82' } }),
      'FAC-003',
    ],
    ['a beneficiary’s NIR without its key', good({ beneficiary: { ...sample!.beneficiary, nir: '1700275123456' } }), 'FAC-003'],
    ['the key of a locum', good({ practitioner: { ...sample!.practitioner, replacement: '999000012' } }), 'FAC-004'],
    ['the key of a prescriber', good({ amo: { ...sample!.amo, prescriber: { number: '999000012', on: '2026-11-20' } } }), 'FAC-004'],
    ['the key of a performer', withAct({ performer: '999000012' }), 'FAC-004'],
    ['a fee total one centime off', withAct({}, { fees: 2301, patientShare: 691 }), 'FAC-012'],
    ['an AMO total one centime off', withAct({}, { amo: 1611, patientShare: 689 }), 'FAC-012'],
    ['an AMC total that no act carries', withAct({}, { amc: 1 }), 'FAC-012'],
    ['an AMO amount one centime above base × rate', withAct({ amo: 1611 }), 'FAC-013'],
    [
      'parts that pass the fee',
      good({ ...(withAct({ amc: 691 }) as object), thirdParty: 'amo+amc', amc: { number: '810000000' } }),
      'FAC-029',
    ],
    ['an AMC amount when the patient paid', good({ ...(withAct({ amc: 690 }) as object), thirdParty: 'none' }), 'FAC-032'],
    ['a third party AMC without insurer', good({ thirdParty: 'amc' }), 'FAC-020'],
    ['a DRE that completes nothing', good({ kind: 'DRE', amc: { number: '810000000' }, thirdParty: 'amo+amc' }), 'FAC-030'],
    ['a real invoice on a test practice', good({ marking: 'R' }), 'FAC-031'],
    ['a demonstration invoice on a test practice', good({ marking: 'D' }), 'FAC-031'],
    ['a text instead of a document', 'facture', 'HOT-003'],
    ['nothing at all', null, 'HOT-003'],
    ['a member of a prototype', JSON.parse('{"__proto__":{"format":"logosw.facture/1"}}'), 'HOT-003'],
  ])('refuse %s', async (_fault, document, code) => {
    expect(await verdict(document)).toBe(code);
    expect((await rig.app.overview()).invoices).toEqual([]);
  });

  it('round half a centime up, never down', async () => {
    // 50 % of 23.01 € is 11.505 €.
    expect(await verdict(withAct({ base: 2301, rate: 50, amo: 1151, fee: 2301 }))).toBe('accepted');
  });

  it('take an invoice completed 90 days ago and refuse one of 91 days', async () => {
    const old = (date: string, number: string): unknown => ({ ...(withAct({ date }) as object), completedOn: date, id: number, number });
    expect(await verdict(old('2026-08-22', '000000901'))).toBe('accepted');
    expect(await verdict(old('2026-08-21', '000000902'))).toBe('FAC-025');
  });

  it('never overwrite: same id or same number with other content is refused', async () => {
    expect(await verdict(good())).toBe('accepted');
    expect(await verdict(good({ deadlineFrom: '2026-11-19' }))).toBe('FAC-002');
    expect(await verdict(good({ id: 'another' }))).toBe('FAC-002');
    expect((await rig.app.overview()).invoices).toHaveLength(1);
    expect(await verdict(good())).toBe('duplicate');
  });

  it('know a document again whatever the order of its members', async () => {
    expect(await verdict(good())).toBe('accepted');
    expect(await verdict(Object.fromEntries(Object.entries(good() as object).reverse()))).toBe('duplicate');
  });

  it('never say a value of the document in an error', async () => {
    const canary = 'ZZCANARY';
    for (const document of [
      good({ number: canary }),
      good({ beneficiary: { ...sample!.beneficiary, lastName: canary, extra: canary } }),
      good({ [canary.toLowerCase()]: 1 }),
    ]) {
      try {
        await rig.app.take(document);
      } catch (error) {
        expect(JSON.stringify(error)).not.toContain(canary);
        expect(String(error)).not.toContain(canary);
      }
    }
  });
});

describe('names', () => {
  it('are noted when a character has no image and when they are shortened', async () => {
    await rig.app.take(good({ beneficiary: { ...sample!.beneficiary, lastName: 'MARTIN☃'.padEnd(40, 'X') } }));
    const { invoices } = await rig.app.overview();
    expect(invoices[0]!.notes.map((note) => note.code)).toEqual(['FAC-019', 'FAC-033']);
    expect(invoices[0]!.state).toBe('READY');
  });
});

describe('a corrected invoice', () => {
  it('leaves alone: what it replaces, never sent, is cancelled', async () => {
    await rig.app.take(good());
    await rig.app.take(good({ id: 'corrected', number: '000000999', linkedTo: '000000101' }));
    const { invoices } = await rig.app.overview();
    expect(invoices.map((invoice) => invoice.state)).toEqual(['CANCELLED', 'READY']);
  });
});

describe('bulk', () => {
  async function* lines(...texts: readonly string[]): AsyncIterable<string> {
    yield* texts;
  }

  it('takes the good lines and names the bad ones by their line', async () => {
    const text = JSON.stringify(good());
    const report = await rig.app.importLines(lines(text, '', '{', text, JSON.stringify({ id: 'x' })), () => undefined);
    expect(report).toMatchObject({ accepted: 1, held: 0, duplicates: 1 });
    expect(report.refused.map(({ line, id, code }) => [line, id, code])).toEqual([
      [3, null, 'HOT-003'],
      [5, 'x', 'HOT-003'],
    ]);
  });
});
