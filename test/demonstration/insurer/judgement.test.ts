import type { Memory } from '../../../src/demonstration/insurer/judge';
import { judge } from '../../../src/demonstration/insurer/judge';
import { TEST_FRONT_ENDS } from '../../../src/demonstration/insurer/front-ends';
import { put, sampleFile, sha256, type SampleFile, type SampleInvoice, type SampleLot } from './b2-sample';

const nothing: Memory = { fileOf: () => undefined, lotOf: () => undefined, invoiceAccepted: () => false };
const frontEnd = TEST_FRONT_ENDS[0]!;
const settings = { frontEnd, practitioners: null, withoutConvention: ['999000037'], today: '2026-11-23' };

const verdict = (file: SampleFile, memory: Memory = nothing): ReturnType<typeof judge>['verdict'] =>
  judge(sampleFile(file), settings, memory).verdict;
const ofLot = (lot: Partial<SampleLot>, memory?: Memory): string | null =>
  verdict({ lots: [{ number: '007', ...lot }] }, memory).lots[0]?.code ?? null;
const ofInvoice = (invoice: Partial<SampleInvoice>, memory?: Memory): readonly string[] =>
  verdict({ lots: [{ number: '007', invoices: [{ number: '000000101', ...invoice }] }] }, memory).lots[0]?.invoices[0]?.codes ?? [];
/** Puts `value` in one record (0-based rank) of the invoice before it is sealed. */
const changed =
  (rank: number, first: number, value: string) =>
  (records: string[]): string[] =>
    records.map((record, index) => (index === rank ? put(record, first, value) : record));

