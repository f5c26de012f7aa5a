/** What the card reader needs of PC/SC, whatever package gives it (spec/cps-card.md § 8). */

/** The failures of PC/SC that are told apart. */
export type PcscFault =
  | 'service-stopped'
  | 'no-reader'
  | 'sharing-violation'
  | 'no-card'
  | 'mute-card'
  | 'removed'
  | 'reset'
  | 'transaction-failed'
  | 'unsupported-control';

/** A failure of PC/SC; `status` is its number, 0 when there is none. */
export class PcscError extends Error {
  constructor(
    readonly fault: PcscFault,
    readonly status = 0,
  ) {
    super(`PC/SC: ${fault} (0x${status.toString(16)})`);
    this.name = 'PcscError';
  }
}

const FAULTS: Readonly<Record<number, PcscFault>> = {
  0x80100003: 'service-stopped', // a handle of a service that was restarted
  0x80100009: 'no-reader',
  0x8010000b: 'sharing-violation',
  0x8010000c: 'no-card',
  0x80100013: 'transaction-failed',
  0x80100014: 'service-stopped',
  0x80100016: 'transaction-failed',
  0x80100017: 'no-reader',
  0x8010001d: 'service-stopped',
  0x8010001e: 'service-stopped',
  0x8010001f: 'unsupported-control',
  0x80100022: 'unsupported-control',
  0x8010002e: 'no-reader',
  0x8010002f: 'transaction-failed',
  0x80100065: 'mute-card',
  0x80100066: 'mute-card',
  0x80100067: 'reset',
  0x80100068: 'reset',
  0x80100069: 'removed',
};

/** The failure behind a status number; one that is not known is a failed transaction: its result is unknown. */
export function faultOf(status: number): PcscError {
  return new PcscError(FAULTS[status >>> 0] ?? 'transaction-failed', status >>> 0);
}

/** A reader and what is in it. */
export interface ReaderState {
  readonly name: string;
  /** Null without a card; empty for a card that does not answer. */
  readonly atr: Buffer | null;
  /** Changes when a card is put in or taken out, and when the service is restarted. */
  readonly insertion: string;
}

/** A card being talked to. Calls must follow one another. Errors: {@link PcscError}. */
export interface PcscCard {
  transmit(command: Buffer): Promise<Buffer>;
  /** @param code control code of the reader. A pending entry on a keypad ends by key, time-out or removal only. */
  control(code: number, data: Buffer): Promise<Buffer>;
  /** @param card `reset` forgets a verified code: always after one was presented; `leave` for a card other programs may be using. */
  disconnect(card: 'reset' | 'leave'): Promise<void>;
}

export interface PcscTransport {
  /** Errors: `service-stopped`. */
  listReaders(): Promise<readonly ReaderState[]>;
  /** Calls `changed` at each change, the service stopping and coming back included, until the function it returns is called. */
  watch(changed: () => void): () => void;
  connect(reader: string, mode: 'shared' | 'exclusive'): Promise<PcscCard>;
  /** Releases every handle: the process can end. */
  dispose(): Promise<void>;
}
