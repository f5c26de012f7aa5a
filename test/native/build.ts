/** Builds the native part once when its sources are newer than what is there. Test files that run side by side wait for each other. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';

export const PROJECT_ROOT = path.resolve(__dirname, '../..');
const NATIVE = path.join(PROJECT_ROOT, 'native');
const OUT = path.join(PROJECT_ROOT, 'build', 'native');
const WAIT_MS = 120_000;

export interface NativeBuild {
  readonly bridge: string;
  readonly referenceHost: string;
}

export const NATIVE_BUILD: NativeBuild = {
  bridge: path.join(OUT, 'liblogosw_addin.so'),
  referenceHost: path.join(OUT, 'reference-host', 'reference-host'),
};

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
}

function isStale(sources: readonly string[], results: readonly string[]): boolean {
  if (results.some((file) => !existsSync(file))) return true;
  const oldest = Math.min(...results.map((file) => statSync(file).mtimeMs));
  return sources.some((file) => statSync(file).mtimeMs > oldest);
}

function sleep(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

/** Runs `work` while no other test process does anything under the same name. A lock older than the longest wait is a dead process's. */
export function exclusively(name: string, work: () => void): void {
  const lock = path.join(PROJECT_ROOT, 'build', `.${name}.lock`);
  mkdirSync(path.dirname(lock), { recursive: true });
  const deadline = Date.now() + WAIT_MS;
  for (;;) {
    try {
      mkdirSync(lock);
      break;
    } catch {
      if (Date.now() > deadline) rmSync(lock, { recursive: true, force: true });
      sleep(50);
    }
  }
  try {
    work();
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}

/** `make -C native` when anything changed; its output is shown when it fails. */
export function buildNative(): NativeBuild {
  exclusively('native', () => {
    if (!isStale(filesUnder(NATIVE), [NATIVE_BUILD.bridge, NATIVE_BUILD.referenceHost])) return;
    execFileSync('make', ['-C', NATIVE], { stdio: ['ignore', 'pipe', 'pipe'] });
    /* A header changed without changing a result: make leaves the file, and it would stay older than the source. */
    const now = new Date();
    for (const file of Object.values(NATIVE_BUILD) as string[]) execFileSync('touch', ['-d', now.toISOString(), file]);
  });
  return NATIVE_BUILD;
}
