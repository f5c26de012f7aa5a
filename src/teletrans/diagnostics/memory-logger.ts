import { logEntry, type LogEntry } from './log-entry';
import type { LogFields, Logger, LogLevel } from './logger';

/** Keeps every entry as it would be written: for tests. */
export class MemoryLogger implements Logger {
  readonly entries: LogEntry[] = [];

  log(level: LogLevel, event: string, fields?: LogFields): void {
    this.entries.push(logEntry(new Date(0), level, event, fields));
  }

  /** The events logged so far, in order. */
  events(): readonly string[] {
    return this.entries.map((entry) => entry.event);
  }
}
