/** Identifiers as a port: tests and replays give their own. */
export interface Identifiers {
  /** A new UUID. */
  uuid(): string;
}
