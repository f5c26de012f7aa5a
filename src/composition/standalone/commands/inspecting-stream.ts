/** A B2 file of any size, explained record after record with flat memory: each fault where it is found, the first of them together at the end. */
import type { Readable } from 'node:stream';
import { maskRecord } from '../../../teletrans/formats/explain';
import { explainB2Stream, type ExplainedPiece } from '../../../teletrans/formats/explain-stream';
import { ExplanationText } from '../../../teletrans/formats/explanation-text';
import type { FileFault } from '../../../teletrans/formats/port';
import type { CommandCall } from '../command';
import { EXIT, type ExitCode } from '../exit-codes';

/** Faults repeated at the end; all of them stand where they were found. */
const MOST_REPEATED = 10_000;
/** Pieces given to the terminal at once. */
const AT_ONCE = 200;

/** The faults so far. */
class Found {
  readonly repeated: FileFault[] = [];
  count = 0;

  add(faults: readonly FileFault[]): void {
    this.count += faults.length;
    for (const fault of faults) if (this.repeated.length < MOST_REPEATED) this.repeated.push(fault);
  }

  /** As {@link add}, whatever is there already. */
  keep(faults: readonly FileFault[]): void {
    this.count += faults.length;
    this.repeated.push(...faults);
  }

  get leftOut(): number {
    return this.count - this.repeated.length;
  }
}

export async function inspectStream(source: Readable, isClear: boolean, colours: boolean, call: CommandCall): Promise<ExitCode> {
  const pieces = masked(explainB2Stream(source), isClear);
  const count = call.json ? await asJson(pieces, call) : await asText(pieces, colours, call);
  return count > 0 ? EXIT.partial : EXIT.done;
}

async function* masked(pieces: AsyncIterable<ExplainedPiece>, isClear: boolean): AsyncGenerator<ExplainedPiece> {
  for await (const { record, faults } of pieces) yield { record: record === null || isClear ? record : maskRecord('b2', record), faults };
}

async function asText(pieces: AsyncIterable<ExplainedPiece>, colours: boolean, { terminal }: CommandCall): Promise<number> {
  const text = new ExplanationText('b2', colours);
  const found = new Found();
  let lines: string[] = [];
  let index = 0;
  for await (const { record, faults } of pieces) {
    found.add(faults);
    if (record === null) {
      lines.push('', ...faults.map((fault) => text.fault(fault, undefined)));
      continue;
    }
    index += 1;
    const own = faults.filter(({ record: at }) => at === index);
    lines.push(...text.record(record, index, own));
    // What is said of an earlier record once its lot has ended.
    for (const fault of faults) if (fault.record !== index) lines.push(text.fault(fault, undefined));
    if (index % AT_ONCE !== 0) continue;
    await terminal.printed(lines);
    lines = [];
  }
  lines.push(...text.faultHeading(found.count), ...found.repeated.map((fault) => text.fault(fault, undefined)));
  if (found.leftOut > 0) lines.push(`… et ${found.leftOut} autres, dits à leur place.`);
  lines.push('', text.summary(index, found.count));
  await terminal.printed(lines);
  return found.count;
}

/** One document, as for a small file; where faults had to be left out, `faultsLeftOut` says how many. */
async function asJson(pieces: AsyncIterable<ExplainedPiece>, { terminal }: CommandCall): Promise<number> {
  const found = new Found();
  let part: string[] = ['{"family":"b2","records":['];
  let index = 0;
  for await (const { record, faults } of pieces) {
    // Those of the whole file, a handful, are never left out.
    if (record === null) found.keep(faults);
    else found.add(faults);
    if (record === null) continue;
    part.push(`${index === 0 ? '' : ','}${JSON.stringify(record)}`);
    index += 1;
    if (index % AT_ONCE !== 0) continue;
    await terminal.printed(part);
    part = [];
  }
  const rest = found.leftOut > 0 ? `,"faultsLeftOut":${found.leftOut}` : '';
  part.push(`],"faults":${JSON.stringify(found.repeated)}${rest}}`);
  await terminal.printed(part);
  return found.count;
}
