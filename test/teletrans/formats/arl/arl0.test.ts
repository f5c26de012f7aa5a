import fc from 'fast-check';
import type { Acknowledgement, ArlResult } from '../../../../src/teletrans/domain/acknowledgement';
import { encodeArl0 } from '../../../../src/teletrans/formats/arl/arl0-encoder';
import { ARL_CODES, arlCode } from '../../../../src/teletrans/formats/arl/codes';
import { Arl0Translator } from '../../../../src/teletrans/formats/arl/translator';
import { ArlUnreadable } from '../../../../src/teletrans/formats/port';
import { sha256 } from '../../../support/b2-files';

const translator = new Arl0Translator(['T', 'D']);

const result = (level: ArlResult['level'], code: string, place: Partial<ArlResult> = {}): ArlResult => {
  const row = arlCode(code, level)!;
  return { level, code, class: row.class, label: row.label, ...place };
};
const lot = (lotNumber: string): Partial<ArlResult> => ({ billingNumber: '999000011', lotNumber, lotDate: '2026-11-23' });

const BASE: Omit<Acknowledgement, 'arlFileId' | 'ackedFileId' | 'compostage' | 'acceptedFees' | 'results'> = {
  arlDate: '2026-11-23',
  marking: 'T',
  recipientType: 'CP',
  recipientNumber: '00000001999999',
  senderType: 'TP',
  senderNumber: '00000999000011',
  ackedFileDate: '2026-11-23',
};

const POSITIVE: Acknowledgement = {
  ...BASE,
  arlFileId: '000017',
  ackedFileId: '000042',
  compostage: '2026112309304100042',
  acceptedFees: 31300,
  results: [result('file', '0000'), result('lot', '0000', lot('007'))],
};
const MIXED: Acknowledgement = {
  ...BASE,
  arlFileId: '000018',
  ackedFileId: '000043',
  compostage: '2026112309305200043',
  acceptedFees: 4600,
  results: [
    result('file', '0000'),
    result('lot', '0000', lot('008')),
    result('lot', 'L008', lot('009')),
    result('invoice', 'I002', { ...lot('009'), invoiceNumber: '000000123' }),
  ],
};
const NEGATIVE: Acknowledgement = {
  ...BASE,
  arlFileId: '000019',
  ackedFileId: '000044',
  compostage: '2026112309310300044',
  acceptedFees: 0,
  results: [result('file', 'F002')],
};

const SHA = {
  positive: '22112f2084011f0140b372b449fc55c6da066dbd48d28e1567c32a46d9f893fd',
  mixed: 'd380cc1ac1dfe2baba4957a35d9b9c248ce12c9f592238e1a101ce24ad3a8fe6',
  negative: '92498295b40e8ba1a0e99a8c84e8787e0e4dad823317c882581cd6a3f65dd2a6',
};

describe('the worked ARL0 files', () => {
  it.each([
    ['positive', POSITIVE, 640, SHA.positive],
    ['mixed', MIXED, 768, SHA.mixed],
    ['negative', NEGATIVE, 512, SHA.negative],
  ])('%s: come out byte for byte and read back as what was meant', (_, acknowledgement, length, hash) => {
    const bytes = encodeArl0(acknowledgement);
    expect(bytes).toHaveLength(length);
    expect(sha256(bytes)).toBe(hash);
    expect(translator.translate(bytes)).toEqual(acknowledgement);
  });
});

describe('what an ARL0 may say', () => {
  it('answers an unreadable message with neither file id nor application', () => {
    const unreadable: Acknowledgement = { ...NEGATIVE, ackedFileId: null, ackedFileDate: null, results: [result('file', 'F001')] };
    const bytes = encodeArl0(unreadable);
    expect(bytes.toString('latin1', 47, 49)).toBe('  ');
    expect(bytes.toString('latin1', 91, 103)).toBe('000000000000');
    expect(translator.translate(bytes)).toEqual(unreadable);
  });

  it('brings the lots of one practitioner together', () => {
    const other = { ...lot('001'), billingNumber: '999000029' };
    const results = [
      result('file', '0000'),
      result('lot', '0000', lot('001')),
      result('lot', 'L003', other),
      result('lot', '0000', lot('002')),
    ];
    const read = translator.translate(encodeArl0({ ...POSITIVE, results }));
    expect(read.results.map((one) => [one.billingNumber, one.lotNumber])).toEqual([
      [undefined, undefined],
      ['999000011', '001'],
      ['999000011', '002'],
      ['999000029', '001'],
    ]);
  });

  it('gives an unknown code of a known class that class, and any other class unknown', () => {
    const lots = ['L777', 'W777', 'X777'].map((code, index): ArlResult => ({
      ...lot(`00${index + 1}`),
      level: 'lot',
      code,
      class: 'unknown',
      label: 'AUTRE',
    }));
    const read = translator.translate(encodeArl0({ ...POSITIVE, results: [result('file', '0000'), ...lots] }));
    expect(read.results.map((one) => one.class)).toEqual(['positive', 'negative', 'notice', 'unknown']);
  });

  it('reads back whatever the grammar allows', () => {
    const codes = (level: ArlResult['level']) => fc.constantFrom(...ARL_CODES.filter((row) => row.level === level).map((row) => row.code));
    const invoice = fc.record({
      number: fc.integer({ min: 1, max: 999_999_999 }),
      codes: fc.array(codes('invoice'), { minLength: 1, maxLength: 4 }),
    });
    const oneLot = fc.record({
      code: codes('lot'),
      invoices: fc.uniqueArray(invoice, { minLength: 1, maxLength: 4, selector: (one) => one.number }),
    });
    fc.assert(
      fc.property(fc.array(oneLot, { maxLength: 12 }), (lots) => {
        const results = lots.flatMap(({ code, invoices }, index): ArlResult[] => {
          const place = lot(String(index + 1).padStart(3, '0'));
          const refused = invoices.flatMap((one) =>
            one.codes.map((own) => result('invoice', own, { ...place, invoiceNumber: String(one.number).padStart(9, '0') })),
          );
          return [result('lot', code, place), ...(code === 'L008' ? refused : [])];
        });
        const acknowledgement = { ...POSITIVE, results: [result('file', '0000'), ...results] };
        expect(translator.translate(encodeArl0(acknowledgement))).toEqual(acknowledgement);
      }),
      { numRuns: 100 },
    );
  });

  it('refuses to write what the grammar forbids', () => {
    const write =
      (...results: ArlResult[]) =>
      () =>
        encodeArl0({ ...POSITIVE, results });
    expect(write(result('lot', '0000', lot('001')))).toThrow(/first result/);
    expect(write(result('file', 'F002'), result('lot', '0000', lot('001')))).toThrow(/refused file/);
    expect(write(result('file', '0000'), result('lot', 'L008', lot('001')))).toThrow(/at least one invoice/);
    expect(
      write(
        result('file', '0000'),
        result('lot', '0000', lot('001')),
        result('invoice', 'I001', { ...lot('001'), invoiceNumber: '000000001' }),
      ),
    ).toThrow(/refused because/);
  });
});

