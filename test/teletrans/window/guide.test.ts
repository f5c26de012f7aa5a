/** The guide of the practice says what the product says: every state, every message of card and reader, with pictures that exist. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { StateWord } from '../../../src/teletrans/window/state-words';
import { slug } from '../../../src/teletrans/window/view-model/slug';

const ROOT = join(__dirname, '../../..');
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const guide = read('docs/guide-du-cabinet.md');
const words = JSON.parse(read('addin/tables/state-words.json')) as Record<'invoice' | 'lot' | 'file', Record<string, StateWord>>;
const errors = JSON.parse(read('addin/tables/errors.json')) as readonly { code: string; message: string; action: string }[];

/** The cells of every row of the guide's tables. */
const rows = [...guide.matchAll(/^\|(.+)\|$/gm)].map(([, row = '']) => row.split('|').map((cell) => cell.trim()));
const says = (...cells: readonly string[]): boolean => rows.some((row) => cells.every((cell, place) => row[place] === cell));

it.each(
  (['invoice', 'lot', 'file'] as const).flatMap((kind) => Object.entries(words[kind]).map(([state, word]) => [kind, state, word] as const)),
)('tells the state of a %s %s as the window does', (_kind, _state, { word, meaning, todo }) => {
  expect(says(word, meaning, todo)).toBe(true);
});

it.each(errors.filter(({ code }) => /^(CPS|LEC)-/.test(code)).map(({ code, action }) => [code, action]))(
  'tells what to do at the message %s of card or reader',
  (code, action) => {
    expect(rows.some((row) => row[1] === action && row[2] === code)).toBe(true);
  },
);

it('shows pictures that exist, each in light and dark', () => {
  const pictures = [...guide.matchAll(/!\[([^\]]+)\]\(([^)]+)\)/g)];
  expect(pictures.length).toBeGreaterThan(10);
  for (const [, text = '', path = ''] of pictures) {
    expect(text.length).toBeGreaterThan(10);
    expect(existsSync(join(ROOT, 'docs', path))).toBe(true);
    expect(existsSync(join(ROOT, 'docs', path.replace('-clair', '-sombre')))).toBe(true);
  }
});

it('gives every chapter a place of its own', () => {
  const chapters = [...guide.matchAll(/^##+ (.+)$/gm)].map(([, title = '']) => slug(title));
  expect(new Set(chapters).size).toBe(chapters.length);
  expect(slug('Chaque état d’un lot')).toBe('chaque-etat-d-un-lot');
});
