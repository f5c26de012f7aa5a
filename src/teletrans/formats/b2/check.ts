/** Every fault of a B2 file. Works on any bytes, never throws, ends. */
import { envelopeFaults } from './checks/envelope';
import { lotFaults } from './checks/lot';
import { isRead } from './checks/numbers';
import { OwnFaults } from './checks/own-faults';
import { UniqueNumbers } from './checks/unique';
import { b2Fault, type B2Fault } from './fault';
import type { B2File } from './model';
import { readB2 } from './reader';

export interface CheckOptions {
  /** Records 5 and 6 count 4S, 4M and 4D too (spec/b2.md § 8). Default false. */
  readonly countContinuations?: boolean;
  /** The bytes as they travel: line ends are a fault (spec/b2.md § 1). Default false. */
  readonly wire?: boolean;
}

/** Every fault: length, order, fields, keys, dates, counts, totals, envelope; in file order. Messages never hold what a field says of a patient. */
export function checkB2(bytes: Buffer, options: CheckOptions = {}): readonly B2Fault[] {
  return checkB2File(readB2(bytes), options);
}

/** As {@link checkB2}, on a file already read. */
export function checkB2File(file: B2File, options: CheckOptions = {}): readonly B2Fault[] {
  const numbers = new UniqueNumbers();
  const own = new OwnFaults();
  const setting = { countContinuations: options.countContinuations ?? false };
  const faults: B2Fault[] = [
    ...file.structure,
    ...file.records.flatMap((record) => own.add(record)),
    ...own.end(),
    ...file.lots.flatMap((lot) => lotFaults(lot, setting)),
    ...file.lots.flatMap((lot) => numbers.lot(lot)),
    ...envelopeFaults(file.header, file.trailer, file.lots.length, file.records.every(isRead)),
  ];
  if (options.wire === true && file.separator !== 'none')
    faults.push(b2Fault('separator', 1, 'aucune fin de ligne attendue entre les enregistrements.', null, 129));
  return faults.sort((a, b) => a.record - b.record || (a.position ?? 0) - (b.position ?? 0));
}
