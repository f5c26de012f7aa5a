/** Every word of the trade that the window shows is explained: one table for the tips of the window and for the guide. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ts from 'typescript';
import { termOf, type Glossary } from '../../../src/teletrans/window/glossary';
import { readGlossary } from '../../../src/teletrans/window/server/read-glossary';
import { readStateWords } from '../../../src/teletrans/window/server/read-state-words';
import { rowPlace } from '../../../src/teletrans/window/state-words';
import { slug } from '../../../src/teletrans/window/view-model/slug';
import { VIEW_WORDS } from '../../../src/teletrans/window/view-model/view-words';

const ROOT = join(__dirname, '../../..');
const TABLES = join(ROOT, 'addin/tables');
const WINDOW = join(ROOT, 'src/teletrans/window');
const read = (path: string): string => readFileSync(path, 'utf8');
const sources = readdirSync(WINDOW, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.tsx?$/.test(path) && /^(page|view-model)\//.test(path))
  .map((path) => read(join(WINDOW, path)));

let glossary: Glossary;
beforeAll(async () => {
  glossary = await readGlossary(join(TABLES, 'glossary.json'));
});
const explained = (word: string): boolean => termOf(glossary.terms, word) !== null;

/** What stands between tags, and what is quoted and holds a small letter and a blank: a name in code does not. */
function textsIn(source: string): readonly string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isJsxText(node)) found.push(node.text);
    else if (
      ts.isStringLiteral(node) ||
      ts.isNoSubstitutionTemplateLiteral(node) ||
      ts.isTemplateHead(node) ||
      ts.isTemplateMiddleOrTemplateTail(node)
    )
      if (/[a-zé]{2}/.test(node.text) && node.text.includes(' ')) found.push(node.text);
    ts.forEachChild(node, visit);
  };
  visit(
    ts.createSourceFile('page.tsx', source, ts.ScriptTarget.ES2022, false, source.includes('</') ? ts.ScriptKind.TSX : ts.ScriptKind.TS),
  );
  return found;
}

/** Every French text people are shown: of the tables, and those the page is written with. */
function shownTexts(): readonly string[] {
  const errors = JSON.parse(read(join(TABLES, 'errors.json'))) as readonly { readonly message: string; readonly action: string }[];
  const words: string[] = [];
  const walk = (value: unknown): void => {
    if (typeof value === 'string') words.push(value);
    else if (typeof value === 'object' && value !== null) Object.values(value).forEach(walk);
  };
  for (const name of ['state-words.json', 'decisions.json', 'timeline-words.json']) walk(JSON.parse(read(join(TABLES, name))));
  return [...errors.flatMap(({ message, action }) => [message, action]), ...words, ...sources.flatMap(textsIn)];
}

/** Of any office, and what stands for a folder in a call of the program. */
const EVERYDAY = new Set(['PDF', 'CSV', 'XML', 'JSON', 'DOSSIER']);

it('explains every abbreviation of the tables and of the page', () => {
  const found = new Set(shownTexts().flatMap((text) => text.match(/\b[A-Z][A-Z0-9]+(?:\/[A-Z]+)?(?![\w-])|\bSESAM-Vitale\b/g) ?? []));
  // States and names in code are no texts; nor are places in texts, in braces.
  const states = new Set([...read(join(ROOT, 'src/teletrans/domain/states.ts')).matchAll(/'([A-Z_]+)'/g)].map(([, state]) => state));
  const open = [...found].filter((word) => !EVERYDAY.has(word) && !states.has(word) && !explained(word));
  expect(open).toEqual([]);
  // It has looked: these are in the texts.
  for (const word of ['ARL', 'CPS', 'AMO', 'AMC', 'FSE', 'DRE', 'RSP', 'PC/SC']) expect(found).toContain(word);
});

it('has an entry for each word that is marked, where it stands or at the foot of a page', () => {
  const marked = sources.flatMap((source) => [...source.matchAll(/<Term\s+word="([^"]+)"/g)].map(([, word = '']) => word));
  expect(marked.length).toBeGreaterThan(7);
  const listed = Object.values(VIEW_WORDS).flat();
  expect([...marked, ...listed].filter((word) => word === undefined || !explained(word))).toEqual([]);
  for (const words of Object.values(VIEW_WORDS)) expect(new Set(words).size).toBe(words?.length);
});

it('has one entry a word, in order, in whole sentences', () => {
  const forms = glossary.terms.flatMap(({ word, also }) => [word, ...also]).map((form) => form.toLocaleLowerCase('fr'));
  expect(new Set(forms).size).toBe(forms.length);
  const words = glossary.terms.map(({ word }) => slug(word));
  expect(words).toEqual([...words].sort());
  for (const { word, meaning } of glossary.terms) expect(`${word}: ${meaning}`).toMatch(/: \p{Lu}.*[.]$/u);
});

it('stands whole in the guide, in the same words', () => {
  const guide = read(join(ROOT, 'docs/guide-du-cabinet.md'));
  const rows = [...guide.slice(guide.indexOf('\n## Les mots\n')).matchAll(/^\| (.+) \| (.+) \|$/gm)].map(([, word, meaning]) => [
    word,
    meaning,
  ]);
  expect(rows.slice(1)).toEqual(glossary.terms.map(({ word, meaning }) => [word, meaning]));
});

it('each state leads to its own row of the guide, which says what it means and what to do', async () => {
  const words = await readStateWords(join(TABLES, 'state-words.json'));
  const guide = read(join(ROOT, 'docs/guide-du-cabinet.md'));
  const places = new Map<string, string>();
  let chapter = '';
  for (const line of guide.split('\n')) {
    const [, title] = /^#{2,3} (.+)$/.exec(line) ?? [];
    if (title !== undefined) chapter = slug(title);
    const [, first = ''] = /^\| ([^|]+?) \|/.exec(line) ?? [];
    if (first !== '') places.set(rowPlace(chapter, first), line);
  }
  for (const kind of ['invoice', 'lot', 'file'] as const)
    for (const { word, meaning, todo, help } of Object.values(words[kind]))
      expect([help, places.get(help)]).toEqual([help, `| ${word} | ${meaning} | ${todo} |`]);
});

it('a table of another shape is refused', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'glossaire-'));
  const path = join(folder, 'mots.json');
  const good = read(join(TABLES, 'glossary.json'));
  try {
    for (const bad of [
      good.replace('"meaning"', '"sens"'),
      good.replace('glossary/1', 'glossary/2'),
      good.replace('"also": []', '"also": ""'),
      '{}',
      '[',
    ]) {
      writeFileSync(path, bad);
      await expect(readGlossary(path)).rejects.toThrow();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
