/**
 * The list of claims as a file, when 100,000 invoices are open: how long it takes, and does memory stay flat? Every piece is taken as it comes and thrown away. In the same
 * run a tenth of it, of which memory must not take ten times as much. Run: `node --expose-gc --require ./test/teletrans/store/programs/typescript.cjs bench/third-party/claims-export.ts`.
 */
import { exportClaims } from '../../src/teletrans/application/claims-export';
import { benchPractice, claimListsOf, measured } from './practice';

const SIZES = [10_000, 100_000];

const used = (): number => {
  (globalThis as { gc?: () => void }).gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return (heapUsed + arrayBuffers) / 2 ** 20;
};

async function main(): Promise<void> {
  for (const size of SIZES) {
    const practice = await benchPractice(size, 700);
    const lists = await claimListsOf(practice.store);
    const choices = { part: null, payer: null, practitioner: null, age: null, settlement: 'all', search: '' } as const;
    for (const format of ['csv', 'xml'] as const) {
      let bytes = 0;
      let most = 0;
      let pieces = 0;
      const before = used();
      const { cpu, ms, result } = await measured(() =>
        exportClaims(
          lists,
          { choices, order: { key: 'due', direction: 'desc' }, chosen: null, format },
          (state) => state,
          (piece) => {
            bytes += Buffer.byteLength(piece);
            pieces += 1;
            if (pieces % 20 === 0) most = Math.max(most, used() - before);
            return Promise.resolve();
          },
        ),
      );
      process.stdout.write(
        `${size} invoices, ${format}: ${result} lines, ${(bytes / 2 ** 20).toFixed(1)} MB, ${(ms / 1000).toFixed(2)} s (${(cpu / 1000).toFixed(2)} s of processor), at most ${most.toFixed(1)} MB more than before (${before.toFixed(0)} MB)\n`,
      );
    }
    await practice.end();
  }
}

void main();
