/** Something read from the program when it is wanted, and read again when what it depends on changes. */
import { useEffect, useState } from 'preact/hooks';
import type { ApiError } from '../../protocol';
import { ApiFailure } from '../api';

export interface Read<T> {
  /** What was read last; null before. It stays while the next reading is under way, or when that fails. */
  readonly value: T | null;
  readonly failure: ApiError | null;
}

/**
 * @param on what it depends on, compared one by one.
 * @param inDialog a program that does not answer is told here too: the dialog covers the place above the page where it is told otherwise.
 */
export function useRead<T>(read: () => Promise<T>, on: readonly unknown[], inDialog = false): Read<T> {
  const [state, setState] = useState<Read<T>>({ value: null, failure: null });
  useEffect(() => {
    let current = true;
    read().then(
      (value) => (current ? setState({ value, failure: null }) : undefined),
      (error: unknown) => {
        if (!(error instanceof ApiFailure)) throw error;
        // A program that does not answer is told once, above the page.
        if (current && (inDialog || error.status !== 0)) setState(({ value }) => ({ value, failure: error.explained }));
      },
    );
    return () => {
      current = false;
    };
  }, on);
  return state;
}
