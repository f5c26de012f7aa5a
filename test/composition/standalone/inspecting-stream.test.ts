import { Readable, Writable } from 'node:stream';
import type { CommandCall } from '../../../src/composition/standalone/command';
import { inspectStream } from '../../../src/composition/standalone/commands/inspecting-stream';
import { Terminal } from '../../../src/composition/standalone/terminal';
import { explain, maskPatientData } from '../../../src/teletrans/formats/explain';
import type { ExplainedFile } from '../../../src/teletrans/formats/port';
import { dayFile } from '../../support/b2-files';
import { sampleInvoices } from '../../support/invoices';

/** A reader that takes its time, as a pager does. */
class SlowReader extends Writable {
  text = '';
  constructor() {
    super({ highWaterMark: 64 });
  }
  override _write(chunk: Buffer, _: BufferEncoding, done: () => void): void {
    this.text += chunk.toString();
    setImmediate(done);
  }
}

let wrong: Buffer;
beforeAll(async () => {
  wrong = await dayFile(sampleInvoices());
  // The total of fees of the last lot, and the number of lots.
  wrong.write('9', wrong.length - 2 * 128 + 24, 'latin1');
  wrong.write('9', wrong.length - 128 + 82, 'latin1');
});

async function inspected(bytes: Buffer, json: boolean, isClear = false): Promise<{ code: number; text: string }> {
  const reader = new SlowReader();
  const call = { json, terminal: new Terminal(reader, new SlowReader()) } as unknown as CommandCall;
  const code = await inspectStream(Readable.from([bytes.subarray(0, 999), bytes.subarray(999)]), isClear, false, call);
  await new Promise<void>((resolve) => reader.end(resolve));
  return { code, text: reader.text };
}

const inOrder = ({ faults }: ExplainedFile): string[] => faults.map((fault) => JSON.stringify(fault)).sort();

it('explains a large file as it does a small one, all of it, to a slow reader too', async () => {
  const { code, text } = await inspected(wrong, true);
  const expected = maskPatientData(explain(wrong));
  const found = JSON.parse(text) as ExplainedFile;
  expect(code).toBe(4);
  expect(found.records).toEqual(expected.records);
  expect(inOrder(found)).toEqual(inOrder(expected));
  expect(expected.faults).not.toEqual([]);
});

it('tells people each fault where it is found and at the end, and masks patients unless asked', async () => {
  const { text } = await inspected(wrong, false);
  const { faults, records } = explain(wrong);
  expect(text.trimEnd().split('\n').at(-1)).toBe(`fichier B2 : ${records.length} enregistrements, ${faults.length} défauts`);
  for (const { message } of faults) expect(text.split(message).length).toBeGreaterThanOrEqual(3);
  const nir = sampleInvoices()[0]!.insured.nir;
  expect(text).not.toContain(nir);
  expect((await inspected(wrong, false, true)).text).toContain(nir);
});
