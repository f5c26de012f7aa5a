import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { correlated } from '../../../src/teletrans/diagnostics/correlation';
import { FlightRecorder } from '../../../src/teletrans/diagnostics/flight-recorder';
import { logEntry } from '../../../src/teletrans/diagnostics/log-entry';
import { lastLogLines, logFiles, type LogLimits } from '../../../src/teletrans/diagnostics/log-files';
import { codeField, countOf, millisecondsOf, wordOf } from '../../../src/teletrans/diagnostics/log-values';
import type { LogFields, Logger, LogLevels } from '../../../src/teletrans/diagnostics/logger';
import { MemoryLogger } from '../../../src/teletrans/diagnostics/memory-logger';
import { ProductLog } from '../../../src/teletrans/diagnostics/product-log';
import { VitaleError } from '../../../src/teletrans/domain/errors';
import { aFolder } from '../store/folder';
import { anInvoiceBody, CANARIES } from '../store/samples';

const NOW = (): Date => new Date('2026-11-23T10:00:00Z');
const ID = '7f3e2a10-5b6c-4d7e-8f90-a1b2c3d4e5f6';
const TODAY = 'vitale-2026-11-23.jsonl';

describe('the log', () => {
  let folder: string;
  let remove: () => Promise<void>;
  beforeEach(async () => ({ folder, remove } = await aFolder()));
  afterEach(() => remove());
  const lines = (name = TODAY): unknown[] =>
    readFileSync(path.join(folder, name), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown);
  const open = (
    options: { now?: () => Date; levels?: LogLevels; limits?: LogLimits; folder?: string; recorder?: FlightRecorder } = {},
  ): ProductLog => new ProductLog({ folder, recorder: new FlightRecorder(), now: NOW, ...options });

  it('is one JSON object a line, with the typed fields, there as soon as it is logged', () => {
    const log: Logger = open();
    const fields = { id: ID, ...codeField('TRA-001'), count: countOf(3), ms: millisecondsOf(12.3456) } as const;
    log.log('info', 'sending.sent', { ...fields, from: 'FROZEN', to: 'ATTEMPT', step: 'dot-sent' });
    log.log('warn', 'program.alone');
    expect(lines()).toEqual([
      {
        at: '2026-11-23T10:00:00.000Z',
        level: 'info',
        event: 'sending.sent',
        id: ID,
        code: 'TRA-001',
        count: 3,
        ms: 12.346,
        from: 'FROZEN',
        to: 'ATTEMPT',
        step: 'dot-sent',
      },
      { at: '2026-11-23T10:00:00.000Z', level: 'warn', event: 'program.alone' },
    ]);
  });

  it('has a level for each area, changed while it runs', () => {
    const log: Logger & ProductLog = open();
    log.log('debug', 'card.hidden');
    log.setLevels({ level: 'error', areas: { card: 'debug' } });
    log.log('debug', 'card.shown');
    log.log('warn', 'window.hidden');
    log.log('error', 'window.shown');
    expect(lines()).toMatchObject([{ event: 'card.shown' }, { event: 'window.shown' }]);
  });

  it('writes what came before once it is asked to, each line once', () => {
    const recorder = new FlightRecorder();
    recorder.record(logEntry(NOW(), 'info', 'program.started'), false);
    const log: Logger & ProductLog = open({ recorder });
    log.log('info', 'window.written');
    log.log('debug', 'card.hidden');
    expect(log.writePast()).toBe(2);
    expect(log.writePast()).toBe(0);
    expect(lines()).toMatchObject([{ event: 'window.written' }, { event: 'program.started' }, { event: 'card.hidden' }]);
  });

  it('ties the events of one call together, also after a wait, and keeps two calls apart', async () => {
    const log: Logger = open();
    const call = async (): Promise<void> => {
      log.log('info', 'window.first');
      await new Promise((resolve) => setImmediate(resolve));
      log.log('info', 'window.second');
    };
    await Promise.all([correlated(call), correlated(call)]);
    log.log('info', 'window.outside');
    const found = lines() as { call?: string }[];
    const calls = found.slice(0, 4).map((line) => line.call);
    expect(new Set(calls).size).toBe(2);
    for (const each of calls) expect(calls.filter((other) => other === each)).toHaveLength(2);
    expect(found[4]).not.toHaveProperty('call');
  });

  it('goes on in the same file when it is opened again, readable by its owner only', async () => {
    for (const event of ['program.first', 'program.second'] as const) {
      const log: Logger & ProductLog = open();
      log.log('info', event);
      await log.close();
    }
    expect(lines()).toMatchObject([{ event: 'program.first' }, { event: 'program.second' }]);
    if (process.platform !== 'win32') expect(statSync(path.join(folder, TODAY)).mode & 0o777).toBe(0o600);
  });

  it('begins a new file each day and when one is full; two programs share them; the oldest go, by age and by total size', () => {
    const limits = { fileBytes: 1000, totalBytes: 4000, days: 3 };
    writeFileSync(path.join(folder, 'vitale-2026-11-19.jsonl'), 'old\n');
    writeFileSync(path.join(folder, 'vitale-2026-11-20.jsonl'), 'recent\n');
    writeFileSync(path.join(folder, 'autre.txt'), 'not ours');
    let now = NOW();
    const two: Logger[] = [open({ limits, now: () => now }), open({ limits, now: () => now })];
    for (let turn = 0; turn < 20; turn++) two[turn % 2]!.log('info', 'program.turn', { count: countOf(turn) });
    expect(readdirSync(folder)).toContain('vitale-2026-11-20.jsonl');
    expect(readdirSync(folder)).not.toContain('vitale-2026-11-19.jsonl');
    const written = lastLogLines(folder, 1_000_000).filter((line) => line.startsWith('{'));
    expect(written.map((line) => (JSON.parse(line) as { count: number }).count)).toEqual(Array.from({ length: 20 }, (_, turn) => turn));
    now = new Date('2026-11-24T10:00:00Z');
    for (let turn = 0; turn < 200; turn++) two[turn % 2]!.log('info', 'program.turn', { count: countOf(turn) });
    const sizes = logFiles(folder).map(({ name }) => statSync(path.join(folder, name)).size);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(1000);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(4000);
    expect(logFiles(folder).at(-1)?.name).toMatch(/^vitale-2026-11-24\.[0-9]+\.jsonl$/);
    expect(readdirSync(folder)).toContain('autre.txt');
  });

  it.each(['folder missing with its parent', 'folder is a file', 'disk full'] as const)(
    'never stops the program: %s; goes on once it can, and says how many lines it lost',
    (trouble) => {
      const place = trouble === 'disk full' ? folder : path.join(folder, 'data', 'journaux');
      if (trouble === 'folder is a file') {
        mkdirSync(path.join(folder, 'data'));
        writeFileSync(place, '');
      }
      // Everything written to this device fails as on a full disk.
      if (trouble === 'disk full') symlinkSync('/dev/full', path.join(folder, TODAY));
      const recorder = new FlightRecorder();
      const log: Logger & ProductLog = open({ folder: place, recorder });
      log.log('error', 'program.lost');
      log.log('error', 'program.lost-too');
      expect(recorder.lines()).toHaveLength(2);
      if (trouble === 'disk full') unlinkSync(path.join(folder, TODAY));
      else {
        rmSync(place, { force: true });
        mkdirSync(place, { recursive: true });
      }
      log.log('info', 'program.back');
      const found = readFileSync(path.join(place, TODAY), 'utf8').trimEnd().split('\n');
      expect(found.map((line) => JSON.parse(line) as unknown)).toMatchObject([
        { event: 'program.back' },
        { event: 'diagnostics.lines-lost', count: 2 },
      ]);
      expect(log.writePast()).toBe(2);
    },
  );

  it('survives a folder it may not write', () => {
    const place = path.join(folder, 'journaux');
    mkdirSync(place, { mode: 0o500 });
    const log: Logger = open({ folder: place });
    expect(() => log.log('error', 'program.any')).not.toThrow();
    chmodSync(place, 0o700);
  });

  it('writes of an error its name, code and frames, and of its causes too, never the messages', () => {
    const cause = new TypeError('ZYXCANARINOM at home');
    const error = new VitaleError('STO-003', { n: 'ZYXCANARINOM' }, { cause });
    const entry = logEntry(NOW(), 'error', 'failed', { error });
    expect(entry.error).toMatchObject({ name: 'VitaleError', code: 'STO-003', cause: { name: 'TypeError' } });
    expect(entry.error?.frames[0]).toMatch(/test\/teletrans\/diagnostics\/logging\.test\.ts:\d+:\d+$/);
    expect(entry.error?.frames.every((frame) => !frame.includes(process.cwd()))).toBe(true);
    expect(JSON.stringify(entry)).not.toContain('ZYXCANARINOM');
  });

  it('writes nothing of a message made to look like a frame', () => {
    const error = new Error('no\n    at ZYXCANARINOM (/src/1999999999999.ts:1:1)');
    expect(JSON.stringify(logEntry(NOW(), 'error', 'failed', { error }))).not.toMatch(/ZYXCANARI|1999999999999/);
  });

  it('writes nothing of an invoice or a code porteur, wherever they are put', () => {
    const invoice = anInvoiceBody('000000101');
    const sentences = [
      ...CANARIES.filter((canary) => canary !== 'HBFD999').map((canary) => `la facture de ${canary}`),
      '1999999999999',
      JSON.stringify(invoice),
    ];
    const recorder = new FlightRecorder();
    const log = open({ recorder, levels: { level: 'debug', areas: {} } });
    const memory = new MemoryLogger();
    for (const value of [...sentences, invoice, invoice.beneficiary, Buffer.from('4826'), [4, 8, 2, 6]]) {
      for (const name of ['id', 'code', 'count', 'ms', 'from', 'to', 'step', 'message', 'invoice', 'body', 'pin', 'error']) {
        const fields = { [name]: value } as unknown as LogFields;
        log.log('info', 'program.canary', fields);
        memory.log('info', 'program.canary', fields);
      }
      const error = Object.assign(new Error(JSON.stringify(value)), { code: value, invoice: value, name: JSON.stringify(value) });
      log.log('error', 'program.canary', { error });
      memory.log('error', 'program.canary', { error });
    }
    log.log('info', 'la facture de ZYXCANARINOM');
    const written = readdirSync(folder)
      .map((name) => readFileSync(path.join(folder, name), 'utf8'))
      .join('');
    for (const text of [written, recorder.lines().join('\n'), JSON.stringify(memory.entries)]) {
      expect(text.length).toBeGreaterThan(1000);
      for (const canary of [...CANARIES, '4826', '52,56,50,54'])
        expect({ canary, found: text.includes(canary) }).toEqual({ canary, found: false });
    }
  });

  it('lets no run of digits as long as a billing number through, and always makes one line', () => {
    fc.assert(
      fc.property(
        fc.record({ id: fc.string(), code: fc.string(), from: fc.string(), step: fc.stringMatching(/^[A-Z0-9][0-9]{4,20}$/) }),
        (fields) => {
          const line = JSON.stringify(logEntry(NOW(), 'info', 'program.any', fields as unknown as LogFields));
          return !/[0-9]{8}/.test(line) && !line.includes('\n');
        },
      ),
    );
  });

  it('cannot be given, by the types, a text known only at run time, nor a plain number', () => {
    const log: Logger = new MemoryLogger();
    const name: string = anInvoiceBody('000000101').beneficiary.lastName;
    const cents = anInvoiceBody('000000101').number.length * 100;
    // @ts-expect-error an event is written in the program
    log.log('info', `card.${name}`);
    // @ts-expect-error an event begins with its area
    log.log('info', 'elsewhere.opened');
    // @ts-expect-error a name is no word of the program
    log.log('info', 'card.opened', { step: name });
    // @ts-expect-error nor a state
    log.log('info', 'card.opened', { from: name });
    // @ts-expect-error nor an identifier of ours
    log.log('info', 'card.opened', { id: name });
    // @ts-expect-error nor a code of the catalogue
    log.log('info', 'card.opened', { code: name });
    // @ts-expect-error an amount is no count
    log.log('info', 'card.opened', { count: cents });
    // @ts-expect-error there is no such field
    log.log('info', 'card.opened', { message: 'text' });
    const either = cents > 0 ? 'first' : 'second';
    expect(() =>
      log.log('info', 'card.opened', { id: randomUUID(), step: either, from: wordOf('READY'), count: countOf(1), ...codeField('CPS-001') }),
    ).not.toThrow();
  });
});

describe('the flight recorder', () => {
  it('keeps the last events, oldest first, never more bytes than it may', () => {
    const one = logEntry(NOW(), 'debug', 'program.e1000');
    const size = JSON.stringify(one).length;
    const recorder = new FlightRecorder(3 * size);
    expect(recorder.lines()).toEqual([]);
    for (let i = 1; i <= 5000; i++) {
      recorder.record(logEntry(NOW(), 'debug', `program.e${String(1000 + i).padStart(4, '0')}`), i % 2 === 0);
      const kept = recorder.lines().map((line) => (JSON.parse(line) as { event: string }).event);
      expect(kept).toEqual(Array.from({ length: Math.min(i, 3) }, (_, k) => `program.e${1000 + i - Math.min(i, 3) + k + 1}`));
    }
    expect(recorder.takeUnwritten()).toHaveLength(1);
  });
});
