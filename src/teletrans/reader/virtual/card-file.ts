/** The file of a virtual card (contract § 2): what is in it, how it is checked, read and written back. */
import { readFile } from 'node:fs/promises';
import Ajv from 'ajv';
import { VitaleError } from '../../domain/errors';
import { writeDurably } from '../../store/files/durable-write';
import { asStoreError, errnoOf } from '../../store/files/errors';
import { atrOf, recogniseCard } from '../card-models';
import type { CardHolder, Situation } from '../port';
import { putSecret, takeSecret } from './secrets';

/** Tries of the code porteur of every card family (spec/cps-card.md § 3). */
export const MAX_TRIES = 3;

/** A situation as the file has it: what a card may leave blank may be left out. */
export type CardSituation = Omit<Situation, 'structure' | 'convention' | 'tariffZone'> &
  Partial<Pick<Situation, 'structure' | 'convention' | 'tariffZone'>>;

/** What the file holds, its secrets apart (zeros stand in their place). Members we do not know are kept when it is written back. */
export interface CardContent {
  readonly atr: string;
  readonly holder: CardHolder;
  triesLeft: number;
  readonly situations: readonly CardSituation[];
  key?: string;
  certificate?: string;
}

/** A card file in memory, for the time of one operation: {@link wipeCardFile} ends it. */
export interface CardFile {
  readonly content: CardContent;
  /** The digits of the code porteur. */
  readonly pin: Buffer;
  readonly puk: Buffer | null;
}

const text = { type: 'string' } as const;
const digits = (count: number): object => ({ type: 'string', pattern: `^[0-9]{${count}}$` });

const SCHEMA = {
  type: 'object',
  required: ['atr', 'holder', 'pin', 'triesLeft', 'situations'],
  properties: {
    atr: text,
    holder: {
      type: 'object',
      required: ['lastName', 'firstName', 'rpps', 'profession'],
      properties: { lastName: { ...text, minLength: 1 }, firstName: text, rpps: digits(11), profession: digits(2) },
    },
    pin: digits(4),
    puk: digits(8),
    triesLeft: { type: 'integer', minimum: 0, maximum: MAX_TRIES },
    situations: {
      type: 'array',
      minItems: 1,
      maxItems: 16,
      items: {
        type: 'object',
        required: ['number', 'billingNumber', 'specialty', 'signsInvoice', 'signsLot', 'valid'],
        properties: {
          number: { type: 'string', pattern: '^[1-9A-F]$' },
          billingNumber: digits(9),
          structure: text,
          convention: text,
          specialty: digits(2),
          tariffZone: text,
          signsInvoice: { type: 'boolean' },
          signsLot: { type: 'boolean' },
          valid: { type: 'boolean' },
        },
      },
    },
    key: text,
    certificate: text,
  },
} as const;

const isContent = new Ajv({ strict: true }).compile<CardContent>(SCHEMA);

function parse(json: Buffer): unknown {
  try {
    return JSON.parse(json.toString('utf8')) as unknown;
  } catch {
    throw new VitaleError('CPS-016');
  }
}

/** Errors: CPS-019, CPS-020, CPS-025 by the ATR, CPS-016 when there is none. */
function checkAtr(card: unknown): void {
  const atr = typeof card === 'object' && card !== null && 'atr' in card && typeof card.atr === 'string' ? atrOf(card.atr) : null;
  if (atr === null) throw new VitaleError('CPS-016');
  const recognised = recogniseCard(atr);
  if (!recognised.usable) throw new VitaleError(recognised.errorCode);
}

/**
 * Reads a card file.
 * @returns null when there is no such file: no card. Errors: CPS-016 incomplete, CPS-019 Vitale, CPS-020 unknown, CPS-025 contactless, STO-006 unreadable.
 */
export async function readCardFile(file: string): Promise<CardFile | null> {
  let bytes: Buffer;
  try {
    bytes = await readFile(file);
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return null;
    throw asStoreError(error);
  }
  const pin = takeSecret(bytes, 'pin');
  const puk = takeSecret(bytes, 'puk');
  const card = parse(bytes);
  checkAtr(card);
  if (pin === null || !isContent(card)) throw new VitaleError('CPS-016');
  return { content: card, pin, puk };
}

/** Writes a card file back; resolves when it is on the disk. Errors: STO-001, STO-006. */
export async function writeCardFile(file: string, card: CardFile): Promise<void> {
  const bytes = Buffer.from(`${JSON.stringify(card.content, null, 2)}\n`, 'utf8');
  putSecret(bytes, 'pin', card.pin);
  if (card.puk !== null) putSecret(bytes, 'puk', card.puk);
  try {
    await writeDurably(file, bytes);
  } catch (error) {
    throw asStoreError(error);
  } finally {
    bytes.fill(0);
  }
}

/** Overwrites the secrets. */
export function wipeCardFile(card: CardFile): void {
  card.pin.fill(0);
  card.puk?.fill(0);
}
