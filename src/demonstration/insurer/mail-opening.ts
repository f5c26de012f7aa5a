/** What the front end does with a mail before it looks at the B2: MIME, S/MIME with its own key, gzip (spec/transport.md §§ 1.6-1.8). */
import { gunzipSync } from 'node:zlib';
import { simpleParser } from 'mailparser';
import * as forge from 'node-forge';
import type { MailboxKey } from './mailbox-keys';

const MAX_B2_BYTES = 16 * 1024 * 1024;
const PARSING = { skipHtmlToText: true, skipTextToHtml: true, skipImageLinks: true, checksumAlgo: false } as const;

export interface OpenedMail {
  readonly messageId: string | null;
  /** 14 digits of the subject, null when it is not in the agreed form. */
  readonly senderNumber: string | null;
  /** 19 digits of the subject. */
  readonly compostage: string | null;
  readonly encrypted: boolean;
  /** Null when the message is unreadable (code F001). */
  readonly b2: Buffer | null;
}

/** Content of a CMS EnvelopedData. Throws when it is not for this key. */
function decrypt(der: Buffer, key: MailboxKey): Buffer {
  const message = forge.pkcs7.messageFromAsn1(
    forge.asn1.fromDer(forge.util.createBuffer(der.toString('binary'))),
  ) as forge.pkcs7.Captured<forge.pkcs7.PkcsEnvelopedData>;
  const recipient = message.findRecipient(forge.pki.certificateFromPem(key.certificatePem));
  if (recipient === null) throw new Error('not for this mailbox');
  message.decrypt(recipient, forge.pki.privateKeyFromPem(key.privateKeyPem));
  if (message.content === undefined || typeof message.content === 'string') throw new Error('no content');
  return Buffer.from(message.content.getBytes(), 'binary');
}

/** The B2 file of the one EDI part of a MIME entity. Throws when there is not exactly one. */
async function ediContent(entity: Buffer): Promise<Buffer> {
  const { attachments } = await simpleParser(entity, PARSING);
  const parts = attachments.filter((part) => part.contentType.toLowerCase() === 'application/edi-consent');
  const [part] = parts;
  if (part === undefined || parts.length > 1) throw new Error('not one EDI part');
  const description = part.headers.get('content-description');
  const nature = /^IRISTEST\/B2(\/Z)?$/.exec(typeof description === 'string' ? description : '');
  if (nature === null) throw new Error('description');
  return nature[1] === undefined ? part.content : gunzipSync(part.content, { maxOutputLength: MAX_B2_BYTES });
}

/** Opens a mail; never throws: a mail that cannot be read has no B2. */
export async function openMail(mail: Buffer, key: MailboxKey): Promise<OpenedMail> {
  const parsed = await simpleParser(mail, PARSING).catch(() => null);
  const subject = /^IR(?:\d{6})?\/?(\d{14})\/(\d{19})\/\d{5}$/.exec(parsed?.subject ?? '');
  const facts = { messageId: parsed?.messageId ?? null, senderNumber: subject?.[1] ?? null, compostage: subject?.[2] ?? null };
  const sealed = parsed?.attachments.find((part) => part.contentType.toLowerCase() === 'application/pkcs7-mime');
  try {
    const b2 = await ediContent(sealed === undefined ? mail : decrypt(sealed.content, key));
    return { ...facts, encrypted: sealed !== undefined, b2 };
  } catch {
    return { ...facts, encrypted: sealed !== undefined, b2: null };
  }
}
