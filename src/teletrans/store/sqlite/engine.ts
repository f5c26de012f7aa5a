/**
 * The SQLite engine: Node's own module where Node has it whole (22.16 and later), else the package with the same interface. Only what this store uses is typed.
 */

export type SqlValue = string | number | null | Uint8Array;
export type SqlRow = Readonly<Record<string, unknown>>;

export interface SqlStatement {
  run(...values: SqlValue[]): { readonly changes: number | bigint };
  get(...values: SqlValue[]): SqlRow | undefined;
  all(...values: SqlValue[]): SqlRow[];
}

export interface SqlDatabase {
  exec(sql: string): void;
  prepare(sql: string): SqlStatement;
  close(): void;
}

interface SqlModule {
  readonly DatabaseSync: new (file: string) => SqlDatabase;
  readonly backup: (source: SqlDatabase, file: string, options: { readonly rate: number }) => Promise<number>;
}

/** `getBuiltinModule` came with Node 22.3 and 20.16; it returns undefined for a module this Node does not have. */
interface ProcessWithBuiltins {
  readonly getBuiltinModule?: (id: string) => unknown;
}

function isSqlModule(value: unknown): value is SqlModule {
  if (typeof value !== 'object' || value === null) return false;
  const { DatabaseSync, backup } = value as Record<string, unknown>;
  return typeof DatabaseSync === 'function' && typeof backup === 'function';
}

/** Node says in English, on the standard error where we speak French to people, that its module is still experimental: not while it is loaded. */
function quietly<T>(load: () => T): T {
  const emitWarning = process.emitWarning.bind(process);
  process.emitWarning = () => undefined;
  try {
    return load();
  } finally {
    process.emitWarning = emitWarning;
  }
}

let loaded: SqlModule | null = null;

function engine(): SqlModule {
  if (loaded !== null) return loaded;
  const builtin = quietly(() => (process as ProcessWithBuiltins).getBuiltinModule?.('node:sqlite'));
  const found: unknown = isSqlModule(builtin) ? builtin : module.require('@photostructure/sqlite');
  if (!isSqlModule(found)) throw new Error('no SQLite engine');
  loaded = found;
  return found;
}

/** Opens a database file, made when missing. */
export function openSqlite(file: string): SqlDatabase {
  return new (engine().DatabaseSync)(file);
}

/** Pages copied at a time: the program goes on in between. */
const BACKUP_PAGES = 500;

/**
 * Copies a database as the connection sees it into a new file, beside the program's other work. A connection with an open read transaction gives the data of that
 * instant, whatever others commit meanwhile.
 */
export async function backUpSqlite(source: SqlDatabase, file: string): Promise<void> {
  await engine().backup(source, file, { rate: BACKUP_PAGES });
}
