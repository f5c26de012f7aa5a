/** What every command of the standalone program gets and gives. */
import type { Readable } from 'node:stream';
import type { DependencyContainer } from 'tsyringe';
import type { Teletrans } from '../../teletrans/application/port';
import type { OpenPractice } from '../container';
import type { ExitCode } from './exit-codes';
import type { Terminal } from './terminal';

export interface CommandCall {
  /** Words after the command's name that are no options. */
  readonly positionals: readonly string[];
  readonly options: Readonly<Record<string, string | boolean | undefined>>;
  readonly terminal: Terminal;
  readonly stdin: Readable;
  /** What does not depend on a practice. */
  readonly root: DependencyContainer;
  /** Opens the practice of the data folder; closed by the program at the end. */
  readonly open: () => Promise<OpenPractice>;
  /** `--json` was given. */
  readonly json: boolean;
}

export interface Command {
  readonly name: string;
  /** French, one line, for the help. */
  readonly usage: string;
  readonly summary: string;
  /** Options beyond `--json`. */
  readonly options: Readonly<Record<string, 'string' | 'boolean'>>;
  /** One-letter names of options, by option. */
  readonly shortOptions?: Readonly<Record<string, string>>;
  run(call: CommandCall): Promise<ExitCode>;
}

/** Application of the opened practice. */
export async function teletransOf(call: CommandCall): Promise<Teletrans> {
  return (await call.open()).teletrans;
}

/** An option's text, or null. */
export function textOption(call: CommandCall, name: string): string | null {
  const value = call.options[name];
  return typeof value === 'string' ? value : null;
}
