import fc from 'fast-check';
import { encodeArl0 } from '../../../src/teletrans/formats/arl/arl0-encoder';
import { explain, MASK, maskPatientData } from '../../../src/teletrans/formats/explain';
import { dayFile, workedFile } from '../../support/b2-files';
import { sampleInvoices } from '../../support/invoices';
import { sampleReturn } from '../../support/noemie-files';

const ARL = encodeArl0({
  arlFileId: '000017',
  arlDate: '2026-11-23',
  marking: 'T',
  recipientType: 'CP',
  recipientNumber: '00000001999999',
  senderType: 'TP',
  senderNumber: '00000999000011',
  ackedFileId: '000042',
  ackedFileDate: '2026-11-23',
  compostage: '2026112309304100042',
  acceptedFees: 31300,
  results: [
    { level: 'file', class: 'positive', code: '0000', label: 'FICHIER LU' },
    {
      level: 'lot',
      class: 'positive',
      code: '0000',
      label: 'LOT ACCEPTE',
      billingNumber: '999000011',
      lotNumber: '007',
      lotDate: '2026-11-23',
    },
  ],
});

let worked: Buffer;
let day: Buffer;
beforeAll(async () => {
  worked = await workedFile();
  day = await dayFile(sampleInvoices());
});

describe('explaining a sound file', () => {
  it('B2: every record with its fields, padding left out', () => {
    const { family, records, faults } = explain(worked);
    expect([family, records.map(({ type }) => type).join(' '), faults]).toEqual(['b2', '000 1 2 4 4 4M 5 6 999', []]);
    expect(records[1]?.fields).toMatchObject({ ps_name: 'CABINET FICTIF', lot_no: '007', lot_security: 'S' });
    expect(records[5]?.fields).toMatchObject({ ccam_code: 'HBLD038', teeth: '36' });
  });
  it('ARL0', () => {
    const { family, records, faults } = explain(ARL);
    expect([family, records.map(({ type }) => type).join(' '), faults]).toEqual(['arl0', '000 290 040 080 290 990 999', []]);
    expect(records[1]?.fields).toMatchObject({ code: '0000', label: 'FICHIER LU', break_level: '01' });
  });
  it('NOEMIE', () => {
    const { family, records, faults } = explain(sampleReturn());
    expect([family, records.length, faults]).toEqual(['noemie', 12, []]);
  });
  it('B2 with line ends', () => {
    const text = (worked.toString('latin1').match(/.{128}/gs) ?? []).join('\r\n');
    expect(explain(Buffer.from(text, 'latin1'))).toEqual(explain(worked));
  });
});

describe('explaining a damaged file', () => {
  it.each<[string, () => Buffer, string]>([
    ['a B2 file without its first byte', () => worked.subarray(1), 'b2'],
    ['a B2 file without its header', () => worked.subarray(128), 'b2'],
    ['the end of a B2 file', () => worked.subarray(500), 'b2'],
    ['an ARL0 without its first byte', () => ARL.subarray(1), 'arl0'],
    ['an ARL0 cut in the middle', () => ARL.subarray(0, 300), 'arl0'],
    ['a return cut in the middle', () => sampleReturn().subarray(0, 500), 'noemie'],
    ['a text', () => Buffer.from('Bonjour, ceci n’est pas un fichier.'), 'unknown'],
    ['nothing', () => Buffer.alloc(0), 'unknown'],
  ])('%s is still recognised, and never without a fault', (_, make, family) => {
    const explained = explain(make());
    expect(explained.family).toBe(family);
    expect(explained.faults.length).toBeGreaterThan(0);
  });

  it('gives a fault for an ARL0 that would not be believed although each entity is right', () => {
    const copy = Buffer.from(ARL);
    copy.write('02', 128 + 1 + 3);
    expect(explain(copy).faults).toHaveLength(1);
  });

  it('never throws and always says something of bytes it does not accept', () => {
    const sources = fc.constantFrom('worked', 'arl', 'return');
    const changes = fc.array(fc.tuple(fc.nat(), fc.nat({ max: 255 })), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(sources, changes, fc.nat({ max: 300 }), (source, edits, removed) => {
        const bytes = Buffer.from(source === 'worked' ? worked : source === 'arl' ? ARL : sampleReturn());
        for (const [at, value] of edits) bytes[at % bytes.length] = value;
        const explained = explain(bytes.subarray(removed % 7 === 0 ? removed : 0));
        if (explained.family === 'unknown') expect(explained.faults).not.toEqual([]);
        for (const fault of explained.faults) expect(fault.record).toBeGreaterThanOrEqual(1);
        expect(maskPatientData(explained).records).toHaveLength(explained.records.length);
      }),
      { numRuns: 1500 },
    );
  });
});

describe('masking', () => {
  it('hides every identity and act of a day, and keeps numbers of invoices, lots and amounts', () => {
    const shown = JSON.stringify(maskPatientData(explain(day)));
    for (const invoice of sampleInvoices()) {
      expect(shown).not.toContain(invoice.insured.nir);
      expect(shown).toContain(invoice.number);
      for (const act of invoice.acts) for (const detail of act.ccam ?? []) expect(shown).not.toContain(detail.code);
    }
    expect(shown).not.toMatch(/ÖZDEMIR|OZDEMIR|LEFEVRE|MAELYS/);
    expect(shown).toContain(MASK);
  });
  it('hides the persons of a return', () => {
    const { records } = maskPatientData(explain(sampleReturn()));
    expect(JSON.stringify(records)).not.toMatch(/1700275123456|EVE/);
    expect(records.find(({ type }) => type === '198')?.fields).toMatchObject({ paid: '00010010' });
  });
  it('hides all of a record that could not be recognised', () => {
    const file = Buffer.concat([worked.subarray(0, 384), Buffer.from('3 1700275123456 FICTIF'.padEnd(128)), worked.subarray(384)]);
    const { records } = maskPatientData(explain(file));
    expect(records[3]).toEqual({ type: '?', fields: { raw: MASK } });
  });
  it('leaves empty what is empty', () => {
    const [, , header] = maskPatientData(explain(worked)).records;
    expect(header?.fields).toMatchObject({ insured_nir: MASK, benefit_scheme: '' });
  });
});
