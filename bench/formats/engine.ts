/**
 * Our fixed-width engine, the two most used packages on npm and a bare memory copy, on the same table and data, in turn in one run.
 * Every engine writes the same objects and must give the same bytes; every engine reads the same records and must give the same texts, else nothing is printed.
 * The others give and take strings, their own form: turning them into bytes is not counted against them.
 * Run: `node --require ./test/teletrans/store/programs/typescript.cjs bench/formats/engine.ts`; prints one JSON line a record, in records a second.
 */
import { B2_CODECS } from '../../src/teletrans/formats/b2/codecs';
import { evologi } from './peers/evologi';
import { fixedWidthParser } from './peers/fixed-width-parser';
import type { Peer, PeerValues } from './peers/peer';
import { MEASURED, VALUES, sampleBytes, type MeasuredRecord } from './records';
import { inTurn } from './rounds';

const BATCH = 2_000;
const ROUNDS = 25;
const LENGTH = 128;

/** Any of the measured codecs, whatever its fields. */
interface AnyCodec {
  write(values: object, target: Buffer, offset: number): number;
  rows(...names: string[]): (row: readonly (string | number)[], target: Buffer, offset: number) => number;
  decode(
    bytes: Buffer,
    at: number,
    length: number,
  ): { readonly values: Readonly<Record<string, string>>; readonly faults: readonly unknown[] };
  values(bytes: Buffer, at: number): Readonly<Record<string, string>>;
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

function checkPeer(peer: Peer, objects: PeerValues[], source: Buffer, codec: AnyCodec): void {
  expectSame(`${peer.name} writing`, source.toString('latin1'), peer.write(objects).replaceAll('\n', ''));
  const read = peer.read(linesOf(source));
  expectSame(
    `${peer.name} reading`,
    objects.map((_, index) => bare(codec.values(source, index * LENGTH))),
    read.map(bare),
  );
}

function linesOf(source: Buffer): string {
  return (source.toString('latin1').match(/.{128}/g) ?? []).join('\n');
}

async function measure(record: MeasuredRecord): Promise<object> {
  const codec: AnyCodec = B2_CODECS[record];
  const { layout } = B2_CODECS[record];
  const source = sampleBytes(record, BATCH);
  const target = Buffer.alloc(BATCH * LENGTH);
  const objects: PeerValues[] = Array.from({ length: BATCH }, (_, index) => ({ ...VALUES[record](index) }));
  const rows = objects.map((one) => Object.values(one));
  const writeRow = codec.rows(...Object.keys(objects[0] ?? {}));
  const text = linesOf(source);
  const peers = [fixedWidthParser(layout), await evologi(layout, true), await evologi(layout, false)];
  for (const peer of peers) checkPeer(peer, objects, source, codec);
  const ours: Record<string, () => void> = {
    copy: () => {
      for (let index = 0; index < BATCH; index++) source.copy(target, index * LENGTH, index * LENGTH, (index + 1) * LENGTH);
      sink += target[130] ?? 0;
    },
    write: () => {
      for (let index = 0; index < BATCH; index++) codec.write(objects[index] ?? {}, target, index * LENGTH);
      sink += target[130] ?? 0;
    },
    writeRows: () => {
      for (let index = 0; index < BATCH; index++) writeRow(rows[index] ?? [], target, index * LENGTH);
      sink += target[130] ?? 0;
    },
    read: () => {
      for (let index = 0; index < BATCH; index++) sink += codec.values(source, index * LENGTH)['rec_type']?.length ?? 0;
    },
    readChecked: () => {
      for (let index = 0; index < BATCH; index++) sink += codec.decode(source, index * LENGTH, LENGTH).faults.length + 1;
    },
  };
  const theirs = Object.fromEntries(
    peers.flatMap((peer) => [
      [`${peer.name}: write`, (): void => void (sink += peer.write(objects).length)],
      [`${peer.name}: read`, (): void => void (sink += peer.read(text).length)],
    ]),
  );
  return report(record, inTurn({ ...ours, ...theirs }, ROUNDS), peers);
}

function report(record: MeasuredRecord, times: Readonly<Record<string, number>>, peers: readonly Peer[]): object {
  const speed = (name: string): number => Math.round((BATCH * 1000) / (times[name] ?? Number.NaN));
  const against = (ours: string, what: string, chosen: readonly Peer[]): number =>
    Math.round((speed(ours) * 10) / Math.max(...chosen.map(({ name }) => speed(`${name}: ${what}`)))) / 10;
  const trimming = peers.slice(0, 2);
  const share = (ours: string): number => Math.round((speed(ours) * 100) / speed('copy')) / 100;
  return {
    record,
    speeds: Object.fromEntries(Object.keys(times).map((name) => [name, speed(name)])),
    timesFastestPeer: { write: against('write', 'write', peers), writeRows: against('writeRows', 'write', peers) },
    timesFastestPeerAsItComes: { read: against('read', 'read', trimming), readChecked: against('readChecked', 'read', trimming) },
    timesFastestPeerUntouched: { read: against('read', 'read', peers), readChecked: against('readChecked', 'read', peers) },
    shareOfCopy: { write: share('write'), writeRows: share('writeRows') },
  };
}

async function main(asked: string | undefined): Promise<void> {
  for (const record of MEASURED)
    if (asked === undefined || asked === record) process.stdout.write(`${JSON.stringify(await measure(record))}\n`);
  if (sink === 0) throw new Error('nothing was measured');
}

void main(process.argv[2]);
