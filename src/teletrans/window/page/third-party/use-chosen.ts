/** The claims a person has chosen one by one, as they were when chosen. Other choices of the list begin anew: nothing out of sight stays chosen. */
import { useEffect, useMemo, useState } from 'preact/hooks';
import { MOST_CHOSEN, type ClaimChoices, type ClaimRef, type ClaimView } from '../../../application/third-party-port';

export interface Chosen {
  readonly claims: readonly ClaimView[];
  readonly has: (claim: ClaimRef) => boolean;
  /** No more may be chosen. */
  readonly full: boolean;
  readonly toggle: (claim: ClaimView) => void;
  readonly clear: () => void;
}

export const keyOfClaim = ({ invoiceId, part }: ClaimRef): string => `${invoiceId} ${part}`;

export function useChosen(choices: ClaimChoices): Chosen {
  const [byKey, setByKey] = useState<ReadonlyMap<string, ClaimView>>(new Map());
  useEffect(() => setByKey((before) => (before.size === 0 ? before : new Map())), [choices]);
  return useMemo(
    () => ({
      claims: [...byKey.values()],
      has: (claim) => byKey.has(keyOfClaim(claim)),
      full: byKey.size >= MOST_CHOSEN,
      toggle: (claim) =>
        setByKey((before) => {
          const next = new Map(before);
          if (!next.delete(keyOfClaim(claim)) && next.size < MOST_CHOSEN) next.set(keyOfClaim(claim), claim);
          return next;
        }),
      clear: () => setByKey(new Map()),
    }),
    [byKey],
  );
}
