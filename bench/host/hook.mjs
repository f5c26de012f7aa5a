/**
 * A hook's round trip, from the host's call to its answer after the add-in's commit, against a bare SQLite commit of the same bytes, turn by turn in the same
 * run: `node bench/host/hook.mjs [--rounds 1000]`. Runs the built add-in through the built bridge; nothing but a temporary folder is touched.
 */
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

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '1000' } } });
const ROUNDS = Number(values.rounds);
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
const show = (name, { p50, p99 }, floor) =>
  console.log(
    `  ${name.padEnd(46)} p50 ${p50.toFixed(2)} ms (${(p50 / floor.p50).toFixed(2)}×)   p99 ${p99.toFixed(2)} ms (${(p99 / floor.p99).toFixed(2)}×)`,
  );

const home = mkdtempSync(join(tmpdir(), 'vitale-bench-'));
makePracticeBox(home, { smtpPort: 1, pop3Port: 1 });
const host = new Host(home);
const bare = Connection.open(join(home, 'bare.db'));
bare.exec('PRAGMA journal_mode=WAL; CREATE TABLE bare (id INTEGER PRIMARY KEY, body BLOB NOT NULL) STRICT');
// As in a practice: the first invoice comes a while after the start. The floor has the same pause.
await new Promise((resolve) => setTimeout(resolve, 2000));
const times = { bare: [], alive: [], hook: [] };
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
  if (n < WARM_UP) continue;
  times.bare.push(committed);
  times.alive.push(alive);
  times.hook.push(hook);
}
host.close();
bare.close();
rmSync(home, { recursive: true, force: true });
const floor = spread(times.bare);
console.log(`${ROUNDS} rounds:`);
show('bare SQLite commit of the same bytes', floor, floor);
show('bridge alone: question and answer', spread(times.alive), floor);
show('hook: handed over, committed, acknowledged', spread(times.hook), floor);
