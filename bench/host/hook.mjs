/**
 * A hook's round trip, from the host's call to its answer after the add-in's commit, against two bare SQLite commits, turn by turn in the same run: of the same
 * bytes in a table without index, and of the very rows the add-in has just stored, in tables and with indexes like its own.
 * `node bench/host/hook.mjs [--rounds 1000] [--flush-ms 0]`. Runs the built add-in through the built bridge; nothing but a temporary folder is touched.
 * With `--flush-ms` every flush of either side lasts so much longer (slow-flush.c, made with cc): the disk of a practice instead of a server's.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const require = createRequire(import.meta.url);
const koffi = require('koffi');
const { bindLibrary } = require(join(ROOT, 'dist/host-bridge/native-binding.js'));
const { makePracticeBox } = require(join(ROOT, 'dist/demonstration/practice-box.js'));
const { Connection } = require(join(ROOT, 'dist/teletrans/store/sqlite/connection.js'));
const { MIGRATIONS } = require(join(ROOT, 'dist/teletrans/store/sqlite/migrations.js'));

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '1000' }, 'flush-ms': { type: 'string', default: '0' } } });
const ROUNDS = Number(values.rounds);
const FLUSH_MS = Number(values['flush-ms']);
if (FLUSH_MS > 0 && process.env.FLUSH_US === undefined) process.exit(onSlowDisk());
const WARM_UP = 100;
process.env.VITALE_MAINTENANT = '2026-11-20T18:40:00+01:00';

const { functions, sizes } = bindLibrary(join(ROOT, 'build/native/liblogosw_addin.so'));
const manifest = JSON.parse(readFileSync(join(ROOT, 'addin/manifest.json'), 'utf8'));
const emptyMessage = () => ({
  struct_size: sizes.logosw_message,
  kind: 0,
  correlation: 0,
  code: 0,
  name_size: 0,
  payload_size: 0,
  reserved: 0,
  name: null,
  payload: null,
  memory: null,
});

/** The same run again, where each flush takes longer. */
function onSlowDisk() {
  const folder = mkdtempSync(join(tmpdir(), 'vitale-slow-flush-'));
  try {
    const library = join(folder, 'slow-flush.so');
    const made = spawnSync('cc', ['-shared', '-fPIC', '-O2', join(ROOT, 'bench/host/slow-flush.c'), '-o', library, '-ldl'], {
      stdio: 'inherit',
    });
    if (made.status !== 0) return 1;
    const env = { ...process.env, LD_PRELOAD: library, FLUSH_US: String(Math.round(FLUSH_MS * 1000)) };
    return spawnSync(process.execPath, process.argv.slice(1), { stdio: 'inherit', env }).status ?? 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The host: blocking calls, as the simplest practice software makes them. */
class Host {
  constructor(home) {
    process.env.VITALE_HOME = home;
    const handle = [null];
    const config = {
      struct_size: sizes.logosw_host_config,
      flags: 0,
      folder: ROOT,
      program: process.execPath,
      arguments: [manifest.main],
      argument_count: 1,
      max_message_bytes: 0,
      queue_messages: 0,
      start_timeout_ms: 0,
      send_timeout_ms: 0,
      stop_timeout_ms: 0,
      heartbeat_ms: 0,
      heartbeat_timeout_ms: 0,
    };
    const result = functions.logosw_host_open(config, handle);
    if (result !== 0) throw new Error(`the add-in cannot be started: ${result}`);
    this.handle = handle[0];
    functions.logosw_host_wait_ready(this.handle, 20_000);
    this.request('addin.activate', { event: 'onStartup', host: { name: 'bench', version: '1.0.0', language: 'fr' } });
  }

  /** Time of one request and answer, ms. */
  request(name, payload) {
    const bytes = Buffer.from(JSON.stringify(payload), 'utf8');
    const reply = emptyMessage();
    const began = performance.now();
    const result = functions.logosw_host_request(this.handle, name, bytes.toString('utf8'), bytes.length, 30_000, reply);
    const took = performance.now() - began;
    const text = reply.payload === null ? '' : koffi.decode(reply.payload, 'char', reply.payload_size);
    functions.logosw_message_release(reply);
    if (result !== 0) throw new Error(`${name}: ${functions.logosw_result_name(result)} ${text}`);
    this.drain();
    return took;
  }

  /** Badges and the like: fetched, as a host does. */
  drain() {
    for (let event = emptyMessage(); functions.logosw_host_next_event(this.handle, 0, event) === 0; event = emptyMessage())
      functions.logosw_message_release(event);
  }

  close() {
    functions.logosw_host_close(this.handle, null);
  }
}

const sample = JSON.parse(readFileSync(join(ROOT, 'addin/demonstration/journee.ndjson'), 'utf8').split('\n', 1)[0]);
const invoice = (n) => ({ ...sample, id: `${sample.id}-${n}`, number: String(500_000 + n).padStart(9, '0') });

const quantile = (sorted, q) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))];
function spread(times) {
  const sorted = [...times].sort((a, b) => a - b);
  return { p50: quantile(sorted, 0.5), p99: quantile(sorted, 0.99) };
}
/** Bare SQLite with the add-in's own tables, indexes and settings: stores again what the add-in has stored, without checking, sealing or answering anything. */
class SameRows {
  constructor(from, to) {
    this.from = Connection.open(from);
    this.to = Connection.open(to);
    this.to.exec('PRAGMA journal_mode = WAL; PRAGMA journal_size_limit = 16777216; PRAGMA wal_autocheckpoint = 3800');
    for (const sql of MIGRATIONS) this.to.exec(sql);
    const columnsOf = (table) => this.from.all('SELECT name FROM pragma_table_info(?)', table).map(({ name }) => name);
    this.tables = [
      { name: 'payer_names', rank: 'rank', columns: columnsOf('payer_names') },
      { name: 'invoices', rank: 'rank', columns: columnsOf('invoices') },
      { name: 'invoice_bodies', rank: 'rank', columns: columnsOf('invoice_bodies') },
      // The others are filled in by the tables' own triggers.
      { name: 'claims', rank: 'invoice_rank', columns: ['invoice_rank', 'part', 'payer', 'expected'] },
      { name: 'journal', rank: 'rank', columns: columnsOf('journal') },
    ].map((table) => ({ ...table, last: 0 }));
  }

