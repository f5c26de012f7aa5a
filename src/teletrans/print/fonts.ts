/** The letters of every print: DejaVu Sans, from its npm package (free licence), embedded in each document. No font of the computer is used. */
import { readFileSync } from 'node:fs';

export interface Fonts {
  readonly regular: Buffer;
  readonly bold: Buffer;
}

let loaded: Fonts | null = null;

export function printFonts(): Fonts {
  const file = (name: string): Buffer => readFileSync(require.resolve(`dejavu-fonts-ttf/ttf/${name}.ttf`));
  loaded ??= { regular: file('DejaVuSansCondensed'), bold: file('DejaVuSansCondensed-Bold') };
  return loaded;
}
