import { logEntry, type LogEntry } from './log-entry';
import type { LogFields, Logger, LogLevel } from './logger';

/** Always on, at every level: the last events before something went wrong, kept in memory only. */
export class FlightRecorder implements Logger {
  private readonly ring: LogEntry[] = [];
  private next = 0;

  /** @param size events kept. */
  constructor(
    private readonly size = 500,
    private readonly now: () => Date = () => new Date(),
  ) {}

  log(level: LogLevel, event: string, fields?: LogFields): void {
    this.ring[this.next] = logEntry(this.now(), level, event, fields);
    this.next = (this.next + 1) % this.size;
  }

  /** Oldest first. */
  entries(): readonly LogEntry[] {
    return [...this.ring.slice(this.next), ...this.ring.slice(0, this.next)];
  }
}
