import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createNetwork } from '../../../src/teletrans/network/registration';
import { createMessageNames } from '../../../src/teletrans/network/subject';
import { renderTemplate } from '../../../src/teletrans/network/template';
import {
  assertProfileUsable,
  loadTransportProfile,
  parseTransportProfile,
  type TransportProfile,
} from '../../../src/teletrans/network/transport-profile';
import type { MailServer } from '../../../src/teletrans/domain/practice';

const FILE = join(__dirname, '../../../addin/tables/transport/profil.json');
const json = readFileSync(FILE, 'utf8');
type Tree = Record<string, unknown>;
/** The shipped profile with one place changed (`a.b.c`); undefined removes it. */
function changed(path: string, value: unknown): string {
  const root = JSON.parse(json) as Tree;
  const names = path.split('.');
  const last = names.pop() ?? '';
  const place = names.reduce<Tree>((tree, name) => tree[name] as Tree, root);
  place[last] = value; // undefined is left out by stringify
  return JSON.stringify(root);
}
const code = (expected: string): Error => expect.objectContaining({ code: expected }) as Error;

describe('the transport profile', () => {
  it('shipped with the add-in is for tests and not approved', async () => {
    expect(await loadTransportProfile(FILE)).toMatchObject({
      marking: 'T',
      provisional: true,
      encryption: { kind: 'smime-enveloped', required: false },
    });
    expect(json).not.toMatch(/\.fr\b/);
  });

  it('may leave out what is our own addition: then clear text is for tests on this machine only, and returns are bounded', () => {
    for (const path of ['encryption.required', 'returns.max_content_bytes']) {
      expect(parseTransportProfile(changed(path, undefined))).toEqual(parseTransportProfile(json));
    }
  });

  it('names the version of B2 that is written, the base when it does not say', () => {
    expect(parseTransportProfile(changed('b2_version', undefined)).b2_version).toBe('b2-ps-base');
    expect(parseTransportProfile(changed('b2_version', 'b2-ps-2005e-provisional')).b2_version).toBe('b2-ps-2005e-provisional');
  });

  it.each([
    ['b2-cp', 'TRA-037'],
    ['b2-ps-2030', 'TRA-038'],
  ])('is refused with a sentence of its own when it names the version %s', (version, expected) => {
    expect(() => parseTransportProfile(changed('b2_version', version))).toThrow(
      expect.objectContaining({ code: expected, details: { version } }) as Error,
    );
  });

  it('may name a login by its reference, as the specification shows', () => {
    const auth = { method: 'PLAIN', user: 'cabinet@cabinet.test.invalid', secret_ref: 'smtp-main' };
    expect(parseTransportProfile(changed('smtp.main.auth', auth)).smtp.main.host).toBe('127.0.0.1');
    expect(() => parseTransportProfile(changed('smtp.main.auth', { ...auth, password: 'x' }))).toThrow(code('TRA-019'));
  });

  it.each<[string, unknown]>([
    ['marking', 'X'],
    ['valid_from', '01/01/2026'],
    ['valid_to', '2025-12-31'],
    ['smtp.main.pool', true],
    ['smtp.main.port', 0],
    ['smtp.main.security', 'ssl'],
    ['smtp.main.min_tls', 'TLSv1.1'],
    ['smtp.main.socket_timout_ms', 5],
    ['retry.uncertain_auto_resend', 'oui'],
    ['limits.files_per_message', 2],
    ['limits.max_lots_per_file', 1000],
    ['encryption.kind', 'rot13'],
    ['encryption.extra_headers', [{ name: 'X', value: 'a\r\nB: c' }]],
    ['inner_part.description.T', 'IRIS\r\nX: y'],
    ['inner_part.line_length', 77],
    ['sender.from', 'a@b\r\nX: y'],
    ['returns.classify', [{ when: { description_matches: '(' }, kind: 'ARL' }]],
    ['returns.classify', [{ when: {}, kind: 'ARL' }]],
    ['returns.classify', []],
    ['compression.mtime', 5],
    ['brake', undefined],
  ])('is refused when %s is %j', (path, value) => {
    expect(() => parseTransportProfile(changed(path, value))).toThrow(code('TRA-019'));
  });

  it('is refused when it is no JSON, or no file', async () => {
    expect(() => parseTransportProfile('{')).toThrow(code('TRA-019'));
    expect(() => parseTransportProfile('[]')).toThrow(code('TRA-019'));
    await expect(loadTransportProfile(`${FILE}.none`)).rejects.toEqual(code('TRA-019'));
  });

  it('cannot be real while it is provisional', () => {
    expect(() => parseTransportProfile(changed('marking', 'R'))).toThrow(code('LOT-012'));
  });

  it('is refused before its first day and after its last, for real sending, and a real one for tests', () => {
    const profile = parseTransportProfile(json);
    assertProfileUsable(profile, '2026-01-01', 'demo');
    assertProfileUsable(profile, '2027-12-31', 'test');
    expect(() => assertProfileUsable(profile, '2025-12-31', 'demo')).toThrow(code('TRA-019'));
    expect(() => assertProfileUsable(profile, '2028-01-01', 'demo')).toThrow(code('TRA-019'));
    expect(() => assertProfileUsable(profile, '2026-11-23', 'reel')).toThrow(code('LOT-012'));
    const real: TransportProfile = { ...profile, marking: 'R', provisional: false };
    assertProfileUsable(real, '2026-11-23', 'reel');
    expect(() => assertProfileUsable(real, '2026-11-23', 'test')).toThrow(code('LOT-013'));
  });

  it('lets no practice talk in clear to another machine', () => {
    const local: MailServer = { host: '127.0.0.1', port: 25, security: 'none', user: null, password: null, ca: null };
    const away: MailServer = { ...local, host: 'mail.test.invalid' };
    const make = (smtp: MailServer, pop3: MailServer): unknown =>
      createNetwork(
        { network: { sender: 'a@b.test.invalid', smtp, pop3 } },
        parseTransportProfile(json),
        { home: '.' },
        { log: () => undefined },
      );
    expect(() => make(away, local)).toThrow(code('CFG-003'));
    expect(() => make(local, away)).toThrow(code('CFG-003'));
    expect(make(local, { ...away, security: 'tls' })).toBeDefined();
  });
});

