/**
 * Where everything the product must not lose is kept. Asynchronous, so that another engine can follow; every adapter passes `test/teletrans/store/contract.ts`.
 *
 * All changes happen in {@link Store.transaction}: when its promise resolves, they are on the disk (synchronous commit); when it rejects, nothing happened.
 * Bodies (invoices, lots, returns) are encrypted at rest; columns hold no NIR, no name and no act. `at` fields are ISO date-times in UTC.
 */
import type { StoreSession } from './session';

export type * from './beside';
export * from './records';
export type * from './session';

export interface Store {
  /** Runs `work` alone among the writers of every process; commits when it resolves, rolls back when it rejects. Errors: STO-001…007. */
  transaction<T>(work: (session: StoreSession) => Promise<T>): Promise<T>;
  /** Runs `work` on one consistent snapshot; it must not write. */
  read<T>(work: (session: StoreSession) => Promise<T>): Promise<T>;
  /** Keyed hash of arbitrary text (HMAC-SHA-256 with a key of this store), hexadecimal: equal texts can be recognised, nothing can be guessed. */
  keyedHash(text: string): string;
  /** Someone will hand over invoices one by one and wait for each: what makes that quick is made ready once nobody waits. */
  expectHandOvers(): void;
  close(): Promise<void>;
}