  /** Time to store the rows that came last, ms. */
  commit() {
    const rows = this.tables.flatMap((table) => this.newRows(table));
    const began = performance.now();
    this.to.exec('BEGIN IMMEDIATE');
    for (const { insert, values } of rows) this.to.run(insert, ...values);
    this.to.exec('COMMIT');
    return performance.now() - began;
  }

  newRows(table) {
    const { name, rank, columns } = table;
    const found = this.from.all(`SELECT ${columns.join(', ')} FROM ${name} WHERE ${rank} > ? ORDER BY ${rank}`, table.last);
    table.last = found.at(-1)?.[rank] ?? table.last;
    const insert = `INSERT INTO ${name} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`;
    return found.map((row) => ({ insert, values: Object.values(row) }));
  }

  close() {
    this.from.close();
    this.to.close();
  }
}

const home = mkdtempSync(join(tmpdir(), 'vitale-bench-'));
makePracticeBox(home, { smtpPort: 1, pop3Port: 1 });
const host = new Host(home);
const bare = Connection.open(join(home, 'bare.db'));
bare.exec('PRAGMA journal_mode=WAL; CREATE TABLE bare (id INTEGER PRIMARY KEY, body BLOB NOT NULL) STRICT');
// As in a practice: the first invoice comes a while after the start. The floor has the same pause.
await new Promise((resolve) => setTimeout(resolve, 2000));
const sameRows = new SameRows(join(home, 'vitale.db'), join(home, 'same.db'));
const times = { bare: [], rows: [], alive: [], hook: [] };
for (let n = 0; n < ROUNDS + WARM_UP; n++) {
  const document = invoice(n);
  const bytes = Buffer.from(JSON.stringify(document));
  const began = performance.now();
  bare.exec('BEGIN IMMEDIATE');
  bare.run('INSERT INTO bare (body) VALUES (?)', bytes);
  bare.exec('COMMIT');
  const committed = performance.now() - began;
  const alive = host.request('addin.alive', {});
  const hook = host.request('hook.call', { hook: 'invoice.stored', key: String(n), data: document });
  const rows = sameRows.commit();
  if (n < WARM_UP) continue;
  times.bare.push(committed);
  times.rows.push(rows);
  times.alive.push(alive);
  times.hook.push(hook);
}
host.close();
bare.close();
sameRows.close();
rmSync(home, { recursive: true, force: true });
const bytesFloor = spread(times.bare);
const rowsFloor = spread(times.rows);
const against = ({ p50, p99 }, floor) => `${(p50 / floor.p50).toFixed(2)}× / ${(p99 / floor.p99).toFixed(2)}×`;
console.log(
  `${ROUNDS} rounds, flushes ${FLUSH_MS} ms longer, p50 / p99; against one row of the same bytes; against the same rows and indexes:`,
);
for (const [name, measured] of [
  ['one row of the same bytes, bare SQLite', bytesFloor],
  ['the same rows and indexes, bare SQLite', rowsFloor],
  ['bridge alone: question and answer', spread(times.alive)],
  ['the least: both, with nothing in between', spread(times.alive.map((alive, n) => alive + times.bare[n]))],
  ['hook: handed over, committed, acknowledged', spread(times.hook)],
])
  console.log(
    `  ${name.padEnd(44)} ${measured.p50.toFixed(2)} / ${measured.p99.toFixed(2)} ms   ${against(measured, bytesFloor)}   ${against(measured, rowsFloor)}`,
  );
