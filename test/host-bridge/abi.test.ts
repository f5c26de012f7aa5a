import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { CONSTANTS, FUNCTIONS, STRUCTS } from '../../src/host-bridge/abi';
import { bindLibrary, checkBinding } from '../../src/host-bridge/native-binding';
import { NativeLibrary } from '../../src/host-bridge/native-library';
import { buildNative, PROJECT_ROOT } from '../native/build';

const header = readFileSync(path.join(PROJECT_ROOT, 'native/include/logosw_addin.h'), 'utf8').replace(/\/\*[\s\S]*?\*\//g, '');

/** "const char *name" → ["const char *", "name"]. */
function declaration(text: string): [string, string] {
  const found = /^(.*?[\s*])(\w+)$/.exec(text.trim().replace(/\s+/g, ' '));
  if (found === null) throw new Error(`Cannot read the declaration: ${text}`);
  return [found[1]!.trim(), found[2]!];
}

function headerConstants(): Record<string, number> {
  const all = [...header.matchAll(/^#define (LOGOSW_\w+) +\(?(-?(?:0x[0-9A-F]+|\d+))\)?\s*$/gm)];
  return Object.fromEntries(all.map(([, name, value]) => [name!, Number(value)]));
}

function headerStructs(): Record<string, [string, string][]> {
  const all = [...header.matchAll(/typedef struct (\w+) \{([^}]*)\} \1;/g)];
  return Object.fromEntries(
    all.map(([, name, body]) => [
      name!,
      body!
        .split(';')
        .filter((line) => line.trim() !== '')
        .map(declaration),
    ]),
  );
}

function headerFunctions(): Record<string, { returns: string; parameters: [string, string][] }> {
  const all = [...header.matchAll(/LOGOSW_API ([\w *]+?) ?LOGOSW_CALL (\w+)\(([^)]*)\);/g)];
  return Object.fromEntries(
    all.map(([, returns, name, parameters]) => [
      name!,
      { returns: returns!.trim(), parameters: parameters === 'void' ? [] : parameters!.split(',').map(declaration) },
    ]),
  );
}

describe('the ABI as data', () => {
  it('has every number of the header, and no other', () => {
    expect(Object.keys(headerConstants()).length).toBeGreaterThan(30);
    expect(headerConstants()).toEqual(CONSTANTS);
  });

  it('has every struct of the header, field by field', () => {
    const ours = Object.fromEntries(
      Object.entries(STRUCTS).map(([name, layout]) => [name, layout.fields.map(([type, field]) => [type, field])]),
    );
    expect(headerStructs()).toEqual(ours);
  });

  it('has every function of the header, parameter by parameter', () => {
    expect(Object.keys(headerFunctions()).length).toBeGreaterThan(20);
    expect(headerFunctions()).toEqual(FUNCTIONS);
  });

  it('names exactly the exports of the library, on both systems', () => {
    const names = Object.keys(FUNCTIONS).sort();
    const exported = (file: string): string[] =>
      [...readFileSync(path.join(PROJECT_ROOT, 'native/bridge', file), 'utf8').matchAll(/^\s+(logosw_\w+);?$/gm)]
        .map(([, name]) => name!)
        .sort();
    expect(exported('exports.map')).toEqual(names);
    expect(exported('exports.def')).toEqual(names);
  });

  it('starts every struct with its size, and uses fixed-width types only', () => {
    for (const layout of Object.values(STRUCTS)) {
      expect(layout.fields[0]).toEqual(['uint32_t', 'struct_size']);
      for (const [type] of layout.fields) expect(type).toMatch(/^(u?int(8|16|32|64)_t|.*\*)$/);
    }
  });
});

describe('loading the library', () => {
  const libraryError = expect.objectContaining({ code: 'library' }) as Error;
  const folder = mkdtempSync(path.join(os.tmpdir(), 'library-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('accepts a library whose version and sizes agree', () => {
    const library = NativeLibrary.load(buildNative().bridge);
    expect(library.resultName(CONSTANTS.LOGOSW_E_BUSY)).toBe('LOGOSW_E_BUSY');
    expect(library.resultName(-999)).toBe('LOGOSW_E_?');
  });

  it('refuses another version and another struct size, naming both numbers', () => {
    const binding = bindLibrary(buildNative().bridge);
    const withVersion = Object.assign(() => 7, { async: () => undefined });
    expect(() => checkBinding({ ...binding, functions: { ...binding.functions, logosw_abi_version: withVersion } })).toThrow(
      'The library has ABI version 7, this program 1',
    );
    expect(() => checkBinding({ ...binding, sizes: { ...binding.sizes, logosw_head: 48 } })).toThrow(
      'The struct logosw_head has 32 bytes in the library, 48 in this program',
    );
  });

  it('says so when the file is missing, is no library, or is another library', () => {
    writeFileSync(path.join(folder, 'text.so'), 'no library');
    for (const file of ['missing.so', 'text.so']) {
      expect(() => NativeLibrary.load(path.join(folder, file))).toThrow(libraryError);
    }
    expect(() => NativeLibrary.load('libc.so.6')).toThrow(libraryError);
  });
});
