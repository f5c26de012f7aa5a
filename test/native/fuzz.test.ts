import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { exclusively, PROJECT_ROOT } from './build';

/** A fixed start and a fixed number of inputs: the same run every time. The long run is `make -C native fuzz FUZZ_SECONDS=…`. */
const RUNS = '150000';
const NATIVE = path.join(PROJECT_ROOT, 'native');

function hasClang(): boolean {
  const there = spawnSync('clang', ['-fsanitize=fuzzer', '-x', 'c', '-', '-o', '/dev/null'], {
    input: '#include <stddef.h>\nint LLVMFuzzerTestOneInput(const unsigned char *d, size_t s) { return d == 0 && s == 1; }',
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  if (there.status === 0) return true;
  if (process.env['CI'] !== undefined) throw new Error('clang with libFuzzer is needed here (apt-get install clang libclang-rt-dev)');
  console.warn('clang with libFuzzer is absent: the fuzzers are left out (apt-get install clang libclang-rt-dev).');
  return false;
}

jest.setTimeout(240_000);

(hasClang() ? describe : describe.skip)('bytes from the other side, made up by libFuzzer', () => {
  let folder = '';

  beforeAll(() => {
    exclusively('native-fuzz', () => execFileSync('make', ['-C', NATIVE, 'fuzzers'], { stdio: 'pipe' }));
    folder = mkdtempSync(path.join(os.tmpdir(), 'fuzz-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each(['frames', 'json'])('%s: nothing is read outside its bounds, and what is accepted keeps every promise', (target) => {
    const program = path.join(PROJECT_ROOT, 'build/native/fuzz', `fuzz_${target}`);
    const seeds = path.join(NATIVE, 'fuzz/corpus', target);
    expect(readdirSync(seeds).length).toBeGreaterThan(0);
    const options = [`-runs=${RUNS}`, '-seed=1', '-max_len=2048', `-artifact_prefix=${folder}/`];
    // What a run finds goes to the first folder; the seeds stay as they are.
    const found = mkdtempSync(path.join(folder, `${target}-`));
    const run = spawnSync(program, [...options, found, seeds], { encoding: 'utf8' });
    expect([run.status, run.status === 0 ? '' : run.stderr]).toEqual([0, '']);
    expect(run.stderr).toContain(`Done ${RUNS} runs`);
  });
});
