/**
 * What an attempt was worth (spec/transport.md § 4): a reply code seen is definite; without one, the message is UNCERTAIN once the body had begun, and
 * surely not sent before.
 */
import type { SendOutcome } from './port';
import { atLeast, oneLine, type SmtpDialogue } from './smtp-dialogue';

/** The fields of the library's errors that are looked at. */
export interface SmtpFailure {
  readonly code?: string;
  readonly originalCode?: string;
  readonly command?: string;
  readonly response?: string;
  readonly responseCode?: number;
}

type Dialogue = Pick<SmtpDialogue, 'phase' | 'reply' | 'acceptedTooEarly'>;

const AUTH_REPLIES: ReadonlySet<number> = new Set([530, 534, 535, 538]);
const SIZE_REPLY = 552;
/** Codes of Node's TLS layer for a certificate or a handshake that failed. */
const TLS_CODE = /^(ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|HOSTNAME_MISMATCH|INVALID_CA|EPROTO$)/;

function isTls({ code, originalCode }: SmtpFailure): boolean {
  return code === 'ETLS' || (originalCode !== undefined && TLS_CODE.test(originalCode));
}

function isAuth({ code, responseCode }: SmtpFailure): boolean {
  return code === 'EAUTH' || (responseCode !== undefined && AUTH_REPLIES.has(responseCode));
}

/** Catalogue code of a definite refusal. */
function refusal(failure: SmtpFailure, status: number): string {
  if (isTls(failure)) return 'TRA-010';
  if (isAuth(failure)) return 'TRA-002';
  if (status < 500) return 'TRA-003';
  if (status === SIZE_REPLY || /^\d{3}[ -]5\.3\.4\b/.test(failure.response ?? '')) return 'TRA-006';
  return failure.command === 'RCPT TO' ? 'TRA-004' : 'TRA-005';
}

/** The outcome of a dialogue that ended with `failure`. */
export function outcomeOfFailure(dialogue: Dialogue, failure: SmtpFailure): SendOutcome {
  const { phase } = dialogue;
  const reply = failure.response === undefined ? dialogue.reply : oneLine(failure.response);
  const status = failure.responseCode ?? 0;
  if (status >= 400 && status < 600) {
    return { outcome: status < 500 ? 'TEMP_FAILED' : 'PERM_FAILED', phase, reply, failure: refusal(failure, status) };
  }
  if (atLeast(phase, 'body')) return { outcome: 'UNCERTAIN', phase, reply, failure: 'TRA-007' };
  // refused by the library itself: the server had announced a smaller limit
  if (failure.code === 'EMESSAGE' && failure.command === 'MAIL FROM') return { outcome: 'PERM_FAILED', phase, reply, failure: 'TRA-006' };
  const cause = isTls(failure) ? 'TRA-010' : isAuth(failure) ? 'TRA-002' : 'TRA-001';
  return { outcome: 'TEMP_FAILED', phase, reply, failure: cause };
}

/** The outcome of a dialogue the library calls a success: it is one only if the acceptance came after the whole message had left. */
export function outcomeOfSuccess(dialogue: Dialogue, response: string): SendOutcome {
  const { phase } = dialogue;
  const reply = oneLine(response);
  if (phase !== 'replied' || dialogue.acceptedTooEarly || !/^2\d\d/.test(response))
    return { outcome: 'UNCERTAIN', phase, reply, failure: 'TRA-007' };
  return { outcome: 'HANDED_OVER', phase, reply, failure: null };
}
