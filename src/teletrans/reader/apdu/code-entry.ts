/** The code porteur towards the card (spec/cps-card.md § 3, § 7): counter, presentation, entry on the keypad of the reader. */
import { VitaleError } from '../../domain/errors';
import type { PcscCard } from '../pcsc/transport';
import { PcscError } from '../pcsc/transport';
import type { CardCommands } from './card-commands';
import { bytesOf, CardStatusError, type CardChannel } from './channel';
import { findTlv, parseTlv } from './tlv';

const BLOCKED: readonly number[] = [0x6983, 0x6984];
const VERIFIED = 0x9000;

/** Tries left, asked without spending one. */
export function triesLeft(channel: CardChannel): Promise<number> {
  return channel.model.pin.counterQuery === 'verify-empty' ? byEmptyVerification(channel) : byData(channel);
}

async function byEmptyVerification(channel: CardChannel): Promise<number> {
  const { cla, pin, maxTries } = channel.model;
  const { status } = await channel.send(bytesOf(`${cla}2000${pin.reference}`));
  if (status === VERIFIED) return maxTries;
  if (BLOCKED.includes(status)) return 0;
  if (status >> 4 === 0x63c) return status & 0x0f;
  throw new CardStatusError(status);
}

async function byData(channel: CardChannel): Promise<number> {
  const { cla, pin } = channel.model;
  await channel.select('');
  const objects = parseTlv(await channel.mustSend(bytesOf(`${cla}CB3FFF0A4D087006BF81${pin.reference}02A08000`))) ?? [];
  const left = findTlv(objects, '9B')?.value[0];
  if (left === undefined) throw new VitaleError('CPS-016');
  const uses = findTlv(objects, '9D')?.value;
  return uses !== undefined && uses.length > 0 && uses.every((byte) => byte === 0) ? 0 : left;
}

/** Refuses what would block the card without the person knowing. Errors: CPS-004, CPS-005. */
export function mayPresent(tries: number, lastTryConfirmed: boolean): void {
  if (tries === 0) throw new VitaleError('CPS-005');
  if (tries === 1 && !lastTryConfirmed) throw new VitaleError('CPS-004');
}

/** Errors: CPS-003 wrong (`n` left), CPS-005 blocked, CPS-021 cancelled, CPS-022 timed out, CPS-023 length, CPS-024 not activated. */
function judge(status: number): void {
  if (status === VERIFIED) return;
  if (status === 0x63c0 || BLOCKED.includes(status)) throw new VitaleError('CPS-005');
  if (status >> 4 === 0x63c) throw new VitaleError('CPS-003', { n: status & 0x0f });
  const code = ({ 0x6400: 'CPS-022', 0x6401: 'CPS-021', 0x6403: 'CPS-023', 0x9802: 'CPS-024' } as const)[status];
  if (code !== undefined) throw new VitaleError(code);
  throw new CardStatusError(status);
}

const isDigit = (byte: number): boolean => byte >= 0x30 && byte <= 0x39;

/** Errors: CPS-023 when it is not made of the digits the card wants; nothing is sent then. */
export function checkCode(model: CardCommands, code: Buffer): void {
  if (code.length !== model.pin.digits || !code.every(isDigit)) throw new VitaleError('CPS-023');
}

function verifyTemplate({ cla, pin }: CardCommands): Buffer {
  return Buffer.concat([
    bytesOf(`${cla}2000${pin.reference}`),
    Buffer.from([pin.blockLength]),
    Buffer.alloc(pin.blockLength, bytesOf(pin.padding)),
  ]);
}

/** Presents a code once, checked before by {@link checkCode}. The command that carries it is wiped. */
export async function presentCode(card: PcscCard, model: CardCommands, code: Buffer): Promise<void> {
  const command = verifyTemplate(model);
  code.copy(command, 5);
  let answer: Buffer;
  try {
    // Straight to the card: nothing may send it a second time.
    answer = await card.transmit(command);
  } finally {
    command.fill(0);
  }
  judge(answer.length < 2 ? 0 : answer.readUInt16BE(answer.length - 2));
}

const GET_FEATURE_REQUEST = process.platform === 'win32' ? 0x00313520 : 0x42000d48;
const VERIFY_PIN_DIRECT = 0x06;
/** How long a person has at the keypad, in seconds: nothing else ends an entry. */
export const ENTRY_SECONDS = 30;
const FRENCH = 0x040c;

/** The control code of the entry of a code on the reader; null when it has no keypad. */
export async function keypadOf(card: PcscCard): Promise<number | null> {
  let features: Buffer;
  try {
    features = await card.control(GET_FEATURE_REQUEST, Buffer.alloc(0));
  } catch (error) {
    // Drivers without controls say so in more than one way; a card that is gone is found out by the next command.
    if (error instanceof PcscError && (error.fault === 'unsupported-control' || error.fault === 'transaction-failed')) return null;
    throw error;
  }
  for (let at = 0; at + 6 <= features.length; at += 2 + (features[at + 1] ?? 0)) {
    if (features[at] === VERIFY_PIN_DIRECT && features[at + 1] === 4) return features.readUInt32BE(at + 2);
  }
  return null;
}

/** PIN_VERIFY_STRUCTURE of a model (spec/cps-card.md § 7), little-endian. */
export function pinVerifyStructure(model: CardCommands, seconds: number): Buffer {
  const template = verifyTemplate(model);
  const header = Buffer.alloc(19);
  header.writeUInt8(seconds, 0);
  header.writeUInt8(seconds, 1);
  header.writeUInt8(0x82, 2); // bytes, first digit at the start of the data, left, ASCII
  header.writeUInt8(model.pin.blockLength, 3);
  header.writeUInt8(0, 4);
  header.writeUInt16LE((model.pin.digits << 8) | model.pin.digits, 5);
  header.writeUInt8(0x02, 7); // ended by the validation key
  header.writeUInt8(1, 8);
  header.writeUInt16LE(FRENCH, 9);
  header.writeUInt8(0, 11);
  header.writeUInt32LE(template.length, 15);
  return Buffer.concat([header, template]);
}

/** Has the code typed on the reader, once. Errors: those of a presentation, CPS-021, CPS-022, CPS-023 (no try spent), LEC-012 no keypad. */
export async function enterOnKeypad(card: PcscCard, model: CardCommands): Promise<void> {
  const control = await keypadOf(card);
  if (control === null) throw new VitaleError('LEC-012');
  const answer = await card.control(control, pinVerifyStructure(model, ENTRY_SECONDS));
  judge(answer.length < 2 ? 0 : answer.readUInt16BE(answer.length - 2));
}
