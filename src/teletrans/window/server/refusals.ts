/** What the window's server answers to a request it does not take: a status, and a code whose sentence is in the error catalogue. */
export interface Refusal {
  readonly status: number;
  readonly code: string;
}

export const REFUSALS = {
  session: { status: 401, code: 'FEN-001' },
  ticket: { status: 403, code: 'FEN-002' },
  origin: { status: 403, code: 'FEN-003' },
  body: { status: 400, code: 'FEN-004' },
  tooLarge: { status: 413, code: 'FEN-004' },
  mediaType: { status: 415, code: 'FEN-004' },
  notFound: { status: 404, code: 'FEN-005' },
  realReader: { status: 409, code: 'FEN-006' },
  unknownCard: { status: 400, code: 'FEN-007' },
  tooMany: { status: 503, code: 'FEN-008' },
} as const satisfies Readonly<Record<string, Refusal>>;

export type RefusalName = keyof typeof REFUSALS;

/** Ends a request with one of {@link REFUSALS}. */
export class RequestRefused extends Error {
  constructor(readonly refusal: RefusalName) {
    super(refusal);
    this.name = 'RequestRefused';
  }
}
