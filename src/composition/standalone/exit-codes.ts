/** Exit status of the standalone program (contract § 3). */
export const EXIT = {
  done: 0,
  incident: 1,
  wrongCall: 2,
  cardNeeded: 3,
  partial: 4,
  busy: 5,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
