/**
 * The lists of the window over a practice of many invoices: is each answered at once, and does memory stay flat? Every question is asked as the page asks it, of a list nobody
 * has asked for before (chosen, added up, its first rows), then the stretch after (the order of the whole list), then one from its middle; times include writing the answer as
 * JSON. Then one person looks through everything, and memory is measured before and after. Milliseconds of the clock, median of nine, and of the processor in brackets.
 * Run: `node --expose-gc --require ./test/teletrans/store/programs/typescript.cjs bench/window/lists.ts [invoices]`.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import type {
  FileColumn,
  InvoiceChoices,
  InvoiceColumn,
  ListAsked,
  ListChoices,
  ListPage,
  LotColumn,
} from '../../src/teletrans/application/lists/port';
import { PART_STATES, type FileState, type LotState } from '../../src/teletrans/domain/states';
import type { ShownState } from '../../src/teletrans/domain/paper-sheet';
import { openRig, type Rig } from '../../test/support/practice-rig';
import { measured } from '../third-party/practice';
import { fillPractice } from './practice';

const ROUNDS = 9;
const EVERYTHING = { states: null, practitioner: null, text: '' } as const;
const SHOWN: readonly ShownState[] = [...PART_STATES, 'SHEET_SENT'];
const LOTS: readonly LotState[] = ['SENT', 'ACKED', 'NACKED'];
const FILES: readonly FileState[] = ['HANDED_OVER', 'ACKED', 'MIXED'];

type Read = (asked: Omit<ListAsked<object, string>, 'choices' | 'order'>) => Promise<ListPage<unknown, string, unknown>>;

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

async function told(name: string, read: Read): Promise<void> {
  const steps: { ms: number; cpu: number }[][] = [[], [], []];
  let count = 0;
  let bytes = 0;
  const timed = async (step: number, asked: Parameters<Read>[0]): Promise<string> => {
    const taken = await measured(async () => {
      const page = await read(asked);
      bytes = Math.max(bytes, Buffer.byteLength(JSON.stringify(page)));
      return page;
    });
    steps[step]?.push(taken);
    ({ count } = taken.result);
    return taken.result.view;
  };
  for (let round = 0; round < ROUNDS; round++) {
    const view = await timed(0, { from: 0, count: 100, view: null });
    await timed(1, { from: 100, count: 100, view });
    await timed(2, { from: Math.floor(count / 2), count: 100, view });
  }
  const cells = steps.map((all) => `${median(all.map(({ ms }) => ms)).toFixed(0)} (${median(all.map(({ cpu }) => cpu)).toFixed(0)})`);
  process.stdout.write(`| ${name} | ${count} | ${cells.join(' | ')} | ${Math.round(bytes / 1024)} kB |\n`);
}

const invoices =
  (rig: Rig, choices: Partial<InvoiceChoices>, key: InvoiceColumn, direction: 'asc' | 'desc' = 'asc'): Read =>
  (asked) =>
    rig.lists.invoices({ ...asked, choices: { ...EVERYTHING, clock: null, ...choices }, order: { key, direction } }, SHOWN);
const lots =
  (rig: Rig, choices: Partial<ListChoices<LotState>>, key: LotColumn): Read =>
  (asked) =>
    rig.lists.lots({ ...asked, choices: { ...EVERYTHING, ...choices }, order: { key, direction: 'desc' } }, LOTS);
const files =
  (rig: Rig, choices: Partial<ListChoices<FileState>>, key: FileColumn): Read =>
  (asked) =>
    rig.lists.files({ ...asked, choices: { ...EVERYTHING, ...choices }, order: { key, direction: 'desc' } }, FILES);

async function lookThrough(read: Read): Promise<number> {
  let view: string | null = null;
  let rows = 0;
  for (;;) {
    const page = await read({ from: rows, count: 100, view });
    JSON.stringify(page);
    rows += page.rows.length;
    view = page.view;
    if (page.rows.length < 100) return rows;
  }
}

const memory = (): { readonly heap: number; readonly resident: number } => {
  (globalThis as { gc?: () => void }).gc?.();
  const { heapUsed, arrayBuffers, rss } = process.memoryUsage();
  return { heap: (heapUsed + arrayBuffers) / 2 ** 20, resident: rss / 2 ** 20 };
};

async function main(count: number): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'vitale-bench-'));
  const rig = await openRig({ folder });
  await fillPractice(rig.store, count);
  process.stdout.write(
    `${count} invoices\n| list | rows | as asked | first scroll | from its middle | answer |\n|---|---|---|---|---|---|\n`,
  );
  await told('Factures, as it opens', invoices(rig, {}, 'deadline'));
  for (const key of ['number', 'kind', 'practitioner', 'payer', 'state', 'lot', 'fees', 'amo'] as const)
    await told(`Factures by ${key}`, invoices(rig, {}, key, 'desc'));
  await told('Factures, state PAID, by fees', invoices(rig, { states: ['PAID'] }, 'fees'));
  await told('Factures, state READY', invoices(rig, { states: ['READY'] }, 'deadline'));
  await told('Factures, late', invoices(rig, { clock: 'late' }, 'deadline'));
  await told('Factures of one practitioner', invoices(rig, { practitioner: '999000011' }, 'deadline'));
  await told('Factures, « fictive 12 »', invoices(rig, { text: 'fictive 12' }, 'deadline'));
  for (const key of ['date', 'number', 'payer', 'count', 'state', 'file'] as const) await told(`Lots by ${key}`, lots(rig, {}, key));
  for (const key of ['created', 'number', 'payer', 'lots', 'attempts'] as const) await told(`Fichiers by ${key}`, files(rig, {}, key));
  const before = memory();
  const looked =
    (await lookThrough(invoices(rig, {}, 'deadline'))) +
    (await lookThrough(lots(rig, {}, 'date'))) +
    (await lookThrough(files(rig, {}, 'created')));
  const after = memory();
  process.stdout.write(
    `memory after looking through ${looked} rows: live ${before.heap.toFixed(1)} → ${after.heap.toFixed(1)} MB, resident ${before.resident.toFixed(0)} → ${after.resident.toFixed(0)} MB\n`,
  );
  await rig.close();
  rmSync(folder, { recursive: true, force: true });
}

void main(Number(process.argv[2] ?? '100000'));
