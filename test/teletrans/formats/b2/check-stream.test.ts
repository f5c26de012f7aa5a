import fc from 'fast-check';
import { checkB2 } from '../../../../src/teletrans/formats/b2/check';
import { checkB2Stream, StreamChecker } from '../../../../src/teletrans/formats/b2/check-stream';
import type { B2Fault } from '../../../../src/teletrans/formats/b2/fault';
import { readB2 } from '../../../../src/teletrans/formats/b2/reader';
import { dayFile } from '../../../support/b2-files';
import { sampleInvoices } from '../../../support/invoices';

async function* inPieces(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function streamed(bytes: Buffer, size = 70_000): Promise<B2Fault[]> {
  const found: B2Fault[] = [];
  for await (const { faults } of checkB2Stream(inPieces(bytes, size))) found.push(...faults);
  return found;
}

const inOrder = (faults: readonly B2Fault[]): string[] => faults.map((fault) => JSON.stringify(fault)).sort();

describe('checking a file as it streams by', () => {
  let day: Buffer;
  let long: Buffer;
  beforeAll(async () => {
    day = await dayFile(sampleInvoices());
    long = Buffer.concat([day.subarray(0, 128), ...Array.from({ length: 8 }, () => day.subarray(128, -128)), day.subarray(-128)]);
  });

  it('finds nothing wrong with a sound one', async () => {
    expect(await streamed(day, 1000)).toEqual([]);
  });

  it('finds what is found in the file held whole: totals, counters, numbers that come twice, and any damage', async () => {
    const edit = fc.tuple(
      fc.nat(),
      fc.constantFrom(48, 49, 50, 53, 54, 57, 32, 65, 64, 233),
      fc.integer({ min: -40, max: 40 }),
      fc.boolean(),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.boolean(),
        fc.array(edit, { maxLength: 4 }),
        fc.integer({ min: 100, max: 90_000 }),
        async (isLong, edits, size) => {
          let bytes = Buffer.from(isLong ? long : day);
          for (const [place, code, shift, moves] of edits) {
            const at = place % bytes.length;
            if (moves)
              bytes = Buffer.concat([
                bytes.subarray(0, at),
                Buffer.alloc(Math.max(0, shift), 'X'),
                bytes.subarray(at + Math.max(0, -shift)),
              ]);
            else bytes[at] = code;
          }
          expect(inOrder(await streamed(bytes, size))).toEqual(inOrder(checkB2(bytes)));
        },
      ),
      { numRuns: 40 },
    );
  });

  it('says each record’s own faults with it', async () => {
    const wrong = Buffer.from(day);
    wrong.write('é', 4 * 128 + 20, 'latin1');
    for await (const { record, faults } of checkB2Stream(inPieces(wrong, 500)))
      expect(faults.some(({ kind }) => kind === 'charset')).toBe(record?.index === 5);
  });

  it('keeps no record of a lot that never ends, and says that its totals are not checked', () => {
    const [header, lot, ...rest] = readB2(day).records;
    const checker = new StreamChecker();
    const invoice = rest.slice(0, rest.findIndex(({ type }) => type === '5') + 1);
    const found: B2Fault[] = [];
    let index = 0;
    const add = (record: NonNullable<typeof header>): void => {
      index += 1;
      found.push(...checker.add({ record: { ...record, index }, faults: [] }));
    };
    add(header!);
    add(lot!);
    while (index < 160_000) for (const record of invoice) add(record);
    found.push(...checker.end());
    expect(found.filter(({ kind }) => kind === 'count')).toEqual([
      expect.objectContaining({ message: expect.stringContaining('150000 enregistrements') as string }),
    ]);
    expect(found.map(({ kind }) => kind)).toEqual(['count', 'missing-trailer']);
  });
});
