/** Version `b2-ps-2005e-provisional` written: what the base writes, and a 4E directly after each 4S. */
import fc from 'fast-check';
import { readB2 as readAsInsurer } from '../../../../src/demonstration/insurer/b2-reading';
import { judge } from '../../../../src/demonstration/insurer/judge';
import type { Invoice } from '../../../../src/teletrans/domain/invoice';
import { checkB2 } from '../../../../src/teletrans/formats/b2/check';
import { checkB2Stream } from '../../../../src/teletrans/formats/b2/check-stream';
import { readB2 } from '../../../../src/teletrans/formats/b2/reader';
import { recogniseB2Version } from '../../../../src/teletrans/formats/b2/versions';
import { explain } from '../../../../src/teletrans/formats/explain';
import type { Writing } from '../../../../src/teletrans/formats/port';
import { dayFile, FILE_HEADER } from '../../../support/b2-files';
import { fieldOf, independentProblems, linesOf } from '../../../support/independent-b2-checker';
import { sampleInvoices } from '../../../support/invoices';

const SAMPLES = sampleInvoices();
const LOCUM = '999001019';
const RPPS: Readonly<Record<string, string>> = { '999000011': '99900000011', '999000029': '99900000029', [LOCUM]: '10000000009' };

/** Days of the sample invoices, with and without what makes a 4S. */
const days: fc.Arbitrary<readonly Invoice[]> = fc.shuffledSubarray([...SAMPLES], { minLength: 1 }).chain((invoices) =>
  fc.tuple(
    ...invoices.map((invoice) =>
      fc
        .record({ locum: fc.boolean(), asked: fc.constantFrom(undefined, '0' as const, '4' as const, '9' as const) })
        .map(({ locum, asked }): Invoice => ({
          ...invoice,
          practitioner: { ...invoice.practitioner, ...(locum ? { replacement: LOCUM } : {}) },
          acts: invoice.acts.map((act, index) =>
            asked === undefined || index > 0 ? act : { ...act, priorApproval: { code: asked, on: invoice.completedOn } },
          ),
        })),
    ),
  ),
);

const writings: fc.Arbitrary<Writing> = fc
  .subarray(Object.keys(RPPS))
  .map((known) => ({ version: 'b2-ps-2005e-provisional', rppsOf: (number) => (known.includes(number) ? (RPPS[number] ?? null) : null) }));

/** Records but the ends of file and seals, which say the same of other bytes. */
const comparable = (file: Buffer): readonly string[] =>
  linesOf(file)
    .filter(({ type }) => type !== '4E' && type !== '999')
    .map(({ type, text }) => (type === '5' || type === '6' ? text.slice(0, 96) : text));

it('differs from the base by a 4E after each 4S alone, with the performer’s RPPS where it is known', async () => {
  await fc.assert(
    fc.asyncProperty(days, writings, async (invoices, writing) => {
      const file = await dayFile(invoices, writing);
      const lines = linesOf(file);
      expect(comparable(file)).toEqual(comparable(await dayFile(invoices)));
      const of = new Map(invoices.map((invoice) => [invoice.number, invoice.practitioner]));
      for (const [index, line] of lines.entries()) {
        expect(line.type === '4S').toBe(lines[index + 1]?.type === '4E');
        if (line.type !== '4E') continue;
        const { billingNumber, replacement } = of.get(fieldOf(line, 'invoice_no'))!;
        expect(fieldOf(line, 'performer_rpps').trim()).toBe(writing.rppsOf(replacement ?? billingNumber) ?? '');
        expect(line.text.slice(38, 63) + line.text.slice(74)).toMatch(/^ +$/);
      }
    }),
    { numRuns: 30 },
  );
});

it('is recognised when read, and sound to every reader', async () => {
  await fc.assert(
    fc.asyncProperty(days, writings, async (invoices, writing) => {
      const file = await dayFile(invoices, writing);
      const types = linesOf(file).map(({ type }) => type);
      expect(recogniseB2Version(readB2(file).records.map(({ bytes }) => bytes))).toBe(
        types.includes('4S') ? 'b2-ps-2005e-provisional' : 'b2-ps-base',
      );
      expect(explain(file)).toMatchObject({ family: 'b2', faults: [] });
      expect(explain(file).records.map(({ type }) => type)).toEqual(types);
      expect(checkB2(file, { wire: true })).toEqual([]);
      const streamed = [];
      for await (const { faults } of checkB2Stream(pieces(file))) streamed.push(...faults);
      expect(streamed).toEqual([]);
      expect(independentProblems(file)).toEqual([]);
      expect(readAsInsurer(file)?.records).toBe(types.length);
    }),
    { numRuns: 30 },
  );
});

it('is refused by the insurer as badly built when 4E stands elsewhere than after 4S', async () => {
  const invoices = SAMPLES.slice(0, 1).map((invoice) => ({ ...invoice, practitioner: { ...invoice.practitioner, replacement: LOCUM } }));
  const file = await dayFile(invoices, { version: 'b2-ps-2005e-provisional', rppsOf: () => null });
  const at = linesOf(file).findIndex(({ type }) => type === '4S') * 128;
  const settings = {
    frontEnd: { mailbox: '', serves: [{ type: 'CP', number: FILE_HEADER.recipientNumber }] },
    practitioners: null,
    withoutConvention: [],
    today: '2026-11-23',
  };
  const memory = { fileOf: () => undefined, lotOf: () => undefined, invoiceAccepted: () => false };
  expect(judge(file, settings, memory).verdict.code).toBeNull();
  const without4S = Buffer.concat([file.subarray(0, at), file.subarray(at + 128)]);
  expect(judge(without4S, settings, memory).verdict.code).toBe('F002');
});

it('names the performer, who may be another than the practitioner who bills', async () => {
  const [first] = SAMPLES;
  const invoice = { ...first!, acts: [{ ...first!.acts[0]!, performer: '999000029', priorApproval: { code: '4' } }] };
  const writing: Writing = { version: 'b2-ps-2005e-provisional', rppsOf: (number) => RPPS[number] ?? null };
  for (const practitioner of [invoice.practitioner, { ...invoice.practitioner, replacement: LOCUM }]) {
    const lines = linesOf(await dayFile([{ ...invoice, practitioner }], writing));
    expect(lines.filter(({ type }) => type === '4E').map((line) => fieldOf(line, 'performer_rpps'))).toEqual(['99900000029']);
  }
});

async function* pieces(file: Buffer): AsyncGenerator<Buffer> {
  for (let at = 0; at < file.length; at += 1000) yield await Promise.resolve(file.subarray(at, at + 1000));
}
