/**
 * Folding of names to the character set of our files (spec/b2.md § 1). A character has an image when it is in the set, stands in the table below, or
 * decomposes (Unicode NFKD, upper case, accents dropped) into characters that have one: É → E, Ç → C, ﬁ → FI. Anything else becomes one blank.
 */
import { isInCharset } from '../fixed-width/charset';

/** Characters whose image is not their decomposition. Upper and lower case alike. */
export const FOLDING_TABLE: Readonly<Record<string, string>> = {
  Œ: 'OE',
  Æ: 'AE',
  ẞ: 'SS',
  ß: 'SS',
  Ø: 'O',
  Ł: 'L',
  Đ: 'D',
  Ð: 'D',
  Þ: 'TH',
  Ħ: 'H',
  Ŧ: 'T',
  Ŋ: 'N',
  ı: 'I',
  ĸ: 'K',
  ſ: 'S',
  // Apostrophes and the accents typed in their place.
  '‘': "'",
  '’': "'",
  '‛': "'",
  ʼ: "'",
  ʻ: "'",
  ʹ: "'",
  '′': "'",
  '`': "'",
  '´': "'",
  '＇': "'",
  // Hyphens and dashes.
  '‐': '-',
  '‑': '-',
  '‒': '-',
  '–': '-',
  '—': '-',
  '―': '-',
  '−': '-',
  '﹘': '-',
  '﹣': '-',
  '－': '-',
  // Slashes.
  '⁄': '/',
  '∕': '/',
};

/** Blanks of every width. */
const BLANKS = /^[\s\u00a0\u2000-\u200a\u202f\u205f\u3000]$/u;
/** Nothing to see: joiners, soft hyphen, direction marks, byte order mark; accents set apart from their letter. */
const INVISIBLE = /^[\p{M}\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]$/u;

/** The image of one code point, or null when it has none. */
function imageOf(character: string): string | null {
  if (isInCharset(character)) return character;
  const upper = character.toUpperCase();
  const known = FOLDING_TABLE[character] ?? FOLDING_TABLE[upper];
  if (known !== undefined) return known;
  if (BLANKS.test(character)) return ' ';
  if (INVISIBLE.test(character)) return '';
  let image = '';
  for (const part of upper.normalize('NFKD').toUpperCase()) {
    if (isInCharset(part)) image += part;
    else if (FOLDING_TABLE[part] !== undefined) image += FOLDING_TABLE[part];
    else if (!INVISIBLE.test(part)) return null;
  }
  return image;
}

/** @returns the folded text, and whether some character had no image and became a blank. */
export function foldText(text: string): { readonly text: string; readonly replaced: boolean } {
  let folded = '';
  let replaced = false;
  for (const character of text) {
    const image = imageOf(character);
    replaced ||= image === null;
    folded += image ?? ' ';
  }
  return { text: folded, replaced };
}

/** A name as its field will hold it. */
export interface FittedName {
  /** At most `width` characters, no blank at either end. */
  readonly text: string;
  /** Some character had no image and became a blank. */
  readonly replaced: boolean;
  /** The folded name was longer than the field. */
  readonly shortened: boolean;
  /** Nothing is left of the name. */
  readonly blank: boolean;
}

/** Folds a name and shortens it to its field: the NIR identifies, not the name. Only for names and addresses; nothing else may be cut. */
export function fitName(name: string, width: number): FittedName {
  const { text, replaced } = foldText(name);
  const whole = text.trim();
  const fitted = whole.slice(0, width).trimEnd();
  return { text: fitted, replaced, shortened: whole.length > width, blank: fitted === '' };
}
