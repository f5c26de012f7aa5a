import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PART_STATES } from '../../../src/teletrans/domain/states';
import { readStateWords } from '../../../src/teletrans/window/server/read-state-words';
import { SHAPES, type StateWord, type StateWords } from '../../../src/teletrans/window/state-words';

const FILE = join(__dirname, '../../../addin/tables/state-words.json');

/** Shown in place of the state of a degraded invoice whose sheet of paper has gone. */
const SHEET_SENT = 'SHEET_SENT';

/** The names of a union of the domain, read from its source: the table is held against what is written there. */
function statesOf(type: string): string[] {
  const source = readFileSync(join(__dirname, '../../../src/teletrans/domain/states.ts'), 'utf8');
  const union = new RegExp(`export type ${type} =([^;]*);`).exec(source)?.[1] ?? '';
  return [...union.matchAll(/'([A-Z_]+)'/g)].map((match) => match[1]!);
}

let words: StateWords;
beforeAll(async () => {
  words = await readStateWords(FILE);
});

it.each([
  ['invoice', PART_STATES, 22],
  ['lot', statesOf('LotState'), 12],
  ['file', statesOf('FileState'), 13],
] as const)('every state of an %s has its words, and no other', (entity, states, least) => {
  expect(states.length).toBeGreaterThanOrEqual(least);
  expect(Object.keys(words[entity]).sort()).toEqual([...states, ...(entity === 'invoice' ? [SHEET_SENT] : [])].sort());
});

const everyWord = (): [string, StateWord][] =>
  (['invoice', 'lot', 'file'] as const).flatMap((entity) =>
    Object.entries(words[entity]).map(([state, word]): [string, StateWord] => [`${entity} ${state}`, word]),
  );

it('says what each state means and what to do, in whole sentences', () => {
  for (const [name, word] of everyWord()) {
    for (const sentence of [word.meaning, word.todo]) expect(`${name}: ${sentence}`).toMatch(/: \p{Lu}.*\.$/u);
    expect([name, word.word.length <= 20]).toEqual([name, true]);
    if (word.person) expect([name, word.todo]).not.toEqual([name, 'Rien à faire.']);
  }
});

it('gives different words different shapes when their colour is the same, but for those that mean the same', () => {
  for (const entity of ['invoice', 'lot', 'file'] as const) {
    const pressing = Object.values<StateWord>(words[entity]).filter(({ tone }) => tone === 'alert');
    expect(new Set(pressing.map(({ shape }) => shape)).size).toBeGreaterThan(1);
  }
  for (const state of ['UNCERTAIN', 'NACKED', 'ACK_OVERDUE'] as const) expect(words.invoice[state].tone).toBe('alert');
  expect(new Set([words.invoice.UNCERTAIN.shape, words.invoice.NACKED.shape, words.invoice.ACK_OVERDUE.shape]).size).toBe(3);
});

it('never offers to send again what may have arrived', () => {
  for (const word of [words.invoice.UNCERTAIN, words.lot.UNCERTAIN, words.file.UNCERTAIN]) expect(word.todo).toMatch(/^Ne pas renvoyer\./);
});

it('names only shapes that are drawn', () => {
  for (const [name, word] of everyWord()) expect([name, SHAPES.includes(word.shape)]).toEqual([name, true]);
});

it('a table with a misspelt shape, a missing sentence or another format is refused', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'mots-'));
  const path = join(folder, 'mots.json');
  const good = readFileSync(FILE, 'utf8');
  try {
    for (const bad of [
      good.replace('"arrow"', '"arow"'),
      good.replace('"meaning"', '"sens"'),
      good.replace('state-words/1', 'state-words/2'),
      '{}',
      '[',
    ]) {
      writeFileSync(path, bad);
      await expect(readStateWords(path)).rejects.toThrow();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
