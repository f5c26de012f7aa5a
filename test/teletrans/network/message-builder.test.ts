import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { CertificateFolder } from '../../../src/teletrans/network/certificates';
import { gzipRepeatable } from '../../../src/teletrans/network/gzip';
import { MimeMessageBuilder } from '../../../src/teletrans/network/message-builder';
import type { MessageParts } from '../../../src/teletrans/network/port';
import { parseTransportProfile, type TransportProfile } from '../../../src/teletrans/network/transport-profile';
import { makeIdentity, type Identity, type Wish } from './tls-material';

const shipped = parseTransportProfile(readFileSync(join(__dirname, '../../../addin/tables/transport/profil.json'), 'utf8'));
const TO = '01999@999.01.test.invalid';
const parts: MessageParts = {
  b2: Buffer.from('000TP00000999000011'.padEnd(128, ' ').repeat(30)),
  marking: 'T',
  from: 'cabinet@practice.test.invalid',
  to: TO,
  subject: 'IR/00000999000011/2026112309304100042/00001',
  messageId: '<2026112309304100042@practice.test.invalid>',
  date: new Date('2026-11-23T08:30:41Z'),
};
const at = (iso: string): Date => new Date(iso);

describe('a message for a payer', () => {
  let home: string;
  let payer: Identity;
  const logged: string[] = [];
  const logger = { log: (level: string, event: string): void => void logged.push(`${level} ${event}`) };

  const builder = (change: Partial<TransportProfile> = {}, host = '127.0.0.1'): MimeMessageBuilder =>
    new MimeMessageBuilder({ ...shipped, ...change }, new CertificateFolder(join(home, 'certs')), host, logger);
  const encryption = (change: Partial<TransportProfile['encryption']>): Partial<TransportProfile> => ({
    encryption: { ...shipped.encryption, ...change },
  });

  beforeAll(() => {
    payer = makeIdentity({ name: TO, from: at('2026-01-01T00:00:00Z'), to: at('2027-12-31T00:00:00Z') });
  });
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'builder-'));
    mkdirSync(join(home, 'certs'));
    writeFileSync(join(home, 'payer.key.pem'), payer.key);
    logged.length = 0;
  });
  afterEach(() => rmSync(home, { recursive: true, force: true }));

  const install = (...pems: string[]): void => writeFileSync(join(home, 'certs', `${TO}.pem`), pems.join('\n'));
  /** The openssl command reads the message as a mail program would. */
  const openWithOpenssl = (bytes: Buffer): string => {
    writeFileSync(join(home, 'message.eml'), bytes);
    return execFileSync('openssl', ['cms', '-decrypt', '-in', join(home, 'message.eml'), '-inkey', join(home, 'payer.key.pem')], {
      encoding: 'latin1',
    });
  };

  it.each(['aes-128-cbc', 'aes-256-cbc', 'des-ede3-cbc'] as const)('is opened by openssl with the key of the payer, %s', async (cipher) => {
    install(payer.cert);
    const { bytes, encrypted } = await builder(encryption({ cipher })).build(parts);
    expect(encrypted).toBe(true);
    const inner = openWithOpenssl(bytes);
    const [head = '', body = ''] = inner.split('\r\n\r\n');
    expect(head.split('\r\n')).toEqual([
      'Content-Type: application/EDI-consent',
      'Content-Transfer-Encoding: base64',
      'Content-Description: IRISTEST/B2/Z',
    ]);
    expect(gunzipSync(Buffer.from(body, 'base64'))).toEqual(parts.b2);
  });

  it('names its key transport and cipher as openssl reads them', async () => {
    install(payer.cert);
    const { bytes } = await builder().build(parts);
    const der = Buffer.from(bytes.toString('latin1').split('\r\n\r\n')[1] ?? '', 'base64');
    writeFileSync(join(home, 'message.der'), der);
    const shown = execFileSync('openssl', ['cms', '-cmsout', '-print', '-inform', 'DER', '-in', join(home, 'message.der')], {
      encoding: 'utf8',
    });
    expect(shown).toContain('algorithm: rsaEncryption');
    expect(shown).toContain('algorithm: aes-128-cbc');
    expect(shown).toContain('pkcs7-envelopedData');
  });

  it('never gives two messages the same key', async () => {
    install(payer.cert);
    const [first, second] = [await builder().build(parts), await builder().build(parts)];
    expect(first.bytes.equals(second.bytes)).toBe(false);
  });

  it('always has a date and a Message-ID, and only 7-bit lines of at most 76 characters in its body', async () => {
    install(payer.cert);
    const text = (await builder().build(parts)).bytes.toString('latin1');
    const [head = '', ...body] = text.split('\r\n\r\n');
    expect(head.split('\r\n')).toEqual([
      'From: cabinet@practice.test.invalid',
      `To: ${TO}`,
      'Subject: IR/00000999000011/2026112309304100042/00001',
      'Date: Mon, 23 Nov 2026 08:30:41 +0000',
      'Message-ID: <2026112309304100042@practice.test.invalid>',
      'MIME-Version: 1.0',
      'Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name="smime.p7m"',
      'Content-Transfer-Encoding: base64',
      'Content-Disposition: attachment; filename="smime.p7m"',
      'Content-Description: IRISTEST/B2/Z',
    ]);
    expect(
      body
        .join('')
        .split('\r\n')
        .every((line) => /^[A-Za-z0-9+/=]{0,76}$/.test(line)),
    ).toBe(true);
    expect(text).not.toMatch(/[^\r]\n|\r[^\n]/);
  });

  it('may be a multipart with one enveloped part, with a vendor header', async () => {
    install(payer.cert);
    const change = encryption({
      outer_shape: 'multipart-mixed',
      repeat_description_outside: false,
      extra_headers: [{ name: 'X-SV_TEST', value: 'a#b' }],
    });
    const { bytes } = await builder(change).build(parts);
    const text = bytes.toString('latin1');
    expect(text).toContain('X-SV_TEST: a#b\r\nContent-Type: multipart/mixed;');
    const boundary = /boundary="([^"]+)"/.exec(text)?.[1] ?? '';
    const [, part = '', end] = text.split(`--${boundary}`);
    expect(end).toBe('--\r\n');
    expect(part).not.toContain('Content-Description');
    expect(
      gunzipSync(Buffer.from(openWithOpenssl(Buffer.from(`MIME-Version: 1.0${part}`, 'latin1')).split('\r\n\r\n')[1] ?? '', 'base64')),
    ).toEqual(parts.b2);
  });

  it('says in its description when it is not compressed', async () => {
    const { bytes, encrypted } = await builder({ compression: { kind: 'none', level: 9 } }).build(parts);
    expect(encrypted).toBe(false);
    const [head = '', body = ''] = bytes.toString('latin1').split('\r\n\r\n');
    expect(head).toMatch(/Content-Description: IRISTEST\/B2$/);
    expect(Buffer.from(body, 'base64')).toEqual(parts.b2);
  });

  it('has the same bytes each time when it is not encrypted', async () => {
    const [first, second] = [await builder().build(parts), await builder().build(parts)];
    expect(first.bytes.equals(second.bytes)).toBe(true);
    expect(first.encrypted).toBe(false);
  });

  it.each<[string, Partial<TransportProfile>, string]>([
    ['another machine', {}, 'smtp.test.invalid'],
    ['a profile that requires it', encryption({ required: true }), '127.0.0.1'],
  ])('never leaves in clear for %s', async (_what, change, host) => {
    await expect(builder({ ...change }, host).build(parts)).rejects.toMatchObject({ code: 'TRA-011' });
  });

  it('is not made for a real invoice with a test profile, nor the reverse', async () => {
    install(payer.cert);
    await expect(builder().build({ ...parts, marking: 'R' })).rejects.toMatchObject({ code: 'LOT-012' });
    await expect(builder({ marking: 'R', provisional: true }).build({ ...parts, marking: 'R' })).rejects.toMatchObject({ code: 'LOT-012' });
    await expect(builder({ marking: 'R', provisional: false }).build(parts)).rejects.toMatchObject({ code: 'LOT-013' });
    const real = await builder({ marking: 'R', provisional: false }).build({ ...parts, marking: 'R' });
    expect(openWithOpenssl(real.bytes)).toContain('Content-Description: IRIS/B2/Z');
  });

  it('never leaves in clear when it is real, even to this machine', async () => {
    await expect(builder({ marking: 'R', provisional: false }).build({ ...parts, marking: 'R' })).rejects.toMatchObject({
      code: 'TRA-011',
    });
  });

  it('is refused when it is larger than the profile allows', async () => {
    await expect(builder({ limits: { ...shipped.limits, max_message_bytes: 300 } }).build(parts)).rejects.toMatchObject({
      code: 'TRA-006',
    });
  });

  it.each<[string, Partial<MessageParts>]>([
    ['a subject with a line end', { subject: 'IR\r\nBcc: x@y.test.invalid' }],
    ['a subject with a lone LF', { subject: 'IR\nX: y' }],
    ['a subject that is not ASCII', { subject: 'IR\u0085' }],
    ['an empty subject', { subject: '' }],
    ['a sender with a line end', { from: 'a@b.test.invalid\r\nX: y' }],
    ['two recipients', { to: `${TO}, x@y.test.invalid` }],
    ['a recipient in brackets', { to: `<${TO}>` }],
    ['a recipient that walks through folders', { to: '../../x@y.test.invalid' }],
    ['a Message-ID without brackets', { messageId: 'x@y' }],
    ['a Message-ID with a line end', { messageId: '<x@y>\r\nX: <z>' }],
    ['no date', { date: new Date(Number.NaN) }],
  ])('is not made with %s', async (_what, change) => {
    await expect(builder().build({ ...parts, ...change })).rejects.toMatchObject({ code: 'TRA-019' });
  });

  describe('and its certificate', () => {
    const dated = (from: string, to: string, more: Partial<Wish> = {}): string =>
      makeIdentity({ name: TO, from: at(from), to: at(to), ...more }).cert;
    const find = (): Promise<{ readonly pem: string } | null> => new CertificateFolder(join(home, 'certs')).find(TO, parts.date);
    const plain = (pem: string | undefined): string | undefined => pem?.replaceAll('\r', '').trim();

    it('is the one valid now whose validity began last', async () => {
      const old = dated('2025-01-01T00:00:00Z', '2026-12-31T00:00:00Z');
      const expired = dated('2024-01-01T00:00:00Z', '2026-11-22T00:00:00Z');
      const future = dated('2026-11-24T00:00:00Z', '2029-01-01T00:00:00Z');
      const signing = dated('2026-11-01T00:00:00Z', '2027-01-01T00:00:00Z', { usage: ['digitalSignature'] });
      install(future, old, payer.cert, expired, signing);
      expect(plain((await find())?.pem)).toBe(plain(payer.cert));
    });

    it('may say that it encrypts keys, or say nothing of its use', async () => {
      install(dated('2026-01-01T00:00:00Z', '2027-01-01T00:00:00Z', { usage: ['keyEncipherment'] }));
      expect(await find()).not.toBeNull();
    });

    it('is none when the file is missing', async () => {
      expect(await find()).toBeNull();
    });

    it.each<[string, string, () => readonly string[], Record<string, string>]>([
      ['TRA-020', 'expired', () => [dated('2024-01-01T00:00:00Z', '2026-11-22T12:00:00Z')], { date: '22/11/2026' }],
      ['TRA-021', 'not yet valid', () => [dated('2026-11-24T12:00:00Z', '2029-01-01T00:00:00Z')], { date: '24/11/2026' }],
      ['TRA-022', 'for signing only', () => [dated('2026-01-01T00:00:00Z', '2027-01-01T00:00:00Z', { usage: ['digitalSignature'] })], {}],
      ['TRA-022', 'of a short key', () => [dated('2026-01-01T00:00:00Z', '2027-01-01T00:00:00Z', { bits: 1024 })], {}],
      ['TRA-022', 'an empty file', () => [''], {}],
      ['TRA-022', 'no certificate', () => ['hello'], {}],
      ['TRA-022', 'a key', () => [payer.key], {}],
      ['TRA-022', 'damaged', () => [payer.cert.replace('MII', 'MIJ')], {}],
    ])('is refused as %s when it is %s, and nothing leaves in clear, even to this machine', async (code, _what, pems, details) => {
      install(...pems());
      await expect(find()).rejects.toMatchObject({ code, details });
      for (const required of [true, false])
        await expect(builder(encryption({ required })).build(parts)).rejects.toMatchObject({ code, details });
    });

    it('is looked for by a mailbox in any case, and never outside its folder', async () => {
      install(payer.cert);
      writeFileSync(join(home, 'secret.pem'), payer.cert);
      const folder = new CertificateFolder(join(home, 'certs'));
      expect(await folder.find(TO.toUpperCase(), parts.date)).not.toBeNull();
      for (const mailbox of ['../secret', '..\\secret', `${TO}\0`, 'a/../../secret@x', ''])
        expect(await folder.find(mailbox, parts.date)).toBeNull();
    });

    it('is warned of before it expires', async () => {
      install(payer.cert);
      await builder().build(parts);
      expect(logged).toEqual([]);
      await builder().build({ ...parts, date: at('2027-12-10T00:00:00Z') });
      expect(logged).toEqual(['warn sending.certificate-expires']);
    });
  });

  it('compresses to the same bytes on every machine', () => {
    const packed = gzipRepeatable(parts.b2, 9);
    expect(packed.subarray(0, 10).toString('hex')).toBe('1f8b08000000000002ff');
    expect(gunzipSync(packed)).toEqual(parts.b2);
    writeFileSync(join(home, 'file.gz'), packed);
    expect(execFileSync('gzip', ['-dc', join(home, 'file.gz')])).toEqual(parts.b2);
  });
});
