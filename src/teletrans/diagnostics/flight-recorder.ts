import type { LogEntry } from './log-entry';

interface Recorded {
  readonly line: string;
  /** It is in the log's file too. */
  readonly written: boolean;
}

/** Always on, at every level, from the start of the process: the last events, as JSON lines, in memory only and in a bounded number of bytes. */
export class FlightRecorder {
  private recorded: Recorded[] = [];
  /** Place of the oldest one: the array is cut only now and then. */
  private first = 0;
  private bytes = 0;

  /** @param mostBytes of all lines together; the oldest go first. */
  constructor(private readonly mostBytes = 262_144) {}

  /** @param written the log's file has it too. */
  record(entry: LogEntry, written: boolean): void {
    const line = JSON.stringify(entry);
    this.recorded.push({ line, written });
    this.bytes += line.length;
    while (this.bytes > this.mostBytes) this.bytes -= this.recorded[this.first++]?.line.length ?? 0;
    if (this.first > 1024) {
      this.recorded = this.recorded.slice(this.first);
      this.first = 0;
    }
  }

  /** Oldest first. */
  lines(): readonly string[] {
    return this.recorded.slice(this.first).map(({ line }) => line);
  }

  /** Oldest first; those that are in no file, which from now on count as written. */
  takeUnwritten(): readonly string[] {
    const kept = this.recorded.slice(this.first);
    this.recorded = kept.map(({ line }) => ({ line, written: true }));
    this.first = 0;
    return kept.filter(({ written }) => !written).map(({ line }) => line);
  }
}
