/**
 * Watches the bytes a server sends against what it was asked: an acceptance nobody has asked for yet cannot be believed. The library takes replies in
 * order, whenever they came; this tells when they came.
 */
const MAX_LINE = 4096;

export class ReplyWatch {
  private owed = 0;
  private line = '';

  /** @param onUnasked called for each 2xx or 3xx that nothing was owed for, before the library sees it. */
  constructor(private readonly onUnasked: () => void) {}

  /** A command, or the final dot of a message, is about to leave. */
  ask(): void {
    this.owed += 1;
  }

  /** The next bytes of the server. */
  receive(chunk: Buffer): void {
    const lines = (this.line + chunk.toString('latin1')).split('\n');
    this.line = (lines.pop() ?? '').slice(0, MAX_LINE);
    for (const line of lines) if (!/^\d{3}-/.test(line) && line.trim() !== '') this.replied(line);
  }

  private replied(line: string): void {
    if (this.owed > 0) this.owed -= 1;
    else if (/^[23]/.test(line)) this.onUnasked(); // a refusal may come at any time
  }
}
