/** Certificates of the payers, from files (contract § 2): `certs/<mailbox>.pem`, one or more certificates each (spec/transport.md § 1.10). */
import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as forge from 'node-forge';
import { localDate } from '../domain/clock';
import { VitaleError } from '../domain/errors';

/** The certificate to encrypt for. */
export interface PayerCertificate {
  readonly pem: string;
  readonly notBefore: Date;
  readonly notAfter: Date;
}

/** Finds the certificate of a mailbox. */
export interface PayerCertificates {
  /**
   * Among those valid at `now`, the one issued last; null when there is none at all. Errors, when there are some and none may serve: TRA-020 expired,
   * TRA-021 not yet valid, TRA-022 not made for encryption, key too weak or not RSA, unreadable.
   */
  find(mailbox: string, now: Date): Promise<PayerCertificate | null>;
}

const PEM_BLOCK = /-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----/g;
/** Characters of a mailbox that may stand in a file name; `..` and separators are out. */
const SAFE_MAILBOX = /^[a-z0-9_+-]+(\.[a-z0-9_+-]+)*@[a-z0-9-]+(\.[a-z0-9-]+)*$/;
const MIN_RSA_BITS = 2048;

interface ReadCertificate extends PayerCertificate {
  /** RSA of 2048 bits or more, and no key usage that excludes the encryption of keys. */
  readonly encrypts: boolean;
}

/** A certificate without the extension may serve for anything (RFC 5280 § 4.2.1.3). */
function mayEncrypt(pem: string): boolean {
  const usage = forge.pki.certificateFromPem(pem).getExtension('keyUsage') as { readonly keyEncipherment?: boolean } | null | undefined;
  return usage === null || usage === undefined || usage.keyEncipherment === true;
}

function readCertificate(pem: string): ReadCertificate | null {
  try {
    const certificate = new X509Certificate(pem);
    const key = certificate.publicKey;
    const strong = key.asymmetricKeyType === 'rsa' && (key.asymmetricKeyDetails?.modulusLength ?? 0) >= MIN_RSA_BITS;
    const [notBefore, notAfter] = [new Date(certificate.validFrom), new Date(certificate.validTo)];
    return { pem, notBefore, notAfter, encrypts: strong && mayEncrypt(pem) };
  } catch {
    return null; // a broken certificate is one that is not there: the others of the file may serve
  }
}

/** `JJ/MM/AAAA` of legal time. */
const frenchDate = (time: number): string => localDate(new Date(time)).split('-').reverse().join('/');

/** Why none of these certificates may serve at `now`. */
function refusal(certificates: readonly ReadCertificate[], now: Date): VitaleError {
  const sound = certificates.filter(({ encrypts }) => encrypts);
  const expired = sound.filter(({ notAfter }) => notAfter < now).map(({ notAfter }) => notAfter.getTime());
  const early = sound.filter(({ notBefore }) => now < notBefore).map(({ notBefore }) => notBefore.getTime());
  if (early.length > 0) return new VitaleError('TRA-021', { date: frenchDate(Math.min(...early)) });
  if (expired.length > 0) return new VitaleError('TRA-020', { date: frenchDate(Math.max(...expired)) });
  return new VitaleError('TRA-022');
}

/**
 * The usable certificate of a PEM text; of several, the one whose validity began last (a renewal coexists with the certificate it replaces).
 * Errors: as {@link PayerCertificates.find}; also for a text that holds no certificate.
 */
export function chooseCertificate(pemText: string, now: Date): PayerCertificate {
  const certificates = (pemText.match(PEM_BLOCK) ?? []).map(readCertificate).filter((certificate) => certificate !== null);
  const usable = certificates.filter(({ encrypts, notBefore, notAfter }) => encrypts && notBefore <= now && now <= notAfter);
  usable.sort((a, b) => b.notBefore.getTime() - a.notBefore.getTime() || b.notAfter.getTime() - a.notAfter.getTime());
  const [best] = usable;
  if (best === undefined) throw refusal(certificates, now);
  const { pem, notBefore, notAfter } = best;
  return { pem, notBefore, notAfter };
}

/** A folder of PEM files. A mailbox without a file has no certificate. */
export class CertificateFolder implements PayerCertificates {
  constructor(private readonly folder: string) {}

  async find(mailbox: string, now: Date): Promise<PayerCertificate | null> {
    const name = mailbox.toLowerCase();
    if (!SAFE_MAILBOX.test(name)) return null;
    let text: string;
    try {
      text = await readFile(join(this.folder, `${name}.pem`), 'utf8');
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw new VitaleError('TRA-022', {}, { cause }); // a file that cannot be read may hold a certificate: its payer is not written to in clear
    }
    return chooseCertificate(text, now);
  }
}
