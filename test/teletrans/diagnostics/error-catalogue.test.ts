import { readdirSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import fc from 'fast-check';
import { ErrorCatalogue } from '../../../src/teletrans/diagnostics/error-catalogue';

const SHIPPED = path.join(__dirname, '../../../addin/tables/errors.json');
const row = (code: string, message: string, action = ''): object => ({
  code,
  message,
  action,
  who: 'cabinet',
  severity: 'info',
  class: 'permanent',
});

describe('the error catalogue', () => {
  const catalogue = ErrorCatalogue.load(SHIPPED);

  it('fills the places of a sentence and of its action', () => {
    const small = ErrorCatalogue.parse([row('CPS-003', 'Il reste {n} essai(s).', 'Ressaisir ({n}).')]);
    expect(small.explain('CPS-003', { n: 2 })).toEqual({ code: 'CPS-003', message: 'Il reste 2 essai(s).', action: 'Ressaisir (2).' });
  });

  it('shows a question mark where a detail is missing, and fills nothing from the language itself', () => {
    const small = ErrorCatalogue.parse([row('FAC-012', '{a} au lieu de {b} {constructor} {__proto__}')]);
    expect(small.explain('FAC-012', { a: 1 }).message).toBe('1 au lieu de ? ? ?');
  });

  it('puts a detail in as it is, even when it looks like a place', () => {
    const small = ErrorCatalogue.parse([row('RET-002', 'Lot refusé : {libelle}.')]);
    expect(small.explain('RET-002', { libelle: '$& {libelle} $1' }).message).toBe('Lot refusé : $& {libelle} $1.');
  });

  it('is never silent about a code it does not know', () => {
    for (const one of [catalogue, ErrorCatalogue.parse([row('FAC-001', 'x')])]) {
      expect(one.explain('XYZ-123').message).toContain('XYZ-123');
      expect(one.explain('RET-777', { libelle: 'MOTIF NOUVEAU' }).message).toMatch(/RET-777.*MOTIF NOUVEAU/);
      expect(one.explain('XYZ-123').code).toBe('XYZ-123');
    }
    fc.assert(fc.property(fc.string(), (code) => catalogue.explain(code).message.length > 0));
  });

  it('refuses a table that is malformed, or names a code twice', () => {
    for (const table of [null, {}, [], [{}], [row('fac-1', 'x')], [row('FAC-001', '')], [{ ...row('FAC-001', 'x'), class: 'fatal' }]]) {
      expect(() => ErrorCatalogue.parse(table)).toThrow('malformed');
    }
    expect(() => ErrorCatalogue.parse([row('FAC-001', 'x'), row('FAC-001', 'y')])).toThrow('twice');
  });

  it('ships a sentence for every code that the sources name', () => {
    const named = new Set<string>();
    for (const folder of ['store', 'reader', 'domain', 'diagnostics']) {
      for (const text of sourcesOf(path.join(__dirname, '../../../src/teletrans', folder))) {
        for (const [code] of text.matchAll(/(?<=')(?:CPS|LEC|FAC|LOT|TRA|RET|STO|HOT|CFG)-\d{3}(?=')/g)) named.add(code);
      }
    }
    expect(named.size).toBeGreaterThan(15);
    expect([...named].filter((code) => catalogue.entry(code) === null)).toEqual([]);
  });

  it('knows who acts on whatever blocks', () => {
    const idle = catalogue.codes().filter((code) => catalogue.entry(code)?.severity === 'bloquant' && catalogue.entry(code)?.who === '');
    expect(idle).toEqual([]);
  });
});

function sourcesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(path.join(folder, name), 'utf8'));
}
