/**
 * The one error of the product. Its code is stable and stands in the error catalogue (`addin/tables/errors.json`), which holds the French sentence,
 * the action, and who acts. `details` fills the `{n}`-style places of the sentence and must never carry a NIR, a name, an act or a code porteur.
 */

/** How a failure may be met: try again by itself, ask what really happened, ask a person, or a fault of the program. */
export type ErrorClass = 'transient' | 'ambiguous' | 'permanent' | 'bug';

export type ErrorDetails = Readonly<Record<string, string | number>>;

export class VitaleError extends Error {
  constructor(
    readonly code: string,
    readonly details: ErrorDetails = {},
    options?: { cause?: unknown },
  ) {
    super(code, options);
    this.name = 'VitaleError';
  }
}

/** True when `error` is a {@link VitaleError}, with that code when one is given. */
export function isVitaleError(error: unknown, code?: string): error is VitaleError {
  return error instanceof VitaleError && (code === undefined || error.code === code);
}
