import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT_ROOT } from '../native/build';
import { describeUnderWine, runUnderWine, SIZES, windowsBuild, type Size } from './support/wine';

jest.setTimeout(300_000);

const declared = (): string[] =>
  [...readFileSync(join(PROJECT_ROOT, 'native/include/logosw_addin.h'), 'utf8').matchAll(/LOGOSW_CALL (logosw_\w+)\(/g)].map(
    ([, name]) => name!,
  );

interface Image {
  readonly format: string;
  readonly exported: readonly string[];
  readonly needed: readonly string[];
}

function readImage(size: Size, file: string): Image {
  const text = execFileSync('x86_64-w64-mingw32-objdump', ['-p', join(windowsBuild(size), file)], { encoding: 'utf8' });
  const names = text.slice(text.indexOf('[Ordinal/Name Pointer] Table'));
  return {
    format: /file format (\S+)/.exec(text)?.[1] ?? '',
    exported: [...names.matchAll(/^\s+\[\s*\d+\](?: \+base\[\s*\d+\]\s+[0-9a-f]+)? (logosw_\w+|\w+@\d+)$/gm)].map(([, name]) => name!),
    needed: [...text.matchAll(/DLL Name: (\S+)/g)].map(([, name]) => name!.toLowerCase()),
  };
}

describeUnderWine()('the bridge on Windows', () => {
  it.each(SIZES)('%s: the library gives away the functions of the header and no other', (size) => {
    const { format, exported } = readImage(size, 'logosw_addin.dll');
    expect(format).toBe(size === 'x86' ? 'pei-i386' : 'pei-x86-64');
    expect(declared().length).toBeGreaterThan(20);
    expect([...exported].sort()).toEqual(declared().sort());
  });

  it.each(SIZES)('%s: library and host need nothing that Windows does not bring', (size) => {
    const brought = ['advapi32.dll', 'bcrypt.dll', 'kernel32.dll', 'msvcrt.dll', 'shell32.dll', 'logosw_addin.dll'];
    for (const file of ['logosw_addin.dll', 'reference-host.exe'])
      expect(readImage(size, file).needed.filter((name) => !brought.includes(name))).toEqual([]);
  });

  it.each(SIZES)('%s: both faces hold under load, in bad order and against mutated bytes', (size) => {
    const { stdout } = runUnderWine(join(windowsBuild(size), 'bridge-check.exe'), ['3']);
    expect(
      stdout
        .trim()
        .split(/\r?\n/)
        .filter((line) => !line.startsWith('ok ')),
    ).toEqual([]);
    expect(stdout.trim().split(/\r?\n/)).toHaveLength(10);
  });

  it.each(SIZES)('%s: the pipe is for this user alone, and for the one that has the token', (size) => {
    const { status, stdout } = runUnderWine(join(windowsBuild(size), 'pipe-check.exe'), []);
    const lines = stdout.trim().split(/\r?\n/);
    expect({ status, bad: lines.filter((line) => !line.startsWith('ok ')) }).toEqual({ status: 0, bad: [] });
    expect(lines).toHaveLength(8);
  });
});
