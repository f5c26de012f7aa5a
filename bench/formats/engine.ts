/**
 * Our fixed-width engine, the two most used packages on npm and a bare memory copy, on the same table and data, in turn in one run.
 * Equal work: writing makes the 128 characters of each record out of one object, and every engine must make the same; reading makes an array with one object for
 * each record and one text for each field, and every engine must make the same texts. The packages give and take strings, their own form: turning them into
 * bytes, which ours does, is not counted against them. The packages trim texts when nothing is said; ours is measured with its texts trimmed too.
 * The copy is measured in the same unit of work, record by record, and once for all records together.
 * Run: `node --require ./test/teletrans/store/programs/typescript.cjs bench/formats/engine.ts`; prints one JSON line a record and kind of data, in records a
 * second. Each is measured in a process of its own: no engine has seen another table.
 */
import { spawnSync } from 'node:child_process';
import { B2_CODECS } from '../../src/teletrans/formats/b2/codecs';
import { evologi } from './peers/evologi';
import { fixedWidthParser } from './peers/fixed-width-parser';
import type { Peer } from './peers/peer';
import { MEASURED, ofPractice, withoutRepeats, type MeasuredRecord, type Values } from './records';
import { inTurn } from './rounds';

/** Records at a time: what a lot holds. Many more at once, and the collection of garbage outweighs the work of every engine. */
const BATCH = 500;
const ROUNDS = 25;
const LENGTH = 128;

/** Any of the measured codecs, whatever its fields. */
interface AnyCodec {
  write(values: object, target: Buffer, offset: number): number;
  decode(
    bytes: Buffer,
    at: number,
    length: number,
    text: string,
  ): { readonly values: Readonly<Record<string, string>>; readonly faults: readonly unknown[] };
  values(bytes: Uint8Array, text: string, at: number): Record<string, string>;
}

/** Something of each result is used, so that no work can be left out. */
let sink = 0;

function expectSame(what: string, ours: unknown, theirs: unknown): void {
  if (JSON.stringify(ours) !== JSON.stringify(theirs)) throw new Error(`${what}: not the same work`);
}

/** Texts without padding, as some engines give them. */
function bare(record: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, String(value).trim().replace(/^0+/, '')]));
}

function checkPeer(peer: Peer, objects: readonly Values[], source: Buffer, codec: AnyCodec): void {
  const text = source.toString('latin1');
  expectSame(`${peer.name} writing`, text, peer.write([...objects]).replaceAll('\n', ''));
  const read = peer.read(linesOf(source));
  expectSame(
    `${peer.name} reading`,
    objects.map((_, index) => bare(codec.values(source, text, index * LENGTH))),
    read.map(bare),
  );
}

function linesOf(source: Buffer): string {
  return (source.toString('latin1').match(/.{128}/g) ?? []).join('\n');
}

/** Reads every record, from the bytes to the array of what is made of them. */
function readAll<T>(source: Buffer, read: (text: string, at: number) => T): readonly T[] {
  const text = source.toString('latin1');
  const results = new Array<T>(BATCH);
  for (let index = 0; index < BATCH; index++) results[index] = read(text, index * LENGTH);
  return results;
}

function trimmed(values: Record<string, string>): Record<string, string> {
  for (const name in values) values[name] = (values[name] ?? '').trim();
  return values;
}

async function measure(record: MeasuredRecord, data: keyof typeof DATA): Promise<object> {
  const codec: AnyCodec = B2_CODECS[record];
  const objects = DATA[data](record, BATCH);
  const source = Buffer.alloc(BATCH * LENGTH);
  for (const [index, values] of objects.entries()) codec.write(values, source, index * LENGTH);
  const target = Buffer.alloc(BATCH * LENGTH);
  const text = linesOf(source);
  const { layout } = B2_CODECS[record];
  const peers = [fixedWidthParser(layout), await evologi(layout, true), await evologi(layout, false)];
  for (const peer of peers) checkPeer(peer, objects, source, codec);
  const ours: Record<string, () => void> = {
    copy: () => {
      for (let index = 0; index < BATCH; index++) source.copy(target, index * LENGTH, index * LENGTH, (index + 1) * LENGTH);
      sink += target[130] ?? 0;
    },
    copyAtOnce: () => {
      source.copy(target);
      sink += target[130] ?? 0;
    },
    write: () => {
      for (let index = 0; index < BATCH; index++) codec.write(objects[index] ?? {}, target, index * LENGTH);
      sink += target[130] ?? 0;
    },
    read: () => void (sink += readAll(source, (text, at) => codec.values(source, text, at)).length),
    readTrimmed: () => void (sink += readAll(source, (text, at) => trimmed(codec.values(source, text, at))).length),
    readChecked: () => void (sink += readAll(source, (text, at) => codec.decode(source, at, LENGTH, text)).length),
  };
  const theirs = Object.fromEntries(
    peers.flatMap((peer) => [
      [`${peer.name}: write`, (): void => void (sink += peer.write(objects as Values[]).length)],
      [`${peer.name}: read`, (): void => void (sink += peer.read(text).length)],
    ]),
  );
  return { record, data, ...report(inTurn({ ...ours, ...theirs }, ROUNDS), peers) };
}

const DATA = { practice: ofPractice, withoutRepeats } as const;

function report(times: Readonly<Record<string, number>>, peers: readonly Peer[]): object {
  const speed = (name: string): number => Math.round((BATCH * 1000) / (times[name] ?? Number.NaN));
  const against = (ours: string, what: string, chosen: readonly Peer[]): number =>
    Math.round((speed(ours) * 10) / Math.max(...chosen.map(({ name }) => speed(`${name}: ${what}`)))) / 10;
  const trimming = peers.slice(0, 2);
  return {
    thousandsASecond: Object.fromEntries(Object.keys(times).map((name) => [name, Math.round(speed(name) / 1000)])),
    timesFastestPeer: {
      write: against('write', 'write', peers),
      read: against('read', 'read', peers),
      readTrimmedAgainstTrimming: against('readTrimmed', 'read', trimming),
      readChecked: against('readChecked', 'read', peers),
    },
    shareOfCopy: Math.round((speed('write') * 100) / speed('copy')) / 100,
    shareOfCopyAtOnce: Math.round((speed('write') * 1000) / speed('copyAtOnce')) / 1000,
  };
}

function inOwnProcess(record: MeasuredRecord, data: string): void {
  const { status } = spawnSync(process.execPath, ['--single-threaded-gc', ...process.execArgv, __filename, record, data], {
    stdio: 'inherit',
  });
  if (status !== 0) process.exitCode = 1;
}

async function main(record: string | undefined, data: string | undefined): Promise<void> {
  if (data === undefined) {
    for (const kind of Object.keys(DATA)) for (const one of MEASURED) if (record === undefined || record === one) inOwnProcess(one, kind);
    return;
  }
  process.stdout.write(`${JSON.stringify(await measure(record as MeasuredRecord, data as keyof typeof DATA))}\n`);
  if (sink === 0) throw new Error('nothing was measured');
}

void main(process.argv[2], process.argv[3]);
