/** One thing asked of the program at a time, with what went wrong. */
import { useState } from 'preact/hooks';
import type { ApiError } from '../../protocol';
import { ApiFailure } from '../api';

export interface Asked {
  readonly failure: ApiError | null;
  readonly working: boolean;
  readonly ask: (work: () => Promise<void>) => Promise<void>;
}

export function useAsked(): Asked {
  const [failure, setFailure] = useState<ApiError | null>(null);
  const [working, setWorking] = useState(false);
  const ask = async (work: () => Promise<void>): Promise<void> => {
    setFailure(null);
    setWorking(true);
    try {
      await work();
    } catch (error) {
      if (!(error instanceof ApiFailure)) throw error;
      setFailure(error.explained);
    } finally {
      setWorking(false);
    }
  };
  return { failure, working, ask };
}
