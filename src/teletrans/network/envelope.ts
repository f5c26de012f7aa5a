/** S/MIME enveloped-data for one recipient: RSA PKCS#1 v1.5 key transport and a CBC cipher (spec/transport.md § 1.8). node-forge encrypts only. */
import * as forge from 'node-forge';

/** Cipher names of the transport profile. */
export type EnvelopeCipher = 'aes-128-cbc' | 'aes-256-cbc' | 'des-ede3-cbc';

const CIPHER_OID: Readonly<Record<EnvelopeCipher, string>> = {
  'aes-128-cbc': forge.pki.oids['aes128-CBC'] ?? '',
  'aes-256-cbc': forge.pki.oids['aes256-CBC'] ?? '',
  'des-ede3-cbc': forge.pki.oids['des-EDE3-CBC'] ?? '',
};

/**
 * DER of the ContentInfo. The key and the initialisation vector are drawn anew each time, so two calls never give the same bytes.
 * @param certificatePem an RSA certificate. Throws when it cannot be read.
 */
export function encloseFor(certificatePem: string, content: Buffer, cipher: EnvelopeCipher): Buffer {
  const envelope = forge.pkcs7.createEnvelopedData();
  envelope.addRecipient(forge.pki.certificateFromPem(certificatePem));
  envelope.content = forge.util.createBuffer(content.toString('binary'));
  envelope.encrypt(undefined, CIPHER_OID[cipher]);
  return Buffer.from(forge.asn1.toDer(envelope.toAsn1()).getBytes(), 'binary');
}