describe('the texts a message is known by', () => {
  const names = createMessageNames(parseTransportProfile(json));

  it('make the subject of the agreed form', () => {
    expect(names.subject({ senderNumber: '999000011', compostage: '2026112309304100042', invoices: 3 })).toBe(
      'IR/00000999000011/2026112309304100042/00003',
    );
  });

  it('never make a subject of no invoice, or of more than fit', () => {
    for (const invoices of [0, -1, 1.5, 100_000, Number.NaN]) {
      expect(() => names.subject({ senderNumber: '999000011', compostage: '2026112309304100042', invoices })).toThrow(code('TRA-019'));
    }
    expect(() => names.subject({ senderNumber: '1'.repeat(15), compostage: '2026112309304100042', invoices: 1 })).toThrow(code('TRA-019'));
  });

  it('make the compostage from legal time and the counter', () => {
    expect(names.compostage(new Date('2026-11-23T08:30:41Z'), 42)).toBe('2026112309304100042');
    expect(names.compostage(new Date('2026-07-01T22:00:00Z'), 99_999)).toBe('2026070200000099999');
    expect(() => names.compostage(new Date('2026-07-01T22:00:00Z'), 100_000)).toThrow(code('TRA-019'));
  });

  it('make the sender number and the mailbox of a front end', () => {
    expect(names.senderNumber('999000011')).toBe('00000999000011');
    expect(names.mailbox('direct', '01', '999')).toBe('01999@999.01.test.invalid');
    expect(names.mailbox('oct', '01', '999')).toBe('oct@oct.test.invalid');
  });

  it.each<[string, Record<string, string | number | Date>]>([
    ['{a}', { a: 'x\r\nBcc: y' }],
    ['{a}', { a: 'x\ny' }],
    ['{a}', { a: '\u00e9' }],
    ['{a}', { a: '{b}' }],
    ['{b}', { a: 'x' }],
    ['{a:0>2}', { a: 123 }],
    ['{a:x}', { a: 1 }],
    ['{a}', { a: new Date(0) }],
    ['{a', { a: 'x' }],
    ['{__proto__}', {}],
    ['{constructor}', {}],
  ])('refuse the template %s with %j', (template, values) => {
    expect(() => renderTemplate(template, values)).toThrow(code('TRA-019'));
  });
});
