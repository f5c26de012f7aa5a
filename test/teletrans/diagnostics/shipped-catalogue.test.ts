/** The shipped error catalogue: complete for what the program can say, and fit to be shown. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ErrorCatalogue, type CatalogueEntry } from '../../../src/teletrans/diagnostics/error-catalogue';

const ROOT = join(__dirname, '../../..');
const table = JSON.parse(readFileSync(join(ROOT, 'addin/tables/errors.json'), 'utf8')) as readonly CatalogueEntry[];
const source = readdirSync(join(ROOT, 'src'), { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
  .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
  .join('\n');
const used = [
  ...new Set([...source.matchAll(/'((?:CPS|LEC|FAC|LOT|TRA|RET|STO|HOT|CFG|FEN|DEC|ARC|DIA)-\d{3})'/g)].map((match) => match[1] ?? '')),
].sort();

it('is a catalogue', () => {
  expect(() => ErrorCatalogue.parse(table)).not.toThrow();
  expect(new Set(table.map((entry) => entry.code)).size).toBe(table.length);
});

it('holds every code the program can say', () => {
  expect(used.length).toBeGreaterThan(50);
  expect(used.filter((code) => !table.some((entry) => entry.code === code))).toEqual([]);
});

it.each(table.map((entry) => [entry.code, entry] as const))('%s is written for people', (code, { message, action, who }) => {
  expect(message).toMatch(/^[A-ZÀÉÊ].*[.?]$/u);
  expect(message + action).not.toMatch(/['"]|[a-z]-\d{4}/);
  if (used.includes(code) && action !== '') expect(action).toMatch(/^[A-ZÀÉÊ].*\.$/u);
  expect(['', 'cabinet', 'éditeur', 'caisse', 'carte']).toContain(who);
});
