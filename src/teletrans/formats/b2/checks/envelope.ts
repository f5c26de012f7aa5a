/** Checks of 999: against 000, and against what the file holds (spec/b2.md § 2 and § 8). */
import type { B2Fault } from '../fault';
import type { B2Record } from '../model';
import { compareNumber, fieldFault } from './reporter';

/** What 999 repeats of 000. */
const REPEATED = ['sender_type', 'sender_no', 'recipient_type', 'recipient_no', 'application', 'file_id'];

/**
 * What stands after 999 is no part of the file: it has its own fault, and is not counted.
 * @param isAllRead false when some record could not be read: it may have opened a lot.
 */
export function envelopeFaults(header: B2Record | null, trailer: B2Record | null, lots: number, isAllRead: boolean): readonly B2Fault[] {
  if (trailer === null) return [];
  const differing = header === null ? [] : REPEATED.filter((field) => header.values[field] !== trailer.values[field]);
  return [
    ...differing.map((field) => fieldFault('envelope', trailer, field, 'même valeur attendue que dans l’en-tête 000')),
    ...compareNumber('volume', trailer, 'file_volume', trailer.index, 'enregistrements du fichier, 000 et 999 compris'),
    ...lotCount(trailer, lots, isAllRead),
  ];
}

function lotCount(trailer: B2Record, lots: number, isAllRead: boolean): readonly B2Fault[] {
  const faults = compareNumber('lot-count', trailer, 'count_lots', lots, 'lots du fichier');
  if (isAllRead || faults.length === 0) return faults;
  return [fieldFault('unverified', trailer, 'count_lots', 'non vérifié, un enregistrement au moins du fichier n’a pu être lu')];
}
