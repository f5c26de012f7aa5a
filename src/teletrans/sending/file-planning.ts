/** Which sealed lots go into which file: one sender, one recipient, one régime, one flow, one version, within the limits (spec/lots-and-files.md § 4). Pure. */
import type { StoredLot } from '../store/port';

export interface FileLimits {
  readonly maxLotsPerFile: number;
  /** 000 and 999 included. */
  readonly maxRecordsPerFile: number;
}

function fileKey({ billingNumber, recipient, flow, marking, version }: StoredLot): string {
  return [billingNumber, flow, recipient.regime, recipient.type, recipient.number, recipient.mailbox, marking, version].join('|');
}

/** Groups lots into files, each a list of at least one lot, in the order of their numbers. */
export function planFiles(lots: readonly StoredLot[], limits: FileLimits): readonly (readonly StoredLot[])[] {
  const open = new Map<string, { lots: StoredLot[]; records: number }>();
  const files: StoredLot[][] = [];
  for (const lot of lots) {
    const key = fileKey(lot);
    const records = lot.records ?? 0;
    const current = open.get(key);
    if (current !== undefined && current.lots.length < limits.maxLotsPerFile && current.records + records <= limits.maxRecordsPerFile) {
      current.lots.push(lot);
      current.records += records;
    } else {
      const started = { lots: [lot], records: records + 2 };
      files.push(started.lots);
      open.set(key, started);
    }
  }
  return files;
}
