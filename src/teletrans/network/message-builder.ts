/**
 * Makes the bytes of a message (spec/transport.md §§ 1 and 2): B2 → gzip → base64 inner part with its headers → S/MIME envelope → outer headers.
 * The bytes are built here from first to last, so that what is frozen is what leaves.
 */
import { createHash } from 'node:crypto';
import { VitaleError } from '../domain/errors';
import { countOf } from '../diagnostics/log-values';
import type { Logger } from '../diagnostics/logger';
import type { PayerCertificate, PayerCertificates } from './certificates';
import { encloseFor } from './envelope';
import { gzipRepeatable } from './gzip';
import { isLoopback } from './loopback';
import type { MessageBuilder, MessageParts } from './port';
import { assertMarkingAllowed, type TransportProfile } from './transport-profile';

type BuilderProfile = Pick<
  TransportProfile,
  'marking' | 'provisional' | 'inner_part' | 'compression' | 'encryption' | 'certificates' | 'limits'
>;
type Header = readonly [name: string, value: string];

const DAY_MS = 86_400_000;
const ADDRESS = /^[A-Za-z0-9_+-]+(\.[A-Za-z0-9_+-]+)*@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*$/;
const MESSAGE_ID = /^<[\x21-\x3b\x3d\x3f\x40-\x7e]{1,250}>$/;
const PRINTABLE = /^[\x20-\x7e]+$/;

/** Date of RFC 5322 in UTC, seconds kept. */
function mailDate(date: Date): string {
  return date.toUTCString().replace('GMT', '+0000');
}

function base64Lines(content: Buffer, width: number): string {
  return content.toString('base64').replace(new RegExp(`.{1,${width}}`, 'g'), '$&\r\n');
}

function block(headers: readonly Header[], body: string): string {
  return `${headers.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${body}`;
}

/** No outside text may break out of its header or envelope field. */
function assertSafe(parts: MessageParts): void {
  const sound =
    ADDRESS.test(parts.from) &&
    ADDRESS.test(parts.to) &&
    PRINTABLE.test(parts.subject) &&
    parts.subject.length <= 200 &&
    MESSAGE_ID.test(parts.messageId) &&
    !Number.isNaN(parts.date.getTime());
  if (!sound) throw new VitaleError('TRA-019', { detail: 'en-tête de message' });
}

export class MimeMessageBuilder implements MessageBuilder {
  /** @param smtpHost where the message will be handed over: a message in clear goes to a loopback server only. */
  constructor(
    private readonly profile: BuilderProfile,
    private readonly certificates: PayerCertificates,
    private readonly smtpHost: string,
    private readonly logger: Logger,
  ) {}

  /** Errors: TRA-011, TRA-020 to TRA-022 (certificate of the payer), TRA-006 (larger than the profile allows), TRA-019 (a field that may not stand in a header), LOT-012, LOT-013. */
  async build(parts: MessageParts): Promise<{ readonly bytes: Buffer; readonly encrypted: boolean }> {
    assertSafe(parts);
    assertMarkingAllowed(this.profile, parts.marking);
    const certificate = await this.certificateFor(parts);
    const outer: readonly Header[] = [
      ['From', parts.from],
      ['To', parts.to],
      ['Subject', parts.subject],
      ['Date', mailDate(parts.date)],
      ['Message-ID', parts.messageId],
      ['MIME-Version', '1.0'],
    ];
    const inner = this.innerPart(parts);
    const part = certificate === null ? inner : this.enveloped(parts, inner, certificate);
    const bytes = Buffer.from(this.wrap(outer, part, parts.messageId), 'latin1');
    if (bytes.length > this.profile.limits.max_message_bytes) throw new VitaleError('TRA-006', { n: bytes.length });
    return { bytes, encrypted: certificate !== null };
  }

  /** Null when the message may and does leave in clear. */
  private async certificateFor(parts: MessageParts): Promise<PayerCertificate | null> {
    const { encryption, certificates } = this.profile;
    const found = encryption.kind === 'none' ? null : await this.certificates.find(parts.to, parts.date);
    if (found !== null) {
      const days = Math.floor((found.notAfter.getTime() - parts.date.getTime()) / DAY_MS);
      if (days <= Math.max(0, ...certificates.warn_days)) this.logger.log('warn', 'sending.certificate-expires', { count: countOf(days) });
      return found;
    }
    const clearAllowed = !encryption.required && parts.marking !== 'R' && isLoopback(this.smtpHost);
    if (!clearAllowed) throw new VitaleError('TRA-011');
    return null;
  }

  private description(parts: MessageParts): string {
    const { inner_part: inner, compression } = this.profile;
    return inner.description[parts.marking] + (compression.kind === 'gzip' ? inner.compressed_suffix : '');
  }

  /** The clear part with its three headers: what the envelope covers. */
  private innerPart(parts: MessageParts): string {
    const { inner_part: inner, compression } = this.profile;
    const content = compression.kind === 'gzip' ? gzipRepeatable(parts.b2, compression.level) : parts.b2;
    return block(
      [
        ['Content-Type', inner.content_type],
        ['Content-Transfer-Encoding', 'base64'],
        ['Content-Description', this.description(parts)],
      ],
      base64Lines(content, inner.line_length),
    );
  }

  private enveloped(parts: MessageParts, inner: string, certificate: PayerCertificate): string {
    const { encryption, inner_part } = this.profile;
    const der = encloseFor(certificate.pem, Buffer.from(inner, 'latin1'), encryption.cipher);
    const headers: Header[] = [
      ['Content-Type', 'application/pkcs7-mime; smime-type=enveloped-data; name="smime.p7m"'],
      ['Content-Transfer-Encoding', 'base64'],
      ['Content-Disposition', 'attachment; filename="smime.p7m"'],
    ];
    if (encryption.repeat_description_outside) headers.push(['Content-Description', this.description(parts)]);
    return block(headers, base64Lines(der, inner_part.line_length));
  }

  private wrap(outer: readonly Header[], part: string, messageId: string): string {
    const { encryption } = this.profile;
    const headers: Header[] = [...outer, ...encryption.extra_headers.map(({ name, value }): Header => [name, value])];
    const head = headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
    if (encryption.outer_shape === 'pkcs7-mime-top-level') return head + part;
    // `=_` can occur in no base64 line, so the boundary is nowhere in the part
    const boundary = `=_${createHash('sha256').update(messageId).digest('hex').slice(0, 32)}`;
    return `${head}Content-Type: multipart/mixed; boundary="${boundary}"\r\n\r\n--${boundary}\r\n${part}\r\n--${boundary}--\r\n`;
  }
}