describe("the insurer's second opinion on a file", () => {
  it('accepts the worked file of the specification', () => {
    expect(verdict({ lots: [{ number: '007' }] })).toMatchObject({ code: null, lots: [{ code: null, fees: 31300, invoices: [] }] });
  });

  it.each<[string, string, SampleFile]>([
    ['F003', 'a trailer with another file id', { lots: [{ number: '007' }], editTrailer: (record) => put(record, 50, '000099') }],
    ['F003', 'a wrong volume', { lots: [{ number: '007' }], editTrailer: (record) => put(record, 56, '00000010') }],
    ['F003', 'a wrong number of lots', { lots: [{ number: '007' }], editTrailer: (record) => put(record, 83, '002') }],
    ['F004', 'another recipient', { lots: [{ number: '007' }], recipient: 'MA00000002998999' }],
    ['F005', 'a sender whose key is wrong', { lots: [{ number: '007' }], sender: '999000012' }],
    ['F007', 'a real file', { lots: [{ number: '007', marking: 'R' }] }],
    [
      'F007',
      'test and demonstration in one file',
      { lots: [{ number: '007' }, { number: '008', marking: 'D', invoices: [{ number: '000000102' }] }] },
    ],
    ['F008', 'an unknown norm', { lots: [{ number: '007' }], editHeader: (record) => put(record, 62, 'CP  ') }],
  ])('refuses with %s %s', (code, _what, file) => {
    expect(verdict(file)).toEqual({ code, lots: [] });
  });

  it('refuses with F002 a wrong structure', () => {
    const good = sampleFile({ lots: [{ number: '007' }] });
    const swapped = Buffer.concat([good.subarray(0, 128), good.subarray(256, 384), good.subarray(128, 256), good.subarray(384)]);
    const spoiled = Buffer.from(good);
    spoiled[300] = 0xe9;
    for (const bad of [good.subarray(0, 1000), good.subarray(0, 256), swapped, spoiled, Buffer.alloc(0), Buffer.alloc(1280, 'A')]) {
      expect(judge(bad, settings, nothing).verdict).toEqual({ code: 'F002', lots: [] });
    }
  });

  it('refuses with F006 a known identity with other bytes, and not the same bytes', () => {
    const file: SampleFile = { lots: [{ number: '007' }] };
    expect(verdict(file, { ...nothing, fileOf: () => 'other' }).code).toBe('F006');
    expect(verdict(file, { ...nothing, fileOf: () => sha256(sampleFile(file)) }).code).toBeNull();
  });

  it.each<[string, string, Partial<SampleLot>]>([
    ['L001', 'number 000', { number: '000' }],
    ['L001', 'no date', { date: '261345' }],
    ['L002', 'a date of 91 days ago', { date: '260824' }],
    ['L003', 'a date three days ahead', { date: '261126' }],
    ['L009', 'another fund', { body: '998' }],
    ['L010', 'a practitioner without convention', { billingNumber: '999000037' }],
    ['L007', 'a practitioner in the trailer that is another one', { editTrailer: (record) => put(record, 2, '999000029') }],
    ['L007', 'no currency', { editHeader: (record) => put(record, 88, ' ') }],
    ['L005', 'one centime more', { editTrailer: (record) => put(record, 25, '000031301') }],
    ['L005', 'an invoice too many', { editTrailer: (record) => put(record, 11, '002') }],
    ['L005', 'another lot number in the trailer', { editTrailer: (record) => put(record, 52, '008') }],
    [
      'L004',
      'a seal that is another one',
      { spoil: (records) => `${records.slice(0, -1)}!`.replace('!', records.endsWith('0') ? '1' : '0') },
    ],
  ])('refuses with %s a lot with %s', (code, _what, lot) => {
    expect(ofLot(lot)).toBe(code);
  });

  it('accepts the limits of the lot date: 90 days ago and two days ahead', () => {
    expect(ofLot({ date: '260825' })).toBeNull();
    expect(ofLot({ date: '261125' })).toBeNull();
  });

  it('refuses a lot whose risks are mixed', () => {
    const invoices = [{ number: '000000101' }, { number: '000000102', edit: changed(0, 77, '41') }];
    expect(ofLot({ invoices })).toBe('L007');
  });

  it('refuses with L006 a known lot with other bytes', () => {
    expect(ofLot({}, { ...nothing, lotOf: () => 'other' })).toBe('L006');
  });

  it.each<[string, string, Partial<SampleInvoice>]>([
    ['I001', 'number zero', { number: '000000000' }],
    ['I008', 'no birth date', { edit: changed(0, 96, '      ') }],
    ['I008', 'no performer', { edit: changed(1, 55, '         ') }],
    ['I003', 'a wrong NIR key', { edit: (records) => records.map((record) => put(record, 25, '82')) }],
    ['I004', 'a total of acts that differs', { edit: changed(4, 39, '003') }],
    ['I004', 'a patient share that differs', { edit: changed(4, 74, '00021291') }],
    ['I005', 'an act after the invoice', { edit: changed(1, 68, '261124') }],
    ['I007', 'a crown without its CCAM code', { edit: changed(3, 43, '             ') }],
    ['I007', 'a tooth that does not exist', { edit: changed(3, 71, '39') }],
    ['I006', 'a wrong seal', { spoil: (records) => `${records.slice(0, -1)}${records.endsWith('0') ? '1' : '0'}` }],
  ])('refuses with %s an invoice with %s', (code, _what, invoice) => {
    expect(ofInvoice(invoice)).toEqual([code]);
  });

  it('lists all the faults of an invoice, in order', () => {
    const edit = (records: string[]): string[] => changed(4, 39, '009')(records.map((record) => put(record, 25, '82')));
    expect(ofInvoice({ edit }, { ...nothing, invoiceAccepted: () => true })).toEqual(['I003', 'I004', 'I002']);
  });

  it('refuses with I007 a grouping code that has no CCAM record', () => {
    const edit = (records: string[]): string[] => records.filter((_record, rank) => rank !== 3);
    expect(ofInvoice({ edit })).toEqual(['I007']);
  });

  it('refuses with I002 the same invoice twice in one file', () => {
    const lots = verdict({ lots: [{ number: '007' }, { number: '008' }] }).lots;
    expect(lots.map(({ code }) => code)).toEqual([null, 'L008']);
    expect(lots[1]?.invoices).toEqual([{ number: '000000101', codes: ['I002'] }]);
  });
});
