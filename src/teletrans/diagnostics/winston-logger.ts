import { mkdirSync } from 'node:fs';
import * as winston from 'winston';
import { FlightRecorder } from './flight-recorder';
import { logEntry } from './log-entry';
import type { LogFields, Logger, LogLevel } from './logger';

/** The log's file in its folder, JSON lines; older ones are numbered beside it. */
export const LOG_FILE = 'vitale.log';

const MOST_BYTES = 1_000_000;
const MOST_FILES = 5;

export interface FileLoggerOptions {
  readonly level?: LogLevel;
  readonly recorder?: FlightRecorder;
  readonly now?: () => Date;
  /** Bytes after which a new file begins. */
  readonly maxBytes?: number;
}

/** The log in a rotating file. Writing it never fails the caller: a log that cannot be written is a log that is missing. */
export class WinstonLogger implements Logger {
  private readonly logger: winston.Logger;
  private readonly file: winston.transports.FileTransportInstance | null;

  constructor(
    folder: string,
    /** The last events of every level, in memory. */
    readonly recorder: FlightRecorder,
    private readonly now: () => Date,
    level: LogLevel,
    maxBytes: number,
  ) {
    this.file = openFile(folder, maxBytes);
    this.logger = winston.createLogger({
      level,
      format: winston.format.printf((info) => String(info.message)),
      silent: this.file === null,
    });
    if (this.file !== null) this.logger.pipe(this.file);
    this.logger.on('error', () => undefined);
  }

  log(level: LogLevel, event: string, fields?: LogFields): void {
    this.recorder.log(level, event, fields);
    this.logger.log(level, JSON.stringify(logEntry(this.now(), level, event, fields)));
  }

  /** From now on, writes events of this level and above. */
  setLevel(level: LogLevel): void {
    this.logger.level = level;
  }

  /** Resolves when everything logged so far is written. */
  async close(): Promise<void> {
    const { file } = this;
    if (file === null) return;
    await new Promise<void>((resolve) => {
      file.once('finish', resolve);
      this.logger.end();
    });
  }
}

function openFile(folder: string, maxBytes: number): winston.transports.FileTransportInstance | null {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const file = new winston.transports.File({
      dirname: folder,
      filename: LOG_FILE,
      maxsize: maxBytes,
      maxFiles: MOST_FILES,
      tailable: true,
      options: { flags: 'a', mode: 0o600 },
    });
    file.on('error', () => undefined);
    return file;
  } catch {
    return null;
  }
}

/** @param folder absolute path of the folder of logs (`journaux`), made when missing. */
export function createWinstonLogger(folder: string, options: FileLoggerOptions = {}): WinstonLogger {
  const now = options.now ?? ((): Date => new Date());
  const recorder = options.recorder ?? new FlightRecorder(undefined, now);
  return new WinstonLogger(folder, recorder, now, options.level ?? 'info', options.maxBytes ?? MOST_BYTES);
}
