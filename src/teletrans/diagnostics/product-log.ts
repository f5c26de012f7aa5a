/** The log of one practice: every event to the flight recorder, those the levels ask for to the files, through winston. */
import { Writable } from 'node:stream';
import * as winston from 'winston';
import type { FlightRecorder } from './flight-recorder';
import { logEntry, type LogEntry } from './log-entry';
import { LogFileWriter, LOG_LIMITS, type LogLimits } from './log-files';
import { USUAL_LEVELS, type LogArea, type LogFields, type Logger, type LogLevel, type LogLevels } from './logger';
import { countOf } from './log-values';

const RANK: Readonly<Record<LogLevel, number>> = { error: 0, warn: 1, info: 2, debug: 3 };

/** Where winston puts its lines; says so when some before could not be written. */
function streamTo(writer: LogFileWriter): Writable {
  return new Writable({
    objectMode: true,
    write: ({ message }: { readonly message: string }, _encoding, next) => {
      const { lost } = writer;
      if (writer.append(message) && lost > 0)
        writer.append(JSON.stringify(logEntry(new Date(), 'warn', 'diagnostics.lines-lost', { count: countOf(lost) })));
      next();
    },
  });
}

export interface ProductLogOptions {
  /** Absolute path of the folder of logs (`journaux`). */
  readonly folder: string;
  readonly recorder: FlightRecorder;
  readonly now: () => Date;
  readonly levels?: LogLevels;
  readonly limits?: LogLimits;
}

/** Writing it never fails the caller: a line that cannot be written stays in the recorder. */
export class ProductLog implements Logger {
  private readonly logger: winston.Logger;
  private readonly writer: LogFileWriter;
  private levels: LogLevels;

  constructor(private readonly options: ProductLogOptions) {
    this.levels = options.levels ?? USUAL_LEVELS;
    this.writer = new LogFileWriter(options.folder, options.now, options.limits ?? LOG_LIMITS);
    this.logger = winston.createLogger({
      level: 'debug',
      format: winston.format.printf((info) => String(info.message)),
    });
    this.logger.pipe(streamTo(this.writer));
    this.logger.on('error', () => undefined);
  }

  log(level: LogLevel, event: string, fields?: LogFields): void {
    const entry = logEntry(this.options.now(), level, event, fields);
    const written = this.wants(entry) && this.write(level, JSON.stringify(entry));
    this.options.recorder.record(entry, written);
  }

  /** From now on, writes what these levels ask for. */
  setLevels(levels: LogLevels): void {
    this.levels = levels;
  }

  /** Writes what the recorder holds and no file has: what came before diagnostics were switched on. @returns number of lines. */
  writePast(): number {
    const past = this.options.recorder.takeUnwritten();
    for (const line of past) this.write('debug', line);
    return past.length;
  }

  /** Resolves when everything logged so far is written. */
  async close(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.logger.once('finish', resolve);
      this.logger.end();
    });
  }

  private wants({ level, event }: LogEntry): boolean {
    const area = event.split('.', 1)[0] as LogArea;
    const wanted = RANK[this.levels.areas[area] ?? this.levels.level];
    // Who switched diagnostics on and off is always told.
    return RANK[level] <= (area === 'diagnostics' ? Math.max(wanted, RANK.info) : wanted);
  }

  /** @returns whether the line is in the file. */
  private write(level: LogLevel, line: string): boolean {
    this.logger.log(level, line);
    return this.writer.lost === 0;
  }
}
