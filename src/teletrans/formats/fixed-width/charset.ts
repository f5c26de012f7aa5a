/** The characters our files may hold (spec/b2.md § 1): `A-Z 0-9 space ' - . /`. Anything else is a fault; `@` only ends NOEMIE entities, by constant. */

export const DIGIT = 1;
export const TEXT = 2;

/** In French, for people. */
export const CHARSET_WORDS = 'A-Z, 0-9, espace, apostrophe, tiret, point, barre oblique';

/** Class bits of each byte value. */
export const CHARACTER_CLASS = new Uint8Array(256);
for (let code = 48; code <= 57; code++) CHARACTER_CLASS[code] = DIGIT | TEXT;
for (let code = 65; code <= 90; code++) CHARACTER_CLASS[code] = TEXT;
for (const character of " '-./") CHARACTER_CLASS[character.charCodeAt(0)] = TEXT;

/** True when every character belongs to the set. */
export function isInCharset(text: string): boolean {
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code > 255 || ((CHARACTER_CLASS[code] ?? 0) & TEXT) === 0) return false;
  }
  return true;
}
