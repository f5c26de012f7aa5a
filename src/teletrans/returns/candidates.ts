/** Which files an unmatched ARL may answer, and why each does or does not fit: for a person who attaches it. Pure. */
import type { Acknowledgement } from '../domain/acknowledgement';
import type { StoredFile, StoredLot } from '../store/port';
import { matchLot } from './matching';

export type FitCriterion = 'compostage' | 'recipient' | 'sender' | 'file-id' | 'file-date' | 'lots';

export interface Fit {
  readonly criterion: FitCriterion;
  readonly fits: boolean;
  /** As the ARL says it, and as the file does; short texts without patient data. */
  readonly said: string;
  readonly ours: string;
}

export interface Candidate {
  readonly file: StoredFile;
  readonly fits: readonly Fit[];
}

/** How well a file fits an ARL. @param lots those of the file. */
export function fitOf(ack: Acknowledgement, file: StoredFile, lots: readonly StoredLot[]): readonly Fit[] {
  const named = ack.results.filter(({ level }) => level === 'lot');
  const fit = (criterion: FitCriterion, said: string, ours: string): Fit => ({ criterion, fits: said === ours, said, ours });
  return [
    fit('compostage', ack.compostage, file.compostage),
    fit('recipient', `${ack.recipientType}${ack.recipientNumber}`, `${file.recipient.type}${file.recipient.number}`),
    fit('sender', ack.senderNumber, file.senderNumber),
    fit('file-id', ack.ackedFileId ?? '–', file.fileId),
    fit('file-date', ack.ackedFileDate ?? '–', file.fileDate),
    {
      criterion: 'lots',
      // An answer about the whole file names no lot.
      fits: named.every((result) => matchLot(lots, result) !== null),
      said: named.map(({ lotNumber = '?', lotDate = '?' }) => `${lotNumber} (${lotDate})`).join(', ') || 'tout le fichier',
      ours: lots.map(({ number, lotDate }) => `${number} (${lotDate})`).join(', '),
    },
  ];
}

/** True when something that names one file alone agrees: without it, the file is no candidate. */
export function mayAnswer(ack: Acknowledgement, fits: readonly Fit[]): boolean {
  const holds = (criterion: FitCriterion): boolean => fits.some((fit) => fit.criterion === criterion && fit.fits);
  const namesLots = ack.results.some(({ level }) => level === 'lot');
  return holds('compostage') || (holds('file-id') && holds('sender')) || (namesLots && holds('lots'));
}

/** The best first. */
export function inOrder(candidates: readonly Candidate[]): readonly Candidate[] {
  const score = ({ fits }: Candidate): number => fits.filter((fit) => fit.fits).length;
  return [...candidates].sort((a, b) => score(b) - score(a));
}
