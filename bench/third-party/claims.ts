/**
 * The list of what payers owe: is it answered at once when 100,000 invoices are open, and does memory stay flat? Each question is asked as the window asks it, of a list
 * nobody has asked for before (chosen, added up, its first rows), then the stretch after (the order of the whole list), then one from its middle. Milliseconds of the processor, median of seven, and of
 * the clock in brackets. In the same run: 10,000 invoices, and the whole list as objects, which is what one
 * answer would be without stretches. Run: `node --expose-gc --require ./test/teletrans/store/programs/typescript.cjs bench/third-party/claims.ts`.
 */
import type { ClaimLists } from '../../src/teletrans/application/claim-lists';
import type { ClaimChoices, ClaimOrder, ClaimsAsked } from '../../src/teletrans/application/third-party-port';
import { benchPractice, claimListsOf, measured } from './practice';

const SIZES = [10_000, 100_000];
const DAYS = 700;
const ROUNDS = 7;
const SCROLLED = 1000;

const OPEN: ClaimChoices = { part: null, payer: null, practitioner: null, age: null, settlement: 'open', search: '' };
const ASKED: readonly (readonly [string, Partial<ClaimChoices>, ClaimOrder['key']])[] = [
  ['open, oldest first (as it opens)', {}, 'age'],
  ['all, by amount due', { settlement: 'all' }, 'due'],
  ['open, by payer', {}, 'payer'],
  ['open, by number', {}, 'number'],
  ['AMC alone, by date', { part: 'amc' }, 'date'],
  ['one age class', { age: '31-60' }, 'age'],
  ['late', { settlement: 'late' }, 'age'],
  ['to be reminded', { settlement: 'remind' }, 'age'],
  ['number contains 1234', { search: '1234' }, 'age'],
];

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
const cell = (value: number, unit = 'ms'): string => `${value.toFixed(1).padStart(7)} ${unit}`;

async function main(): Promise<void> {
  for (const size of SIZES) {
    const practice = await benchPractice(size, DAYS);
    const lists = await claimListsOf(practice.store);
    process.stdout.write(`\n${size} invoices\n`);
    for (const [name, choices, key] of ASKED) {
      const own: Omit<ClaimsAsked, 'from' | 'view'> = { choices: { ...OPEN, ...choices }, order: { key, direction: 'desc' }, count: 100 };
      const first = [];
      const order = [];
      const middle = [];
      let count = 0;
      for (let round = 0; round < ROUNDS; round++) {
        const asked = await measured(() => lists.page({ ...own, from: 0, view: null }));
        count = asked.result.count;
        first.push(asked);
        order.push(await measured(() => lists.page({ ...own, from: 100, view: asked.result.view })));
        middle.push(await measured(() => lists.page({ ...own, from: Math.floor(count / 2), view: asked.result.view })));
      }
      const told = (all: readonly { readonly cpu: number; readonly ms: number }[]): string =>
        `${cell(median(all.map(({ cpu }) => cpu)))} (${median(all.map(({ ms }) => ms)).toFixed(0)})`;
      process.stdout.write(
        `  ${name.padEnd(34)} ${String(count).padStart(7)} rows; list ${told(first)}; first scroll ${told(order)}; a stretch ${told(middle)}\n`,
      );
    }
    await memory(lists);
    const handles = await practice.store.read((session) => session.thirdParty.claims.select({}, { key: 'sent', descending: false }));
    const whole = await measured(() => practice.store.read((session) => session.thirdParty.claims.rows([...handles])));
    process.stdout.write(`  the whole list as objects: ${cell(whole.cpu)} of processor\n`);
    await practice.end();
  }
}

/** One person scrolling and changing the order, a thousand answers long. */
async function memory(lists: ClaimLists): Promise<void> {
  const used = (): number => {
    (globalThis as { gc?: () => void }).gc?.();
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    return (heapUsed + arrayBuffers) / 2 ** 20;
  };
  let view: string | null = null;
  const scroll = async (answers: number): Promise<void> => {
    for (let turn = 0; turn < answers; turn++) {
      if (turn % 20 === 0) view = null;
      const key = turn % 40 < 20 ? ('age' as const) : ('due' as const);
      const page = await lists.page({ choices: OPEN, order: { key, direction: 'asc' }, from: (turn * 997) % 9000, count: 100, view });
      view = page.view;
    }
  };
  await scroll(SCROLLED / 5);
  const before = used();
  await scroll(SCROLLED);
  process.stdout.write(
    `  memory after ${SCROLLED} answers: ${(used() - before).toFixed(1)} MB more than before them (${before.toFixed(0)} MB)\n`,
  );
}

void main();
