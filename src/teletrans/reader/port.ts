/**
 * The reader and the card in it, as the rest of the product sees them (spec/cps-card.md). One card is in the reader at a time.
 * No parameter of this port carries a code porteur but `verify`, which takes bytes and never keeps them.
 */

/** A situation d'exercice stored on the card, with its billing number. */
export interface Situation {
  /** Numéro logique: one character, `1`-`9` or `A`-`F`; numbers may have holes. */
  readonly number: string;
  /** 9 digits with key. */
  readonly billingNumber: string;
  readonly structure: string;
  readonly convention: string;
  readonly specialty: string;
  readonly tariffZone: string;
  readonly signsInvoice: boolean;
  readonly signsLot: boolean;
  readonly valid: boolean;
}

export interface CardHolder {
  readonly lastName: string;
  readonly firstName: string;
  /** 11 digits. */
  readonly rpps: string;
  /** `40`: chirurgien-dentiste. */
  readonly profession: string;
}

/** What can be said without a code, and without spending a try. */
export type ReaderStatus =
  | { readonly state: 'no-reader' }
  /** There may be a reader and a card, but nothing can be asked of them now: service stopped, another program at the card. */
  | { readonly state: 'unavailable'; readonly errorCode: string }
  | { readonly state: 'no-card'; readonly reader: string }
  | { readonly state: 'not-a-cps'; readonly reader: string; readonly errorCode: string }
  | {
      readonly state: 'card';
      readonly reader: string;
      /** Changes when another card is inserted. */
      readonly cardId: string;
      readonly holder: CardHolder;
      readonly triesLeft: number;
      readonly maxTries: number;
      /** The code can be typed on the reader. */
      readonly keypad: boolean;
      /** Last moment of the signature certificate, ISO date-time in UTC; null while the card has none (a virtual card nobody has used yet). */
      readonly validUntil: string | null;
    };

/**
 * A card that is being talked to. `close` resets the card: the next client finds it without a verified code.
 * Errors: `CPS-…` and `LEC-…` of the error catalogue; CPS-027 once it is closed.
 */
export interface CardSession {
  readonly cardId: string;
  readonly holder: CardHolder;
  /** Reads the counter; spends nothing. */
  triesLeft(): Promise<number>;
  /**
   * Presents the code porteur once: a wrong one costs exactly one try. With one try left it refuses (`CPS-004`) unless `lastTryConfirmed`.
   * The adapter reads `code` during the call only; the caller wipes it.
   * Errors: CPS-003 wrong (details `n` = tries left), CPS-004, CPS-005 blocked, CPS-023 not 4 digits (no try spent).
   */
  verify(code: Buffer, lastTryConfirmed: boolean): Promise<void>;
  /**
   * Has the code typed on the reader: it never passes through this program. It ends by a key of the reader, after 30 s, or when the card is taken out.
   * Errors: those of `verify`, CPS-021 cancelled, CPS-022 too late, CPS-023 too short (no try spent), LEC-012 no keypad.
   */
  verifyOnKeypad(lastTryConfirmed: boolean): Promise<void>;
  /** The situations of the card; needs a verified code. */
  situations(): Promise<readonly Situation[]>;
  /** Signs the SHA-256 of a content with the card's signature key (RSA, PKCS#1 v1.5); needs a verified code. A CPS3 hashes the end of it itself. */
  sign(content: Buffer): Promise<Buffer>;
  /** The signature certificate, PEM. */
  certificate(): Promise<string>;
  close(): Promise<void>;
}

export interface CardReader {
  /** Errors: STO-… of a card that is a file. */
  status(): Promise<ReaderStatus>;
  /** Calls `changed` whenever a reader or a card came or went, as far as this program can see it, until the function it returns is called. */
  watch(changed: () => void): () => void;
  /** Opens the card that is in the reader. Errors: LEC-001 no reader, LEC-002, LEC-005, LEC-015 not reachable, CPS-001 no card, CPS-016/019/020 not usable. */
  open(): Promise<CardSession>;
  /** Ends watching and releases every handle. */
  dispose(): Promise<void>;
}

/** A reader whose card is a file (contract § 2): cards may be changed by program, for demonstration and tests. */
export interface VirtualReaderControl {
  /** The card files of the practice, relative to the data folder. */
  cards(): Promise<readonly { readonly file: string; readonly holder: CardHolder }[]>;
  /** Puts a card in the reader, or takes it out (null). */
  insert(file: string | null): Promise<void>;
}
