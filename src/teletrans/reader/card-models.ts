/** Cards as their ATR tells them apart (spec/cps-card.md § 1), with masks: bytes that differ from one batch of a model to the next are not compared. */

export type CardFamily = 'CPS3' | 'CPS4' | 'DEMONSTRATION' | 'VITALE';

interface CardModel {
  readonly family: CardFamily;
  readonly atr: string;
  /** Same length as the ATR; a bit at 0 is not compared. Left out: every bit is. */
  readonly mask?: string;
  /** A contactless face gives neither code nor signature. */
  readonly contactless?: true;
}

/** Ours: `3B`, eleven historical bytes and no protocol byte; no real card answers it. The bytes read `VITALE-DEMO`. */
export const DEMONSTRATION_ATR = '3B 0B 56 49 54 41 4C 45 2D 44 45 4D 4F';

/** The first that matches wins: the mask of the CPS3 also lets through one ATR of the CPS4, which stands before it. */
const MODELS: readonly CardModel[] = [
  { family: 'CPS3', atr: '3B 8F 80 01 00 31 B8 64 04 B0 EC C1 73 94 01 80 82 90 00 0E', contactless: true },
  { family: 'CPS4', atr: '3B 9B 18 80 01 00 12 25 00 64 80 04 01 00 00 90 44' },
  { family: 'CPS4', atr: '3B 9B 18 80 01 00 12 25 00 64 80 00 04 01 00 90 44' },
  { family: 'CPS4', atr: '3B DC 18 FF 00 00 12 25 00 64 80 00 04 01 00 90 00' },
  {
    family: 'CPS3',
    atr: '3B AC 00 40 2A 00 12 25 00 64 80 00 03 10 00 90 00',
    mask: 'FF 00 00 00 00 FF FF FF FF FF FF 00 00 00 FF FF FF',
  },
  { family: 'DEMONSTRATION', atr: DEMONSTRATION_ATR },
  // The two generations of the insured's card, as public lists of ATR give them.
  { family: 'VITALE', atr: '3F 65 25 00 22 09 69 90 00', mask: 'FF FF FF FF 00 FF 00 FF FF' },
  { family: 'VITALE', atr: '3B 75 13 00 00 43 09 EA 90 00', mask: 'FF FF FF FF FF F0 FF FF FF FF' },
];

/** What an ATR says; `errorCode` when the card cannot be used. */
export type RecognisedCard =
  | { readonly usable: true; readonly family: CardFamily }
  | { readonly usable: false; readonly errorCode: 'CPS-019' | 'CPS-020' | 'CPS-025' };

const bytesOf = (hex: string): Buffer => Buffer.from(hex.replace(/ /g, ''), 'hex');

function matches(model: CardModel, atr: Buffer): boolean {
  const expected = bytesOf(model.atr);
  if (atr.length !== expected.length) return false;
  const mask = model.mask === undefined ? Buffer.alloc(expected.length, 0xff) : bytesOf(model.mask);
  return expected.every((byte, i) => (((atr[i] ?? 0) ^ byte) & (mask[i] ?? 0xff)) === 0);
}

/** Recognises a card: CPS-019 a Vitale card, CPS-020 an unknown one, CPS-025 the contactless face of a CPS. */
export function recogniseCard(atr: Buffer): RecognisedCard {
  const model = MODELS.find((candidate) => matches(candidate, atr));
  if (model === undefined) return { usable: false, errorCode: 'CPS-020' };
  if (model.family === 'VITALE') return { usable: false, errorCode: 'CPS-019' };
  return model.contactless === true ? { usable: false, errorCode: 'CPS-025' } : { usable: true, family: model.family };
}

/** The bytes of an ATR written in hexadecimal, with or without blanks; null when it is not one (2 to 33 bytes). */
export function atrOf(text: string): Buffer | null {
  const hex = text.replace(/\s/g, '');
  return /^([0-9A-Fa-f]{2}){2,33}$/.test(hex) ? Buffer.from(hex, 'hex') : null;
}
