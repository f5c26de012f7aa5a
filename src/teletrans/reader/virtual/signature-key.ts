/** The signature key of a virtual card and its certificate: made when the card file has none (contract § 2). */
import { constants, createPrivateKey, generateKeyPair, privateEncrypt, randomBytes, X509Certificate, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import * as forge from 'node-forge';
import { VitaleError } from '../../domain/errors';
import type { CardContent } from './card-file';

const MODULUS_BITS = 2048;
const LIFE_YEARS = 3;

/** DigestInfo of SHA-256, before the 32 bytes of the hash (RFC 8017 § 9.2, note 1). */
const SHA256_PREFIX = Buffer.from('3031300d060960864801650304020105000420', 'hex');

/** Distinguished name as the real cards have it (spec/cps-card.md § 2): national identifier, names, profession. */
function subjectOf(content: CardContent): forge.pki.CertificateField[] {
  const { lastName, firstName, rpps, profession } = content.holder;
  const utf8 = (field: forge.pki.CertificateField): forge.pki.CertificateField => ({
    ...field,
    valueTagClass: forge.asn1.Type.UTF8 as unknown as forge.asn1.Class,
  });
  return [
    { shortName: 'C', value: 'FR' },
    utf8({ name: 'commonName', value: `8${rpps}` }),
    utf8({ type: '2.5.4.4', value: lastName }),
    utf8({ type: '2.5.4.42', value: firstName }),
    utf8({ type: '2.5.4.12', value: profession }),
  ];
}

/** A self-signed certificate for the key, valid from yesterday. */
function selfSigned(content: CardContent, keyPem: string, now: Date): string {
  const privateKey = forge.pki.privateKeyFromPem(keyPem);
  const certificate = forge.pki.createCertificate();
  certificate.publicKey = forge.pki.setRsaPublicKey(privateKey.n, privateKey.e);
  // A positive number on 16 bytes: the first bit is 0, the first byte is not.
  certificate.serialNumber = `4${randomBytes(16).toString('hex').slice(1)}`;
  certificate.validity.notBefore = new Date(now.getTime() - 86_400_000);
  certificate.validity.notAfter = new Date(now);
  certificate.validity.notAfter.setFullYear(now.getFullYear() + LIFE_YEARS);
  const subject = subjectOf(content);
  certificate.setSubject(subject);
  certificate.setIssuer(subject);
  certificate.setExtensions([
    { name: 'basicConstraints', cA: false, critical: true },
    { name: 'keyUsage', digitalSignature: true, nonRepudiation: true, critical: true },
    { name: 'subjectKeyIdentifier' },
  ]);
  certificate.sign(privateKey, forge.md.sha256.create());
  return forge.pki.certificateToPem(certificate);
}

/** The key as an object. Errors: CPS-016 when it is not an RSA key. */
function keyOf(pem: string): KeyObject {
  let key: KeyObject;
  try {
    key = createPrivateKey(pem);
  } catch {
    throw new VitaleError('CPS-016');
  }
  if (key.asymmetricKeyType !== 'rsa') throw new VitaleError('CPS-016');
  return key;
}

function checkPair(keyPem: string, certificatePem: string): void {
  let belongs: boolean;
  try {
    belongs = new X509Certificate(certificatePem).checkPrivateKey(keyOf(keyPem));
  } catch {
    throw new VitaleError('CPS-016');
  }
  if (!belongs) throw new VitaleError('CPS-016');
}

/**
 * Completes a card with what it lacks: its key (RSA 2048), its certificate.
 * @returns true when something was made: the card must be written back. Errors: CPS-016 when key and certificate are not a pair.
 */
export async function completeKey(content: CardContent, now: Date): Promise<boolean> {
  const { key, certificate } = content;
  if (key !== undefined && certificate !== undefined) {
    checkPair(key, certificate);
    return false;
  }
  if (key === undefined) {
    const pair = await promisify(generateKeyPair)('rsa', { modulusLength: MODULUS_BITS });
    content.key = pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  } else {
    keyOf(key);
  }
  content.certificate = selfSigned(content, content.key ?? '', now);
  return true;
}

/** Signs a SHA-256 (32 bytes): RSA, PKCS#1 v1.5. */
export function signHash(keyPem: string, sha256: Buffer): Buffer {
  if (sha256.length !== 32) throw new Error('a SHA-256 has 32 bytes');
  return privateEncrypt({ key: keyOf(keyPem), padding: constants.RSA_PKCS1_PADDING }, Buffer.concat([SHA256_PREFIX, sha256]));
}
