/**
 * Undoes the dot-stuffing of a POP3 multi-line answer, byte by byte and to the byte (RFC 1939 § 3): a line `..x` becomes `.x`, the line `.` ends the
 * answer, everything else is kept, the last CRLF included. A line ends at CRLF only: a lone CR or LF is content.
 */
const DOT = 0x2e;
const CR = 0x0d;
const LF = 0x0a;

type State = 'line-start' | 'inside' | 'cr' | 'dot' | 'dot-cr' | 'end';

export class DotUnstuffer {
  private readonly pieces: Buffer[] = [];
  private state: State = 'line-start';
  private bytes = 0;

  /** True once the line `.` has been seen. */
  get ended(): boolean {
    return this.state === 'end';
  }

  /** Bytes of content so far. */
  get length(): number {
    return this.bytes;
  }

  /** Takes the next bytes of the answer and returns those after its end. */
  push(chunk: Buffer): Buffer {
    const out = Buffer.allocUnsafe(chunk.length + 1);
    let written = 0;
    let read = 0;
    while (read < chunk.length && this.state !== 'end') {
      const byte = chunk[read++] ?? 0;
      if (this.state === 'line-start' && byte === DOT) {
        this.state = 'dot';
        continue;
      }
      if (this.state === 'dot' && byte === CR) {
        this.state = 'dot-cr';
        continue;
      }
      if (this.state === 'dot-cr') {
        if (byte === LF) {
          this.state = 'end';
          continue;
        }
        out[written++] = CR; // the line was `.` CR and more: only its first dot was stuffing
        this.state = 'cr';
      }
      out[written++] = byte;
      this.state = this.state === 'cr' && byte === LF ? 'line-start' : byte === CR ? 'cr' : 'inside';
    }
    if (written > 0) this.pieces.push(out.subarray(0, written));
    this.bytes += written;
    return chunk.subarray(read);
  }

  /** The whole content; to be asked for once it has ended. */
  content(): Buffer {
    return Buffer.concat(this.pieces, this.bytes);
  }
}
