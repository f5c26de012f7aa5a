/** What a person says and gives when they act on the books. */
import type { ClaimKey } from '../domain/claims';

/** Who acts and why. */
export interface Said {
  readonly by: string;
  readonly reason: string;
}

/** A share of a line's money for one claim. */
export interface Allocation extends ClaimKey {
  /** Centimes. */
  readonly amount: number;
}
