/** The practice's data folder and its `cabinet.json` (contract § 2). */
import Ajv2020 from 'ajv/dist/2020';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';
import { VitaleError } from '../teletrans/domain/errors';
import type { Practice } from '../teletrans/domain/practice';
import { edited } from '../teletrans/settings/editing';
import { renameHeldSync } from '../teletrans/store/files/held';
import { CABINET_SCHEMA } from './cabinet-schema';

/** The data folder: `VITALE_HOME`, else the platform's per-user application data folder. */
export function dataFolder(environment: NodeJS.ProcessEnv = process.env, platform: NodeJS.Platform = process.platform): string {
  const chosen = environment['VITALE_HOME'];
  if (chosen !== undefined && chosen !== '') return resolve(chosen);
  switch (platform) {
    case 'win32':
      return join(environment['LOCALAPPDATA'] ?? join(homedir(), 'AppData', 'Local'), 'LOGOSw', 'VITALE');
    case 'darwin':
      return join(homedir(), 'Library', 'Application Support', 'LOGOSw', 'VITALE');
    default:
      return join(environment['XDG_DATA_HOME'] ?? join(homedir(), '.local', 'share'), 'LOGOSw', 'VITALE');
  }
}

/**
 * Where a copy of how far sending had gone is kept outside the data folder: `VITALE_ETAT`, else the platform's folder for the state of programs of this user. A restored
 * data folder shows against it.
 */
export function stateFolder(environment: NodeJS.ProcessEnv = process.env, platform: NodeJS.Platform = process.platform): string {
  const chosen = environment['VITALE_ETAT'];
  if (chosen !== undefined && chosen !== '') return resolve(chosen);
  switch (platform) {
    case 'win32':
      return join(environment['LOCALAPPDATA'] ?? join(homedir(), 'AppData', 'Local'), 'LOGOSw', 'VITALE-etat');
    case 'darwin':
      return join(homedir(), 'Library', 'Application Support', 'LOGOSw', 'VITALE-etat');
    default:
      return join(environment['XDG_STATE_HOME'] ?? join(homedir(), '.local', 'state'), 'LOGOSw', 'VITALE');
  }
}

type Cabinet = Omit<Practice, 'goodFriday' | 'profile' | 'recipients'> & Partial<Pick<Practice, 'goodFriday' | 'profile' | 'recipients'>>;

const NO_ACCOUNT = { user: null, password: null, ca: null } as const;

const validate = new Ajv2020({ allErrors: false, strict: true, allowUnionTypes: true }).compile<Cabinet>(CABINET_SCHEMA);

/** Reads `cabinet.json`. Errors: CFG-001 missing, CFG-002 naming the faulty place. */
export function readPractice(home: string): Practice {
  return practiceOf(parse(home));
}

/** The practice a document describes, with what it leaves out filled in. Errors: CFG-002. */
export function practiceOf(cabinet: unknown): Practice {
  if (!validate(cabinet)) {
    const [error] = validate.errors ?? [];
    throw new VitaleError('CFG-002', { detail: `${error?.instancePath ?? ''} ${error?.message ?? ''}`.trim() });
  }
  const { sender, smtp, pop3 } = cabinet.network;
  return {
    ...cabinet,
    network: { sender, smtp: { ...NO_ACCOUNT, ...smtp }, pop3: { ...NO_ACCOUNT, ...pop3 } },
    goodFriday: cabinet.goodFriday ?? false,
    profile: cabinet.profile ?? null,
    recipients: cabinet.recipients ?? null,
  };
}

function parse(home: string): unknown {
  const file = join(home, 'cabinet.json');
  if (!existsSync(file)) throw new VitaleError('CFG-001');
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as unknown;
  } catch (cause) {
    throw new VitaleError('CFG-002', { detail: 'JSON illisible' }, { cause });
  }
}

/** A path of `cabinet.json`, relative to the data folder. */
export function inFolder(home: string, path: string): string {
  return isAbsolute(path) ? path : join(home, path);
}

/**
 * The card file in the virtual reader, read anew each time: another program may have changed cards.
 * @returns absolute path, or null when the reader is empty.
 */
export function virtualCardFile(home: string): string | null {
  const { reader } = readPractice(home);
  return reader.kind === 'virtual' && reader.card !== '' ? inFolder(home, reader.card) : null;
}

/** Puts a card file (relative to the data folder) in the virtual reader; null empties it. */
export function setVirtualCard(home: string, card: string | null): void {
  const cabinet = parse(home) as { reader: { kind: string; card: string } };
  rewrite(home, { reader: { ...cabinet.reader, card: card ?? '' } });
}

/** True when the practice has said whether its commune keeps Good Friday, either way. */
export function hasAnsweredGoodFriday(home: string): boolean {
  return typeof (parse(home) as { goodFriday?: unknown }).goodFriday === 'boolean';
}

export function setGoodFriday(home: string, goodFriday: boolean): void {
  rewrite(home, { goodFriday });
}

/** Chooses the folder of the automatic backups; null: none are made. How often and how many stay as they were. */
export function setBackupFolder(home: string, folder: string | null): void {
  const { backup } = parse(home) as { backup?: object };
  rewrite(home, { backup: folder === null ? undefined : { ...backup, folder } });
}

/** Changes members of `cabinet.json`; undefined takes one out. Every other byte stays as it is. */
function rewrite(home: string, change: Readonly<Record<string, unknown>>): void {
  parse(home);
  const file = join(home, 'cabinet.json');
  const edits = Object.entries(change).map(([name, value]) => ({ place: `/${name}`, value }));
  const draft = `${file}.${process.pid}.tmp`;
  writeFileSync(draft, edited(readFileSync(file, 'utf8'), edits), { mode: 0o600, flush: true });
  renameHeldSync(draft, file);
}
