/** Certificates of the payers, from files (contract § 2): `certs/<mailbox>.pem`, one or more certificates each (spec/transport.md § 1.10). */
import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The certificate to encrypt for. */
export interface PayerCertificate {
  readonly pem: string;
  readonly notBefore: Date;
  readonly notAfter: Date;
}

/** Finds the certificate of a mailbox. */
export interface PayerCertificates {
  /** Among those valid at `now`, the one issued last; null when there is none. */
  find(mailbox: string, now: Date): Promise<PayerCertificate | null>;
}

const PEM_BLOCK = /-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----/g;
/** Characters of a mailbox that may stand in a file name; `..` and separators are out. */
const SAFE_MAILBOX = /^[a-z0-9_+-]+(\.[a-z0-9_+-]+)*@[a-z0-9-]+(\.[a-z0-9-]+)*$/;
const MIN_RSA_BITS = 2048;

function readCertificate(pem: string): PayerCertificate | null {
  try {
    const certificate = new X509Certificate(pem);
    const key = certificate.publicKey;
    if (key.asymmetricKeyType !== 'rsa' || (key.asymmetricKeyDetails?.modulusLength ?? 0) < MIN_RSA_BITS) return null;
    return { pem, notBefore: new Date(certificate.validFrom), notAfter: new Date(certificate.validTo) };
  } catch {
    return null; // a broken certificate is one that is not there: the others of the file may serve
  }
}

/**
 * The usable certificate of a PEM text: RSA of 2048 bits or more, valid at `now`; of several, the one whose validity began last (a renewal coexists with
 * the certificate it replaces).
 */
export function chooseCertificate(pemText: string, now: Date): PayerCertificate | null {
  const usable = (pemText.match(PEM_BLOCK) ?? [])
    .map(readCertificate)
    .filter((certificate) => certificate !== null)
    .filter((certificate) => certificate.notBefore <= now && now <= certificate.notAfter);
  usable.sort((a, b) => b.notBefore.getTime() - a.notBefore.getTime() || b.notAfter.getTime() - a.notAfter.getTime());
  return usable[0] ?? null;
}

/** A folder of PEM files. A missing or unreadable file means no certificate. */
export class CertificateFolder implements PayerCertificates {
  constructor(private readonly folder: string) {}

  async find(mailbox: string, now: Date): Promise<PayerCertificate | null> {
    const name = mailbox.toLowerCase();
    if (!SAFE_MAILBOX.test(name)) return null;
    let text: string;
    try {
      text = await readFile(join(this.folder, `${name}.pem`), 'utf8');
    } catch {
      return null;
    }
    return chooseCertificate(text, now);
  }
}
