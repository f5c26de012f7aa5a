/** The mail side as the rest of the product sees it (spec/transport.md). */
import type { SendPhase } from '../store/port';
import type { DeliveryReport } from './delivery-report';

/** A message to send: the frozen bytes and the envelope, nothing is built or changed on the way. */
export interface OutgoingMessage {
  readonly bytes: Buffer;
  readonly from: string;
  readonly to: string;
}

/**
 * How an attempt ended (spec/transport.md § 4): a reply code seen is definite; no reply code and phase ≥ body is UNCERTAIN; otherwise surely not sent.
 * `failure` is a code of the error catalogue (TRA-…), null when handed over.
 */
export interface SendOutcome {
  readonly outcome: 'HANDED_OVER' | 'TEMP_FAILED' | 'PERM_FAILED' | 'UNCERTAIN';
  readonly phase: SendPhase;
  /** Text of the server's last reply, one line, at most 200 characters. */
  readonly reply: string | null;
  readonly failure: string | null;
}

export interface MailSender {
  /**
   * Never throws: whatever happens is an outcome. One connection, one message.
   * @param onPhase told each phase as the dialogue reaches it; must not throw.
   */
  send(message: OutgoingMessage, onPhase?: (phase: SendPhase) => void): Promise<SendOutcome>;
}

/** A mail waiting in the practice's mailbox. */
export interface WaitingMail {
  readonly uidl: string;
  readonly size: number;
  /** Exact bytes, dots unstuffed. */
  fetch(): Promise<Buffer>;
}

export interface MailCollector {
  /**
   * Opens the mailbox and hands each waiting mail to `take`, one at a time; a mail for which `take` answers `'delete'` is deleted, any other stays.
   * Resolves after the +OK of QUIT with the UIDLs that are surely deleted. Errors: TRA-015, TRA-002, TRA-010; mails already taken stay taken.
   */
  collect(take: (mail: WaitingMail) => Promise<'delete' | 'keep'>): Promise<{ readonly deleted: readonly string[] }>;
}

/** What a MIME message is made of, before it is frozen. */
export interface MessageParts {
  readonly b2: Buffer;
  readonly marking: 'R' | 'T' | 'D';
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly messageId: string;
  readonly date: Date;
}

export interface MessageBuilder {
  /**
   * B2 → gzip → base64 inner part → S/MIME envelope for the payer's certificate → outer headers, as the transport profile says.
   * Errors: TRA-011 when a certificate is required and there is none, TRA-020 to TRA-022 when there is one that may not serve.
   */
  build(parts: MessageParts): Promise<{ readonly bytes: Buffer; readonly encrypted: boolean }>;
}

/** What was found in a mail. */
export type ReturnContent =
  | { readonly kind: 'ARL' | 'RSP'; readonly bytes: Buffer; readonly description: string }
  | ({ readonly kind: 'DELIVERY_REPORT' } & DeliveryReport)
  | { readonly kind: 'UNKNOWN'; readonly reason: string };

export interface MailReader {
  /** Opens a mail and says what it is, by the ordered tests of the profile. Never throws on hostile input: what cannot be read is UNKNOWN. */
  read(mail: Buffer): Promise<ReturnContent>;
}
