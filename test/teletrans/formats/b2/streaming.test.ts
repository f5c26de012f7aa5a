import fc from 'fast-check';
import { B2FileFormatter } from '../../../../src/teletrans/formats/b2/file-formatter';
import { B2LotFormatter } from '../../../../src/teletrans/formats/b2/lot-formatter';
import { readB2 } from '../../../../src/teletrans/formats/b2/reader';
import { SimulatorSealer } from '../../../../src/teletrans/formats/b2/simulator-sealer';
import { readB2Records, writeB2File } from '../../../../src/teletrans/formats/b2/streaming';
import { dayFile, FILE_HEADER, LOT_HEADER, workedInvoice } from '../../../support/b2-files';
import { sampleInvoices } from '../../../support/invoices';

const formatter = new B2FileFormatter();

async function lotNumbered(lotNumber: string): Promise<Buffer> {
  return new B2LotFormatter().encodeLot({ ...LOT_HEADER, lotNumber }, [workedInvoice()], new SimulatorSealer());
}

async function collect(source: AsyncIterable<Buffer>): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of source) pieces.push(piece);
  return Buffer.concat(pieces);
}

async function* inPieces(bytes: Buffer, sizes: readonly number[]): AsyncGenerator<Buffer> {
  for (let at = 0, turn = 0; at < bytes.length; turn++) {
    const size = sizes[turn % sizes.length]!;
    yield bytes.subarray(at, at + size);
    at += size;
  }
}

describe('writing piece by piece', () => {
  it('gives the bytes that writing at once gives', async () => {
    const first = await lotNumbered('001');
    expect(await collect(writeB2File(formatter, FILE_HEADER, [first]))).toEqual(formatter.encodeFile(FILE_HEADER, [first]));
  });
  it('stops at a lot that is wrong, that comes twice, and when there is none', async () => {
    const lot = await lotNumbered('001');
    const wrong = Buffer.from(lot);
    wrong.write('9', wrong.length - 128 + 12);
    for (const lots of [[lot, wrong], [lot, lot], [lot.subarray(5)], []])
      await expect(collect(writeB2File(formatter, FILE_HEADER, lots))).rejects.toMatchObject({ code: 'LOT-010' });
  });
});

describe('reading piece by piece', () => {
  let long: Buffer;
  beforeAll(async () => {
    const day = await dayFile(sampleInvoices());
    // Several windows: the records of the day over and over between one header and one trailer.
    long = Buffer.concat([day.subarray(0, 128), ...Array.from({ length: 8 }, () => day.subarray(128, -128)), day.subarray(-128)]);
  });

  const streamed = async (bytes: Buffer, sizes: readonly number[]) => {
    const all: { type: string; bytes: string; index: number }[] = [];
    const faults: string[] = [];
    for await (const { record, faults: own } of readB2Records(inPieces(bytes, sizes))) {
      all.push({ type: record.type, bytes: record.bytes.toString('latin1'), index: record.index });
      faults.push(...own.map(({ kind, record: at }) => `${kind} ${at}`));
    }
    return { all, faults };
  };
  const whole = (bytes: Buffer) =>
    readB2(bytes).records.map((record) => ({ type: record.type, bytes: record.bytes.toString('latin1'), index: record.index }));

  it.each([[[128]], [[1000, 7, 70_000]], [[65_536]], [[1_000_000]]])(
    'gives the same records in pieces of %j, with or without line ends',
    async (sizes) => {
      const lines = Buffer.from((long.toString('latin1').match(/.{128}/gs) ?? []).join('\r\n'), 'latin1');
      expect((await streamed(long, sizes)).all).toEqual(whole(long));
      expect((await streamed(lines, sizes)).all).toEqual(whole(long));
    },
  );

  it('finds the records again after lost and added characters, as reading at once does', async () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 90_000 }), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(
        sizes,
        fc.array(fc.tuple(fc.nat({ max: 200_000 }), fc.integer({ min: -40, max: 40 })), { maxLength: 4 }),
        async (pieces, edits) => {
          let bytes = long;
          for (const [place, shift] of edits) {
            const at = place % bytes.length;
            bytes = Buffer.concat([bytes.subarray(0, at), Buffer.alloc(Math.max(0, shift), 'X'), bytes.subarray(at + Math.max(0, -shift))]);
          }
          const bigger = pieces.map((size) => size + 500);
          const { all, faults } = await streamed(bytes, bigger);
          expect(all).toEqual(whole(bytes));
          expect(faults.filter((fault) => fault.startsWith('shift')).length > 0).toBe(
            readB2(bytes).structure.some(({ kind }) => kind === 'shift'),
          );
        },
      ),
      { numRuns: 25 },
    );
  });
});