function edited(bytes: Buffer, at: number, text: string): Buffer {
  const copy = Buffer.from(bytes);
  copy.write(text, at - 1, 'latin1');
  return copy;
}

describe('what is not believed', () => {
  const bytes = encodeArl0(MIXED);
  const trailer = bytes.length - 128;
  const reason = (input: Buffer, allowed: ('T' | 'D' | 'R')[] = ['T', 'D']): string => {
    try {
      new Arl0Translator(allowed).translate(input);
    } catch (error) {
      if (error instanceof ArlUnreadable) return error.reason;
      throw error;
    }
    return '';
  };

  it.each<[string, Buffer, RegExp]>([
    ['another reference of exchange', edited(bytes, 62, '0930'), /pas un ARL0/],
    ['another version', edited(bytes, 66, '02'), /version/],
    ['a real marking', edited(edited(bytes, 71, 'R'), trailer + 64, 'R'), /T ou D/],
    ['a blank marking', edited(bytes, 71, ' '), /T ou D/],
    ['a file cut after a block', bytes.subarray(0, -128), /999/],
    ['a file cut inside a block', bytes.subarray(0, -1), /./],
    ['a file without its first byte', bytes.subarray(1), /pas un ARL0/],
    ['something after the trailer', Buffer.concat([bytes, Buffer.alloc(128, 32)]), /après le bloc de fin/],
    ['an odd flag', edited(bytes, 129, '7'), /ni « 0 » ni « 1 »/],
    ['no last block', edited(bytes, 128 * 4 + 1, '0'), /./],
    ['an early last block', edited(bytes, 129, '1'), /./],
    ['a wrong number of blocks', edited(bytes, trailer + 56, '00000007'), /nombre de blocs/],
    ['a wrong number of lots in 999', edited(bytes, trailer + 83, '003'), /lots du bloc 999/],
    ['a total of 999 that differs from 990', edited(bytes, trailer + 86, '00000004601'), /total du bloc 999/],
    ['a trailer of another file', edited(bytes, trailer + 50, '000099'), /ne répète pas/],
    ['another level', edited(bytes, 128 + 1 + 4, '02'), /290 de niveau 01/],
    ['a foreign character', edited(bytes, 128 + 1 + 20, 'é'), /./],
    ['a compostage that is no number', edited(bytes, 104, 'X'), /zone message/],
  ])('%s', (_, input, expected) => {
    expect(reason(input)).toMatch(expected);
  });

  it('a marking that the profile does not take', () => {
    expect(reason(bytes, ['D'])).toMatch(/n’est pas admis/);
    expect(reason(edited(edited(bytes, 71, 'R'), trailer + 64, 'R'), ['R'])).toMatch(/T ou D/);
  });

  it('anything: arbitrary and damaged bytes end in a result or in a refusal, never otherwise', () => {
    const damaged = fc.tuple(
      fc.array(fc.tuple(fc.nat({ max: bytes.length - 1 }), fc.nat({ max: 255 })), { maxLength: 5 }),
      fc.nat({ max: bytes.length }),
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array({ maxLength: 900 }).map((raw) => Buffer.from(raw)),
          damaged.map(([changes, end]) => {
            const copy = Buffer.from(bytes);
            for (const [at, value] of changes) copy[at] = value;
            return copy.subarray(0, end === 0 ? undefined : end);
          }),
        ),
        (input) => {
          reason(input);
        },
      ),
      { numRuns: 2000 },
    );
  });
});
