/** A mail password as `cabinet.json` gives it: in the file, or in a file of its own (contract § 2). */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { MailServer } from '../domain/practice';

/** Null when the server needs none. Rejects when the file cannot be read. One line end after the password is not part of it. */
export async function readPassword(password: MailServer['password'], home: string): Promise<string | null> {
  if (password === null || typeof password === 'string') return password;
  return (await readFile(resolve(home, password.file), 'utf8')).replace(/\r?\n$/, '');
}

/** PEM of the authorities to trust instead of the system's; undefined for the system's or a link without TLS. Rejects when the file cannot be read. */
export async function readAuthorities({
  ca,
  security,
  home,
}: Pick<MailServer, 'ca' | 'security'> & { readonly home: string }): Promise<string | undefined> {
  return ca === null || security === 'none' ? undefined : await readFile(resolve(home, ca), 'utf8');
}
