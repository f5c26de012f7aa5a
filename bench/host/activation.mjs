/**
 * From the start of the add-in's process to "active", against a bare Node that starts an HTTP server, turn by turn in the same run:
 * `node bench/host/activation.mjs [--rounds 15]`. CPU time is told beside the clock's: it does not depend on what else the machine does.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const { makePracticeBox } = createRequire(import.meta.url)(join(ROOT, 'dist/demonstration/practice-box.js'));
const { values } = parseArgs({ options: { rounds: { type: 'string', default: '15' } } });
const TICKS_PER_SECOND = 100;

/** User and system time of a process so far, ms. */
function cpuOf(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
  return ((Number(fields[11]) + Number(fields[12])) * 1000) / TICKS_PER_SECOND;
}

async function activation(home) {
  const program = join(ROOT, 'build/native/reference-host/reference-host');
  const host = spawn(program, ['--addin', join(ROOT, 'addin'), '--node', process.execPath], {
    env: { ...process.env, VITALE_HOME: home },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  let began = 0;
  let result = null;
  for await (const text of createInterface({ input: host.stdout })) {
    const line = JSON.parse(text);
    if (line.event !== 'state') continue;
    if (line.state === 'starting') began = performance.now();
    if (line.state === 'failed') throw new Error('the add-in did not become active');
    if (line.state !== 'active') continue;
    result = { wall: performance.now() - began, cpu: cpuOf(line.pid) };
    host.stdin.end('quit\n');
  }
  return result;
}

async function bare() {
  const code = "require('node:http').createServer((q,r)=>r.end('ok')).listen(0,'127.0.0.1',function(){console.log(this.address().port)})";
  const began = performance.now();
  const child = spawn(process.execPath, ['-e', code], { stdio: ['ignore', 'pipe', 'inherit'] });
  await new Promise((resolve) => child.stdout.once('data', resolve));
  const result = { wall: performance.now() - began, cpu: cpuOf(child.pid) };
  child.kill();
  return result;
}

const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
const home = mkdtempSync(join(tmpdir(), 'vitale-bench-'));
makePracticeBox(home, { smtpPort: 1, pop3Port: 1 });
await activation(home);
const ours = [];
const floors = [];
for (let round = 0; round < Number(values.rounds); round++) {
  ours.push(await activation(home));
  floors.push(await bare());
}
rmSync(home, { recursive: true, force: true });
for (const what of ['wall', 'cpu']) {
  const [mine, floor] = [ours, floors].map((list) => median(list.map((one) => one[what])));
  const each = median(ours.map((one, at) => one[what] / floors[at][what]));
  console.log(
    `${what.padEnd(4)} bare Node with an HTTP server ${floor.toFixed(0)} ms, add-in active ${mine.toFixed(0)} ms: ${(mine / floor).toFixed(2)}× (median of the rounds' ratios ${each.toFixed(2)}×)`,
  );
}
