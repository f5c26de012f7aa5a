import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { MimeMailReader } from '../../../src/teletrans/network/mail-reader';
import { parseTransportProfile } from '../../../src/teletrans/network/transport-profile';

const profile = parseTransportProfile(readFileSync(join(__dirname, '../../../addin/tables/transport/profil.json'), 'utf8'));
const reader = new MimeMailReader({ ...profile.returns, max_content_bytes: 100_000 });

const lines = (...text: string[]): string => text.map((line) => `${line}\r\n`).join('');
const base64 = (bytes: Buffer): string => bytes.toString('base64').replace(/.{1,76}/g, '$&\r\n');
const part = (bytes: Buffer, description: string | null, type = 'application/EDI-consent'): string =>
  lines(
    `Content-Type: ${type}`,
    'Content-Transfer-Encoding: base64',
    ...(description === null ? [] : [`Content-Description: ${description}`]),
    '',
  ) + base64(bytes);
const HEAD = lines('From: 01999@999.01.test.invalid', 'To: cabinet@practice.test.invalid', 'Subject: ARL', 'MIME-Version: 1.0');
const mail = (body: string): Buffer => Buffer.from(HEAD + body, 'latin1');
const multipart = (...parts: string[]): Buffer =>
  mail(`${lines('Content-Type: multipart/mixed; boundary="b"', '')}${parts.map((text) => `--b\r\n${text}\r\n`).join('')}--b--\r\n`);

const block = (text: string): string => text.padEnd(128, ' ');
const arl = Buffer.from(block(`${'000'.padEnd(61)}ARL0`) + block('1290') + block('999'));
const rsp = Buffer.from(block('000') + block('002001X@10204000000101@19805') + block('1@99099@') + block('999'));

describe('a mail from a payer', () => {
  it.each([
    ['in a part of its own', multipart(part(arl, 'ARLTEST/0'))],
    ['as the whole mail', mail(part(arl, 'ARLTEST/0'))],
    ['compressed', multipart(part(gzipSync(arl), 'ARLTEST/0'))],
    ['with a text beside it', multipart(lines('Content-Type: text/plain', '', 'Bonjour'), part(arl, 'ARLTEST/0'))],
    ['whatever the case of its headers', mail(part(arl, 'arltest/0', 'APPLICATION/edi-CONSENT').replaceAll('Content-', 'CONTENT-'))],
  ])('is an ARL by its description, %s', async (_how, bytes) => {
    const content = await reader.read(bytes);
    expect(content).toMatchObject({ kind: 'ARL', description: expect.stringMatching(/^arltest\/0$/i) as string });
    expect(content.kind === 'ARL' && content.bytes.equals(arl)).toBe(true);
  });

  it('keeps every byte of a part', async () => {
    const bytes = Buffer.from(Array.from({ length: 256 }, (_unused, byte) => byte));
    expect(await reader.read(mail(part(bytes, 'ARL')))).toEqual({ kind: 'ARL', bytes, description: 'ARL' });
  });

  it('is told by its content when the description says nothing', async () => {
    expect(await reader.read(mail(part(arl, null)))).toMatchObject({ kind: 'ARL', description: '' });
    expect(await reader.read(mail(part(gzipSync(rsp), 'IRIS')))).toMatchObject({ kind: 'RSP' });
    expect(await reader.read(mail(part(arl, 'RSPTEST/0')))).toMatchObject({ kind: 'RSP' });
  });

  it.each([
    ['several-parts', multipart(part(arl, 'ARL'), part(arl, 'ARL'))],
    ['no-part', mail(lines('Content-Type: text/plain', '', 'Bonjour'))],
    ['enveloped', mail(part(Buffer.from('x'), null, 'application/pkcs7-mime; smime-type=enveloped-data'))],
    ['nature', mail(part(Buffer.from('quelque chose'), 'LETTRE'))],
    ['empty', mail(part(Buffer.alloc(0), 'ARL'))],
    ['gzip', mail(part(gzipSync(arl).subarray(0, 40), 'ARL'))],
    ['gzip', mail(part(gzipSync(Buffer.alloc(50_000_000)), 'ARL'))],
    ['too-large', mail(part(Buffer.alloc(200_000), 'ARL'))],
    ['mime', mail(`${lines(...Array.from({ length: 3000 }, (_unused, rank) => `X-${rank}: ${'x'.repeat(60)}`))}${part(arl, 'ARL')}`)],
    ['mime', multipart(...Array.from({ length: 200 }, () => lines('Content-Type: text/plain', '', 'x')))],
  ])('is set aside as unknown: %s', async (reason, bytes) => {
    expect(await reader.read(bytes)).toEqual({ kind: 'UNKNOWN', reason });
  });

  it('never throws and always ends, whatever the bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 3000 }), fc.nat(400), async (noise, at) => {
        const good = multipart(part(gzipSync(arl), 'ARLTEST/0'));
        const spoiled = Buffer.concat([good.subarray(0, at), Buffer.from(noise), good.subarray(at)]);
        for (const bytes of [Buffer.from(noise), spoiled])
          expect(['ARL', 'RSP', 'DELIVERY_REPORT', 'UNKNOWN']).toContain((await reader.read(bytes)).kind);
      }),
      { numRuns: 200 },
    );
  });
});

describe('a delivery report', () => {
  const report = (status: string, original: string | null): Buffer =>
    mail(
      lines(
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
        '',
        '--b',
        'Content-Type: text/plain',
        '',
        'Non remis',
        '--b',
      ) +
        lines('Content-Type: message/delivery-status', '') +
        status +
        (original ?? '') +
        lines('--b--'),
    );
  const failed = lines(
    'Reporting-MTA: dns; mta.test.invalid',
    '',
    'Final-Recipient: rfc822; 01999@999.01.test.invalid',
    'Action: failed',
    'Status: 5.1.1',
    '',
  );

  it('gives its status, the recipient and the Message-ID of what was not delivered', async () => {
    const original = lines(
      '--b',
      'Content-Type: text/rfc822-headers',
      '',
      'From: cabinet@practice.test.invalid',
      'Message-ID:',
      ' <2026112309304100042@practice.test.invalid>',
      '',
    );
    expect(await reader.read(report(failed, original))).toEqual({
      kind: 'DELIVERY_REPORT',
      action: 'failed',
      status: '5.1.1',
      recipient: '01999@999.01.test.invalid',
      originalMessageId: '<2026112309304100042@practice.test.invalid>',
    });
  });

  it('reads the Message-ID of a whole returned message, and not one in its body', async () => {
    const original = lines(
      '--b',
      'Content-Type: message/rfc822',
      '',
      'Message-ID: <one@practice.test.invalid>',
      'Subject: x',
      '',
      'Message-ID: <two@practice.test.invalid>',
    );
    expect(await reader.read(report(failed, original))).toMatchObject({ originalMessageId: '<one@practice.test.invalid>' });
  });

  it('says null for what it does not give', async () => {
    expect(await reader.read(report(lines('Reporting-MTA: dns; mta.test.invalid', 'Status: maybe', ''), null))).toEqual({
      kind: 'DELIVERY_REPORT',
      action: null,
      status: null,
      recipient: null,
      originalMessageId: null,
    });
  });
});
