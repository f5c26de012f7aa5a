/**
 * The SQLite engine: Node's own module where Node has it (22.13 and later), else the package with the same interface. Only what this store uses is typed.
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
}

/** `getBuiltinModule` came with Node 22.3 and 20.16; it returns undefined for a module this Node does not have. */
interface ProcessWithBuiltins {
  readonly getBuiltinModule?: (id: string) => unknown;
}

function isSqlModule(value: unknown): value is SqlModule {
  return typeof value === 'object' && value !== null && 'DatabaseSync' in value && typeof value.DatabaseSync === 'function';
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
