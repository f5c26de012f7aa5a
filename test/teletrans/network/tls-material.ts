/** Throw-away authorities, server certificates and payer certificates, made at each run. */
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import * as forge from 'node-forge';

export interface Identity {
  readonly key: string;
  readonly cert: string;
}

export interface Wish {
  readonly name: string;
  /** DNS names or IPv4 addresses of a server. */
  readonly hosts?: readonly string[];
  readonly from?: Date;
  readonly to?: Date;
  /** Self-signed without. */
  readonly issuer?: Identity;
  readonly authority?: boolean;
  readonly bits?: number;
  /** Key usages of the extension; no extension without. */
  readonly usage?: readonly ('keyEncipherment' | 'digitalSignature')[];
}

const YEAR_MS = 365 * 86_400_000;

export function makeIdentity({ name, hosts = [], from, to, issuer, authority = false, bits = 2048, usage }: Wish): Identity {
  const { privateKey } = generateKeyPairSync('rsa', {
    modulusLength: bits,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const key = forge.pki.privateKeyFromPem(privateKey);
  const certificate = forge.pki.createCertificate();
  certificate.publicKey = forge.pki.setRsaPublicKey(key.n, key.e);
  // Neither negative nor with a zero too many in front: OpenSSL reads no such number.
  certificate.serialNumber = `4${randomBytes(8).toString('hex').slice(1)}`;
  certificate.validity.notBefore = from ?? new Date(Date.now() - YEAR_MS);
  certificate.validity.notAfter = to ?? new Date(Date.now() + YEAR_MS);
  certificate.setSubject([{ name: 'commonName', value: name }]);
  certificate.setIssuer(
    issuer === undefined ? [{ name: 'commonName', value: name }] : forge.pki.certificateFromPem(issuer.cert).subject.attributes,
  );
  const altNames = hosts.map((host) => (/^[\d.]+$/.test(host) ? { type: 7, ip: host } : { type: 2, value: host }));
  certificate.setExtensions([
    { name: 'basicConstraints', cA: authority },
    ...(altNames.length === 0 ? [] : [{ name: 'subjectAltName', altNames }]),
    ...(usage === undefined ? [] : [{ name: 'keyUsage', ...Object.fromEntries(usage.map((name) => [name, true])) }]),
  ]);
  certificate.sign(forge.pki.privateKeyFromPem(issuer?.key ?? privateKey), forge.md.sha256.create());
  return { key: privateKey, cert: forge.pki.certificateToPem(certificate) };
}
