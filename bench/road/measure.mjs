/**
 * Measures the road of an invoice, each figure against a bare floor of the same run: `node bench/road/measure.mjs [--invoices 10000] [--hand-overs 500] [--clicks 5]`.
 * Runs the built programs; nothing of the machine but a temporary folder is touched.
 */
import { spawn } from 'node:child_process';
import { closeSync, fsyncSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const require = createRequire(import.meta.url);
const { openPractice } = require(join(ROOT, 'dist/composition/container.js'));
const { makePracticeBox } = require(join(ROOT, 'dist/demonstration/practice-box.js'));
const { JsonLinesProcess } = require(join(ROOT, 'dist/demonstration/json-lines-process.js'));
const { Person } = require(join(ROOT, 'dist/demonstration/person.js'));

const { values } = parseArgs({
  options: {
    invoices: { type: 'string', default: '10000' },
    'hand-overs': { type: 'string', default: '500' },
    clicks: { type: 'string', default: '5' },
  },
});
process.env.VITALE_MAINTENANT = '2026-11-20T18:40:00+01:00';

const day = readFileSync(join(ROOT, 'addin/demonstration/journee.ndjson'), 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line))
  .filter((invoice) => invoice.practitioner.billingNumber === '999000011');

/** The sample invoices of one practitioner over and over, under new numbers; pairs stay linked. */
function* manyInvoices(count) {
  const offset = (round, number) => String(Number(number) + round * 1000).padStart(9, '0');
  for (let made = 0, round = 1; made < count; round++) {
    for (const invoice of day) {
      if (made++ >= count) return;
      yield {
        ...invoice,
        id: `${invoice.id}-${round}`,
        number: offset(round, invoice.number),
        ...(invoice.linkedTo === undefined ? {} : { linkedTo: offset(round, invoice.linkedTo) }),
      };
    }
  }
}

function newHome() {
  const home = mkdtempSync(join(tmpdir(), 'vitale-bench-'));
  // Port 1 answers nothing: what is measured ends before the first connection.
  makePracticeBox(home, { smtpPort: 1, pop3Port: 1 });
  return home;
}

const quantile = (sorted, q) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))];
const spread = (times) => {
  const sorted = [...times].sort((a, b) => a - b);
  return { p50: quantile(sorted, 0.5), p99: quantile(sorted, 0.99) };
};
const ms = (value) => `${value.toFixed(2)} ms`;
const ratio = (ours, floor) => `${(ours / floor).toFixed(1)}×`;

/** Floor of a durable hand-over: append the same bytes to a file and flush it. */
function bareAppend(folder, texts) {
  const file = openSync(join(folder, 'floor'), 'a');
  const times = texts.map((text) => {
    const start = performance.now();
    writeSync(file, text);
    fsyncSync(file);
    return performance.now() - start;
  });
  closeSync(file);
  return spread(times);
}

async function handOver(count) {
  const home = newHome();
  const practice = await openPractice(home);
  const invoices = [...manyInvoices(2 * count)];
  const texts = invoices.map((invoice) => JSON.stringify(invoice));
  const inProcess = [];
  for (const invoice of invoices.slice(0, count)) {
    const start = performance.now();
    await practice.teletrans.take(invoice);
    inProcess.push(performance.now() - start);
  }
  await practice.dispose();

  const host = await startHost(home);
  const throughBridge = [];
  const file = join(home, 'one.ndjson');
  for (const text of texts.slice(count)) {
    writeFileSync(file, text);
    const pushed = host.next((line) => line.event === 'pushed');
    const start = performance.now();
    host.send(`push ${file}`);
    await pushed;
    throughBridge.push(performance.now() - start);
  }
  await host.stop('quit');
  const floor = bareAppend(home, texts.slice(0, count));
  rmSync(home, { recursive: true, force: true });

  const taken = spread(inProcess);
  const bridged = spread(throughBridge);
  console.log(`hand-over of one invoice until it is on the disk, ${count} times:`);
  console.log(`  bare append + flush        p50 ${ms(floor.p50)}  p99 ${ms(floor.p99)}`);
  console.log(`  in the process             p50 ${ms(taken.p50)} (${ratio(taken.p50, floor.p50)})  p99 ${ms(taken.p99)}`);
  console.log(`  host → bridge → add-in     p50 ${ms(bridged.p50)} (${ratio(bridged.p50, floor.p50)})  p99 ${ms(bridged.p99)}`);
}

