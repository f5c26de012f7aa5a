import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import fc from 'fast-check';
import { FlightRecorder } from '../../../src/teletrans/diagnostics/flight-recorder';
import { logEntry } from '../../../src/teletrans/diagnostics/log-entry';
import type { LogFields } from '../../../src/teletrans/diagnostics/logger';
import { MemoryLogger } from '../../../src/teletrans/diagnostics/memory-logger';
import { createWinstonLogger, LOG_FILE } from '../../../src/teletrans/diagnostics/winston-logger';
import { VitaleError } from '../../../src/teletrans/domain/errors';
import { aFolder } from '../store/folder';
import { anInvoiceBody, CANARIES } from '../store/samples';

const NOW = (): Date => new Date('2026-11-23T10:00:00Z');
const ID = '7f3e2a10-5b6c-4d7e-8f90-a1b2c3d4e5f6';

describe('the log', () => {
  let folder: string;
  let remove: () => Promise<void>;
  beforeEach(async () => ({ folder, remove } = await aFolder()));
  afterEach(() => remove());
  const lines = (): unknown[] =>
    readFileSync(path.join(folder, LOG_FILE), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown);

  it('is one JSON object a line, with the typed fields', async () => {
    const log = createWinstonLogger(folder, { now: NOW });
    log.log('info', 'file.sent', { id: ID, code: 'TRA-001', count: 3, ms: 12.3456, from: 'FROZEN', to: 'ATTEMPT', step: 'dot-sent' });
    log.log('warn', 'alone');
    await log.close();
    expect(lines()).toEqual([
      {
        at: '2026-11-23T10:00:00.000Z',
        level: 'info',
        event: 'file.sent',
        id: ID,
        code: 'TRA-001',
        count: 3,
        ms: 12.346,
        from: 'FROZEN',
        to: 'ATTEMPT',
        step: 'dot-sent',
      },
      { at: '2026-11-23T10:00:00.000Z', level: 'warn', event: 'alone' },
    ]);
  });

  it('changes level while it runs; the recorder keeps every level', async () => {
    const log = createWinstonLogger(folder, { now: NOW });
    log.log('debug', 'hidden');
    log.setLevel('debug');
    log.log('debug', 'shown');
    log.setLevel('error');
    log.log('warn', 'hidden-too');
    await log.close();
    expect(lines()).toMatchObject([{ event: 'shown' }]);
    expect(log.recorder.entries().map((entry) => entry.event)).toEqual(['hidden', 'shown', 'hidden-too']);
  });

  it('goes on in the same file when it is opened again, readable by its owner only', async () => {
    for (const event of ['first', 'second']) {
      const log = createWinstonLogger(folder, { now: NOW });
      log.log('info', event);
      await log.close();
    }
    expect(lines()).toMatchObject([{ event: 'first' }, { event: 'second' }]);
    if (process.platform !== 'win32') expect(statSync(path.join(folder, LOG_FILE)).mode & 0o777).toBe(0o600);
  });

  it('rotates, keeping a bounded number of bounded files', async () => {
    const log = createWinstonLogger(folder, { now: NOW, maxBytes: 2000 });
    for (let i = 0; i < 300; i++) {
      log.log('info', 'turn', { count: i });
      if (i % 20 === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    }
    await log.close();
    const files = readdirSync(folder);
    expect(files.length).toBeGreaterThan(1);
    expect(files.length).toBeLessThanOrEqual(6);
    expect(Math.max(...files.map((name) => statSync(path.join(folder, name)).size))).toBeLessThan(10_000);
  });

  it('never fails its caller, even when the folder cannot be written', async () => {
    writeFileSync(path.join(folder, 'plain'), '');
    const log = createWinstonLogger(path.join(folder, 'plain', 'journaux'));
    log.log('error', 'lost');
    await log.close();
    expect(log.recorder.entries()).toMatchObject([{ event: 'lost' }]);
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

  it('writes nothing of an invoice or a code porteur, wherever they are put', async () => {
    const invoice = anInvoiceBody('000000101');
    const sentences = [
      ...CANARIES.filter((canary) => canary !== 'HBFD999').map((canary) => `la facture de ${canary}`),
      '1999999999999',
      JSON.stringify(invoice),
    ];
    const log = createWinstonLogger(folder, { level: 'debug' });
    const memory = new MemoryLogger();
    for (const value of [...sentences, invoice, invoice.beneficiary, Buffer.from('4826'), [4, 8, 2, 6]]) {
      for (const name of ['id', 'code', 'count', 'ms', 'from', 'to', 'step', 'message', 'invoice', 'body', 'pin']) {
        const fields = { [name]: value } as unknown as LogFields;
        log.log('info', 'canary', fields);
        memory.log('info', 'canary', fields);
      }
      const error = Object.assign(new Error(JSON.stringify(value)), { code: value, invoice: value, name: JSON.stringify(value) });
      log.log('error', 'canary', { error });
      memory.log('error', 'canary', { error });
    }
    log.log('info', 'la facture de ZYXCANARINOM');
    await log.close();
    const written = readdirSync(folder)
      .map((name) => readFileSync(path.join(folder, name), 'utf8'))
      .join('');
    for (const text of [written, JSON.stringify(log.recorder.entries()), JSON.stringify(memory.entries)]) {
      expect(text.length).toBeGreaterThan(1000);
      for (const canary of [...CANARIES, '4826', '52,56,50,54'])
        expect({ canary, found: text.includes(canary) }).toEqual({ canary, found: false });
    }
  });

  it('lets no run of digits as long as a NIR through, and always makes one line', () => {
    fc.assert(
      fc.property(
        fc.record({ id: fc.string(), code: fc.string(), from: fc.string(), step: fc.stringMatching(/^[0-9]{5,20}$/) }),
        (fields) => {
          const line = JSON.stringify(logEntry(NOW(), 'info', 'any', fields));
          return !/[0-9]{10}/.test(line) && !line.includes('\n');
        },
      ),
    );
  });
});

describe('the flight recorder', () => {
  it('keeps the last events, oldest first', () => {
    const recorder = new FlightRecorder(3, NOW);
    expect(recorder.entries()).toEqual([]);
    for (let i = 1; i <= 5; i++) {
      recorder.log('debug', `e${String(i)}`);
      const expected = Array.from({ length: Math.min(i, 3) }, (_, k) => `e${String(i - Math.min(i, 3) + k + 1)}`);
      expect(recorder.entries().map((entry) => entry.event)).toEqual(expected);
    }
  });
});
