/**
 * How far an SMTP dialogue went, learnt from the library's own log (spec/transport.md § 4.3): its errors carry the same code whether the message was
 * surely not sent or perhaps delivered, so the phase decides.
 */
import type { SendPhase } from '../store/port';
import { ReplyWatch } from './reply-watch';

const ORDER: readonly SendPhase[] = ['started', 'connected', 'greeted', 'envelope', 'body', 'dot-sent', 'replied'];

/** True when `phase` is `limit` or later. */
export function atLeast(phase: SendPhase, limit: SendPhase): boolean {
  return ORDER.indexOf(phase) >= ORDER.indexOf(limit);
}

/** What the library's logger is given: an entry, then a text. */
interface LogEntry {
  readonly tnx?: string;
  readonly remotePort?: number;
  readonly inByteCount?: number;
}

/**
 * Listens to one dialogue. Commands and replies are paired one to one (the library logs each command as it is written and each whole reply as it is
 * handled), which holds with pipelining too.
 */
export class SmtpDialogue {
  private current: SendPhase = 'started';
  private readonly unanswered: string[] = ['GREETING'];
  private lastReply: string | null = null;
  private answeredEarly = false;
  private readonly watch = new ReplyWatch(() => this.unasked());
  private abandon: (() => void) | null = null;

  /** @param onPhase told each phase as it is reached. */
  constructor(private readonly onPhase: (phase: SendPhase) => void = () => undefined) {}

  get phase(): SendPhase {
    return this.current;
  }

  /** The server's last reply: one line, printable, at most 200 characters. */
  get reply(): string | null {
    return this.lastReply;
  }

  /**
   * Compares from now on what the server sends with what it was asked; to be called when nothing is owed. An acceptance nobody asked for ends the
   * dialogue while the message has not begun to leave, and makes it doubtful afterwards.
   */
  follow(socket: NodeJS.EventEmitter, abandon: () => void): void {
    this.abandon = abandon;
    socket.prependListener('data', (chunk: Buffer) => this.watch.receive(chunk));
  }

  /** The server accepted something before it was asked. */
  get acceptedTooEarly(): boolean {
    return this.answeredEarly;
  }

  /** Logger object for nodemailer: every level ends here. */
  readonly logger = {
    trace: (): void => undefined,
    debug: (entry: unknown, text: unknown): void => this.note(entry, text),
    info: (entry: unknown, text: unknown): void => this.note(entry, text),
    warn: (): void => undefined,
    error: (): void => undefined,
    fatal: (): void => undefined,
  };

  private note(entry: unknown, text: unknown): void {
    if (typeof entry !== 'object' || entry === null) return;
    const { tnx, remotePort, inByteCount } = entry as LogEntry;
    if (tnx === 'network' && remotePort !== undefined) this.reach('connected');
    else if (tnx === 'client' && typeof text === 'string') this.command(text);
    else if (tnx === 'server' && typeof text === 'string') this.answer(text);
    else if (tnx === 'message' && inByteCount !== undefined) {
      this.watch.ask();
      this.reach('dot-sent');
    }
  }

  private unasked(): void {
    this.answeredEarly = true;
    if (!atLeast(this.current, 'body')) this.abandon?.();
  }

  private command(line: string): void {
    const verb = /^[A-Za-z]+/.exec(line)?.[0].toUpperCase() ?? '';
    this.unanswered.push(verb);
    if (this.abandon !== null) this.watch.ask();
    if (verb === 'MAIL') this.reach('envelope');
  }

  private answer(reply: string): void {
    this.lastReply = oneLine(reply);
    const asked = this.unanswered.shift();
    const goAhead = /^[23]/.test(reply);
    if (asked === 'GREETING' && reply.startsWith('220')) this.reach('greeted');
    else if (asked === 'DATA' && goAhead) {
      // the library writes the body after any 2xx or 3xx here
      this.reach('body');
      this.unanswered.unshift('MESSAGE');
    } else if (asked === 'MESSAGE') {
      // a last line `250-…` is a reply the server never ended
      if (/(^|\n)\d{3}( [^\n]*)?$/.test(reply)) this.reach('replied');
    }
  }

  private reach(phase: SendPhase): void {
    if (atLeast(this.current, phase)) return;
    this.current = phase;
    this.onPhase(phase);
  }
}

/** Makes a server's text fit to be stored: last line, printable ASCII and Latin letters only, at most 200 characters. */
export function oneLine(text: string): string {
  return text
    .replace(/\r?\n/g, ' ')
    .replace(/[^\x20-\x7e\u00c0-\u024f]/g, '?')
    .slice(0, 200);
}
