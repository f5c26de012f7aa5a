/**
 * Opens a return mail (spec/transport.md § 1.13): exactly one EDI part, base64, gzip or plain, its nature in Content-Description.
 * Whatever a mail holds, it is read within limits and never throws: what cannot be read is UNKNOWN.
 */
import type { Attachment, Headers } from 'mailparser';
import { readDeliveryReport } from './delivery-report';
import { gunzipBounded, looksGzipped } from './gzip';
import type { MailReader, ReturnContent } from './port';
import { classifyReturn } from './return-content';
import type { TransportProfile } from './transport-profile';

type ReturnsProfile = Pick<TransportProfile['returns'], 'part_content_type' | 'max_content_bytes' | 'classify'>;

/** A return has a handful of parts; more is not a return. */
const MAX_PARTS = 50;
const MAX_HEAD_BYTES = 65_536;
const MAX_DESCRIPTION = 200;

function contentType(headers: Headers): string {
  const value = headers.get('content-type');
  return typeof value === 'object' && 'value' in value && typeof value.value === 'string' ? value.value.toLowerCase() : 'text/plain';
}

function descriptionOf(part: Attachment): string {
  const value = part.headers.get('content-description');
  return typeof value === 'string' ? value.trim().slice(0, MAX_DESCRIPTION) : '';
}

export class MimeMailReader implements MailReader {
  constructor(private readonly returns: ReturnsProfile) {}

  async read(mail: Buffer): Promise<ReturnContent> {
    try {
      return await this.open(mail);
    } catch {
      return { kind: 'UNKNOWN', reason: 'mime' };
    }
  }

  private async open(mail: Buffer): Promise<ReturnContent> {
    // A heavy module, needed only once a mail has come: the window opens before.
    const { simpleParser } = await import('mailparser');
    const parsed = await simpleParser(mail, {
      skipHtmlToText: true,
      skipTextToHtml: true,
      skipTextLinks: true,
      skipImageLinks: true,
      keepDeliveryStatus: true,
      ignoreEmbedded: true,
      checksumAlgo: false,
      maxHeadSize: MAX_HEAD_BYTES,
      maxChildNodes: MAX_PARTS,
    });
    const mailType = contentType(parsed.headers);
    const parts = parsed.attachments.filter((part) => part.contentType.toLowerCase() === this.returns.part_content_type.toLowerCase());
    const [part] = parts;
    if (part === undefined) return this.withoutPart(mailType, parsed.attachments);
    if (parts.length > 1) return { kind: 'UNKNOWN', reason: 'several-parts' };
    return this.withPart(mailType, part);
  }

  private withPart(mailType: string, part: Attachment): ReturnContent {
    const description = descriptionOf(part);
    let content = part.content;
    if (looksGzipped(content)) {
      try {
        content = gunzipBounded(content, this.returns.max_content_bytes);
      } catch {
        return { kind: 'UNKNOWN', reason: 'gzip' };
      }
    }
    if (content.length === 0) return { kind: 'UNKNOWN', reason: 'empty' };
    if (content.length > this.returns.max_content_bytes) return { kind: 'UNKNOWN', reason: 'too-large' };
    const kind = classifyReturn(this.returns.classify, { description, content, mailType });
    return kind === 'ARL' || kind === 'RSP' ? { kind, bytes: content, description } : { kind: 'UNKNOWN', reason: 'nature' };
  }

  private withoutPart(mailType: string, parts: readonly Attachment[]): ReturnContent {
    if (classifyReturn(this.returns.classify, { description: null, content: null, mailType }) === 'DELIVERY_REPORT') {
      const text = (...types: string[]): string | null =>
        parts.find((part) => types.includes(part.contentType.toLowerCase()))?.content.toString('latin1') ?? null;
      return {
        kind: 'DELIVERY_REPORT',
        ...readDeliveryReport(text('message/delivery-status'), text('message/rfc822', 'text/rfc822-headers')),
      };
    }
    const enveloped = parts.some((part) => /^application\/(x-)?pkcs7-mime$/i.test(part.contentType));
    return { kind: 'UNKNOWN', reason: enveloped ? 'enveloped' : 'no-part' };
  }
}
