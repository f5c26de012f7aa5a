/** The practice and its data folder as the support may see them: kinds, counts and sizes; no name, number, address or account. */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { MailServer, Practice } from '../../domain/practice';
import { isLoopback } from '../../network/loopback';

function serverShape({ host, port, security, user, password, ca }: MailServer): object {
  return {
    loopback: isLoopback(host),
    port,
    security,
    account: user !== null,
    password: password === null ? 'none' : typeof password === 'string' ? 'written' : 'file',
    ownAuthority: ca !== null,
  };
}

export function practiceShape({ mode, practitioners, reader, network, profile, recipients, goodFriday }: Practice): object {
  return {
    mode,
    practitioners: practitioners.length,
    withRpps: practitioners.filter(({ rpps }) => rpps !== undefined).length,
    reader: reader.kind,
    goodFriday,
    ownProfile: profile !== null,
    ownRecipients: recipients !== null,
    smtp: serverShape(network.smtp),
    pop3: serverShape(network.pop3),
  };
}

/** What the product itself puts in the data folder; anything else is only counted, for its name may say anything. */
const OURS = [
  'cabinet.json',
  'vitale.db',
  'vitale.db-wal',
  'vitale.db-shm',
  'cle.bin',
  'transmission.lock',
  'messages',
  'cartes',
  'certs',
  'journaux',
];

interface Weight {
  readonly files: number;
  readonly bytes: number;
}

function weigh(path: string, depth = 0): Weight {
  try {
    const found = statSync(path);
    if (!found.isDirectory()) return { files: 1, bytes: found.size };
    if (depth > 3) return { files: 0, bytes: 0 };
    return readdirSync(path)
      .map((name) => weigh(join(path, name), depth + 1))
      .reduce((sum, each) => ({ files: sum.files + each.files, bytes: sum.bytes + each.bytes }), { files: 0, bytes: 0 });
  } catch {
    return { files: 0, bytes: 0 };
  }
}

/** @param home absolute path of the data folder; it may be missing. */
export function folderShape(home: string): object {
  let names: readonly string[] = [];
  try {
    names = readdirSync(home);
  } catch {
    // No folder: it is empty.
  }
  const known = OURS.filter((name) => names.includes(name));
  return {
    ...Object.fromEntries(known.map((name) => [name, weigh(join(home, name))])),
    others: names.length - known.length,
  };
}