async function startHost(home) {
  const program = join(ROOT, 'build/native/reference-host/reference-host');
  const args = ['--addin', join(ROOT, 'addin'), '--node', process.execPath, '--spool', join(home, 'hote')];
  const host = JsonLinesProcess.start('reference host', program, args, { ...process.env, VITALE_HOME: home });
  await host.next((line) => line.event === 'state' && line.state === 'active');
  return host;
}

async function click(host) {
  const window = host.next((line) => line.event === 'window');
  host.send('invoke teletrans.ouvrir');
  const { data } = await window;
  const person = await Person.open(data.url);
  await person.lists();
}

async function clicks(count) {
  const cold = [];
  const warm = [];
  const floor = [];
  for (let n = 0; n < count; n++) {
    const home = newHome();
    const start = performance.now();
    const host = await startHost(home);
    await click(host);
    cold.push(performance.now() - start);
    const again = performance.now();
    await click(host);
    warm.push(performance.now() - again);
    await host.stop('quit');
    rmSync(home, { recursive: true, force: true });
    floor.push(await bareServer());
  }
  const [c, w, f] = [cold, warm, floor].map(spread);
  console.log(`\nclick on the telephone icon to the answered window, ${count} times:`);
  console.log(`  bare: Node starts an HTTP server and answers once          p50 ${ms(f.p50)}`);
  console.log(`  cold: host, add-in process, store, window, day answered    p50 ${ms(c.p50)} (${ratio(c.p50, f.p50)})  p99 ${ms(c.p99)}`);
  console.log(`  warm: the add-in runs                                      p50 ${ms(w.p50)}  p99 ${ms(w.p99)}`);
}

/** Floor of a cold click: a new Node process, a bare server, one answer. */
async function bareServer() {
  const code = "require('node:http').createServer((q,r)=>r.end('ok')).listen(0,'127.0.0.1',function(){console.log(this.address().port)})";
  const start = performance.now();
  const child = spawn(process.execPath, ['-e', code], { stdio: ['ignore', 'pipe', 'inherit'] });
  const port = await new Promise((resolve) => child.stdout.once('data', (text) => resolve(Number(text))));
  await (await fetch(`http://127.0.0.1:${port}/`)).text();
  const took = performance.now() - start;
  child.kill();
  return took;
}

async function wholeRoad(count) {
  const home = newHome();
  const lines = [...manyInvoices(count)].map((invoice) => JSON.stringify(invoice));
  const practice = await openPractice(home);
  const start = performance.now();
  const report = await practice.teletrans.importLines(asyncLines(lines), () => undefined);
  const imported = performance.now();
  await practice.teletrans.openCard(Buffer.from('1234'), false);
  let frozen = 0;
  let files = 0;
  await practice.teletrans.transmit({ practitioner: null, situation: null }, ({ step, done, total }) => {
    if (step === 'freezing' && done === total) {
      frozen = performance.now();
      files = total;
    }
  });
  const { lots } = await practice.teletrans.overview();
  await practice.dispose();
  const floor = bareRoad(home, lines, files);
  rmSync(home, { recursive: true, force: true });
  const took = frozen - start;
  console.log(`\n${report.accepted} invoices from NDJSON to ${lots.length} sealed lots and ${files} frozen files:`);
  console.log(`  bare: parse each line, write ${files} files of the same bytes, flush   ${ms(floor)}`);
  console.log(`  import ${ms(imported - start)}, group + seal + freeze ${ms(frozen - imported)}`);
  console.log(
    `  ${Math.round(count / (took / 1000))} invoices/s (${ratio(took, floor)} the floor); ${Math.round(process.memoryUsage().rss / 1048576)} MB in the process`,
  );
}

async function* asyncLines(lines) {
  yield* lines;
}

function bareRoad(home, lines, files) {
  const folder = join(home, 'floor-files');
  mkdirSync(folder);
  const start = performance.now();
  for (const line of lines) JSON.parse(line);
  const each = Math.ceil(lines.length / files);
  for (let n = 0; n < files; n++) {
    const file = openSync(join(folder, String(n)), 'w');
    writeSync(file, lines.slice(n * each, (n + 1) * each).join('\n'));
    fsyncSync(file);
    closeSync(file);
  }
  return performance.now() - start;
}

await handOver(Number(values['hand-overs']));
await clicks(Number(values.clicks));
await wholeRoad(Number(values.invoices));
