/**
 * Times several pieces of work in turn, round after round, so that a busy machine slows all of them alike; gives medians. What is timed is the processor time of
 * this process: other programs hardly change it. With one thread for the collection of garbage (`--single-threaded-gc`) it is what the work itself costs.
 */
import { performance } from 'node:perf_hooks';

/** Milliseconds spent before measuring: the engine compiles what runs often. */
const WARM_UP = 600;
/** A piece of work shorter than this, in milliseconds, is repeated within a round. */
const SHORTEST = 15;

/** Milliseconds of processor time. */
function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function timeOf(work: () => void, repeats: number): number {
  const start = processorTime();
  for (let repeat = 0; repeat < repeats; repeat++) work();
  return (processorTime() - start) / repeats;
}

function repeatsOf(work: () => void): number {
  const until = performance.now() + WARM_UP;
  let runs = 0;
  const start = processorTime();
  for (; performance.now() < until; runs++) work();
  return Math.max(1, Math.ceil((SHORTEST * runs) / (processorTime() - start)));
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}

/** @returns the median time of each piece of work, in milliseconds. */
export function inTurn<K extends string>(works: Readonly<Record<K, () => void>>, rounds: number): Record<K, number> {
  const entries = Object.entries<() => void>(works).map(([name, work]) => ({
    name,
    work,
    repeats: repeatsOf(work),
    times: [] as number[],
  }));
  for (let round = 0; round < rounds; round++) for (const one of entries) one.times.push(timeOf(one.work, one.repeats));
  return Object.fromEntries(entries.map(({ name, times }) => [name, median(times)])) as Record<K, number>;
}
