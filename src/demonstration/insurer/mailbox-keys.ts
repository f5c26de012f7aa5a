/** Key and self-signed certificate of each front end: made once, kept in the spool; the certificate is given to the practice as `certs/<mailbox>.pem`. */
import { generateKeyPair, randomBytes } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as forge from 'node-forge';
import { writeDurably } from './durable-files';

export interface MailboxKey {
  readonly certificatePem: string;
  readonly privateKeyPem: string;
}

const YEAR_MS = 365 * 86_400_000;

/** @param now start of the validity, one day earlier; it lasts two years. */
export async function makeMailboxKey(mailbox: string, now: Date): Promise<MailboxKey> {
  const { privateKey } = await promisify(generateKeyPair)('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const key = forge.pki.privateKeyFromPem(privateKey);
  const certificate = forge.pki.createCertificate();
  certificate.publicKey = forge.pki.setRsaPublicKey(key.n, key.e);
  // Neither negative nor with a zero too many in front: OpenSSL reads no such number.
  certificate.serialNumber = `4${randomBytes(8).toString('hex').slice(1)}`;
  certificate.validity.notBefore = new Date(now.getTime() - 86_400_000);
  certificate.validity.notAfter = new Date(now.getTime() + 2 * YEAR_MS);
  const name = [{ name: 'commonName', value: mailbox }];
  certificate.setSubject(name);
  certificate.setIssuer(name);
  certificate.setExtensions([{ name: 'keyUsage', keyEncipherment: true, critical: true }]);
  certificate.sign(key, forge.md.sha256.create());
  return { certificatePem: forge.pki.certificateToPem(certificate), privateKeyPem: privateKey };
}

/** The key of a front end: the one in `folder`, made there the first time. Its certificate is written to `certs` too when a folder is given. */
export async function mailboxKey(mailbox: string, folder: string, certs: string | null, now: Date): Promise<MailboxKey> {
  await mkdir(folder, { recursive: true });
  const keyFile = join(folder, `${mailbox}.key.pem`);
  const certificateFile = join(folder, `${mailbox}.pem`);
  let pair: MailboxKey;
  try {
    pair = { privateKeyPem: await readFile(keyFile, 'utf8'), certificatePem: await readFile(certificateFile, 'utf8') };
  } catch {
    pair = await makeMailboxKey(mailbox, now);
    await writeDurably(keyFile, pair.privateKeyPem);
    await writeDurably(certificateFile, pair.certificatePem);
  }
  if (certs !== null) {
    await mkdir(certs, { recursive: true });
    await writeDurably(join(certs, `${mailbox}.pem`), pair.certificatePem);
  }
  return pair;
}
