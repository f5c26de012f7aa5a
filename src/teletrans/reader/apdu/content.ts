/** What is read on the card: its holder, in the certificate; its situations, in a billing file of our own (the real one is unknown, spec/cps-card.md § 2, § 10). */
import { createHash } from 'node:crypto';
import { X509Certificate } from 'node:crypto';
import * as forge from 'node-forge';
import { VitaleError } from '../../domain/errors';
import type { CardHolder, Situation } from '../port';
import { CardStatusError, type CardChannel } from './channel';
import { findTlv, type Tlv } from './tlv';

export interface CardIdentity {
  readonly holder: CardHolder;
  /** PEM. */
  readonly certificate: string;
  /** Last moment of the certificate, ISO date-time in UTC. */
  readonly validUntil: string;
  /** Of the card, the same at each insertion. */
  readonly fingerprint: string;
}

/** 8 then the RPPS: the national identifier of a health professional. */
const NATIONAL_ID = /^8(\d{11})$/;

/** Types of the subject (X.520): common name, surname, given name, title. */
const OF_SUBJECT = { id: '2.5.4.3', lastName: '2.5.4.4', firstName: '2.5.4.42', profession: '2.5.4.12' } as const;

/** The holder named by a certificate. Errors: CPS-016. */
function holderOf(certificate: X509Certificate): CardHolder {
  const { subject } = forge.pki.certificateFromPem(certificate.toString());
  const valueOf = (type: string): string => {
    const field = (subject.attributes as readonly forge.pki.CertificateField[]).find((one) => one.type === type);
    const value = typeof field?.value === 'string' ? field.value : '';
    // Text of type UTF8String is given as its bytes.
    return (field?.valueTagClass as unknown) === forge.asn1.Type.UTF8 ? Buffer.from(value, 'latin1').toString('utf8') : value;
  };
  const rpps = NATIONAL_ID.exec(valueOf(OF_SUBJECT.id))?.[1];
  const lastName = valueOf(OF_SUBJECT.lastName);
  if (rpps === undefined || lastName === '') throw new VitaleError('CPS-016');
  return { lastName, firstName: valueOf(OF_SUBJECT.firstName), rpps, profession: valueOf(OF_SUBJECT.profession) };
}

/** A certificate file may be filled after its end. */
function certificateIn(file: Buffer): X509Certificate {
  const length = file[0] === 0x30 && file[1] === 0x82 ? 4 + file.readUInt16BE(2) : file.length;
  try {
    return new X509Certificate(file.subarray(0, length));
  } catch {
    throw new VitaleError('CPS-016');
  }
}

/** Reads who the card belongs to; needs no code. Errors: CPS-016 a card that is incomplete. */
export async function readIdentity(channel: CardChannel): Promise<CardIdentity> {
  const { files } = channel.model;
  const serial = await channel.read(files.serial);
  const update = findTlv((await channel.readObjects(files.update)) ?? [], 'EC');
  const ended = findTlv(update?.children ?? [], '82');
  const file = await channel.read(files.certificate);
  // An update that began and did not end leaves a card that must not be used.
  if (serial === null || serial.length < 4 || file === null || (ended?.value.length ?? 0) === 0) throw new VitaleError('CPS-016');
  const certificate = certificateIn(file);
  return {
    holder: holderOf(certificate),
    certificate: certificate.toString(),
    validUntil: new Date(certificate.validTo).toISOString(),
    fingerprint: createHash('sha256').update(serial).digest('hex'),
  };
}

/** Name of the structure of a situation: its number is its place among the activity files. */
async function structureOf(channel: CardChannel, number: string): Promise<string> {
  const first = channel.model.files.activities;
  const path = `${first.slice(0, -1)}${number}`;
  const objects = await channel.readObjects(path);
  return findTlv(objects ?? [], '84')?.value.toString('utf8') ?? '';
}

function situationOf(record: Tlv, structure: string): Situation {
  const text = (tag: string): string => findTlv(record.children, tag)?.value.toString('latin1') ?? '';
  const rights = findTlv(record.children, '86')?.value[0] ?? 0;
  return {
    number: text('81'),
    billingNumber: text('82'),
    structure,
    convention: text('83'),
    specialty: text('84'),
    tariffZone: text('85'),
    signsInvoice: (rights & 1) !== 0,
    signsLot: (rights & 2) !== 0,
    valid: (rights & 4) !== 0,
  };
}

/**
 * Reads the situations; needs a verified code. Billing file, ours: objects E1 holding 81 number, 82 billing number, 83 convention, 84 specialty,
 * 85 tariff zone, 86 rights (bit 0 invoices, bit 1 lots, bit 2 valid). Errors: CPS-016, CardStatusError 6982 without the code.
 */
export async function readSituations(channel: CardChannel): Promise<readonly Situation[]> {
  const records = (await channel.readObjects(channel.model.files.billing))?.filter(({ tag }) => tag === 'E1') ?? [];
  if (records.length === 0) throw new VitaleError('CPS-016');
  const situations: Situation[] = [];
  for (const record of records) {
    const number = findTlv(record.children, '81')?.value.toString('latin1') ?? '';
    if (!/^[1-9A-F]$/.test(number)) throw new VitaleError('CPS-016');
    const situation = situationOf(record, await structureOf(channel, number));
    if (!/^\d{9}$/.test(situation.billingNumber)) throw new VitaleError('CPS-016');
    situations.push(situation);
  }
  return situations;
}

/** Signs with the signature key; needs a verified code. @returns 256 bytes for RSA 2048. Errors: CardStatusError. */
export async function signOnCard(channel: CardChannel, hash: Buffer): Promise<Buffer> {
  const { signature } = channel.model;
  for (const command of signature.prepare) await channel.mustSend(Buffer.from(command, 'hex'));
  const answer = await channel.mustSend(Buffer.from(signature.sign.replace('{hash}', hash.toString('hex')), 'hex'));
  if (answer.length === 0) throw new CardStatusError(0);
  return answer;
}

/** Has the card hash the end of a content: the state before its last block, then that block (spec/cps-card.md § 4). */
export async function hashOnCard(channel: CardChannel, intermediate: Buffer, lastBlock: Buffer): Promise<void> {
  const { cla, signature } = channel.model;
  for (const command of signature.hash) await channel.mustSend(Buffer.from(command, 'hex'));
  const data = Buffer.concat([Buffer.from([0x90, intermediate.length]), intermediate, Buffer.from([0x80, lastBlock.length]), lastBlock]);
  await channel.mustSend(Buffer.concat([Buffer.from(`${cla}2A90A0`, 'hex'), Buffer.from([data.length]), data]));
}
