/** What is said between the matrix and the processes that live and die in it. */
import type { FileState, PartState } from '../../../src/teletrans/domain/states';
import type { StoredAttempt } from '../../../src/teletrans/store/port';

/**
 * What befalls a life at one of its journal steps, counted from 1: just after a commit, or after a frozen message is on the disk. Just before is the same as just
 * after the one before it, but for what the far side is told in between: that is what the points of its dialogues are for.
 */
export interface Incident {
  readonly kind: 'kill' | 'disk-full' | 'locked' | 'clock-back';
  readonly step: number;
}

/** A fault put into the program on purpose, to see that the oracle catches it. */
export type Mutant =
  | 'resends-on-doubt'
  | 'takes-doubt-for-failure'
  | 'takes-doubt-for-success'
  | 'forgets-open-attempts'
  | 'acknowledges-before-the-disk'
  | 'deletes-before-the-disk';

/** One life: opens the practice, does these things in turn, closes it. */
export interface Job {
  readonly home: string;
  readonly now: string;
  readonly tasks: readonly ('card' | 'release' | 'take' | 'transmit' | 'collect' | 'decide' | 'report')[];
  /** Numbers of the invoices the host has an acknowledgement for: it does not offer them again. */
  readonly acknowledged: readonly string[];
  readonly incident: Incident | null;
  readonly mutant: Mutant | null;
}

export interface ReportedFile {
  readonly id: string;
  readonly compostage: string;
  readonly state: FileState;
  readonly invoices: readonly string[];
  readonly attempts: readonly Pick<StoredAttempt, 'outcome' | 'phase'>[];
  /** Decisions of a person to send it again. */
  readonly decisions: number;
}

/** What the program believes at the end. */
export interface Report {
  readonly invoices: readonly { readonly number: string; readonly state: PartState; readonly fileId: string | null }[];
  readonly files: readonly ReportedFile[];
}

/** Lines of a life: each invoice acknowledged, then the end. */
export type LifeLine =
  | { readonly taken: string }
  | {
      readonly ended: true;
      readonly steps: number;
      readonly stepsBeforeSending: number | null;
      readonly failures: readonly string[];
      readonly report: Report | null;
    };

/** What fills the disk: beside the data folder, on the same disk. */
export const fillerOf = (home: string): string => `${home}.plein`;

/** Where the program keeps, outside its data folder, how far sending had gone. */
export const stateOf = (home: string): string => `${home}.etat`;
