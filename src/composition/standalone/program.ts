/** The standalone program `vitale`: reads the call, runs the command, ends with the status of the contract (§ 3). */
import type { Readable } from 'node:stream';
import { parseArgs } from 'node:util';
import { correlated } from '../../teletrans/diagnostics/correlation';
import type { ErrorCatalogue } from '../../teletrans/diagnostics/error-catalogue';
import { isVitaleError, VitaleError } from '../../teletrans/domain/errors';
import { createRoot, openPractice, type OpenPractice } from '../container';
import { dataFolder } from '../practice-folder';
import { TOKENS } from '../tokens';
import type { Command } from './command';
import { COMMANDS } from './commands';
import { EXIT, type ExitCode } from './exit-codes';
import { Terminal } from './terminal';

export interface ProgramStreams {
  readonly stdin: Readable;
  readonly stdout: NodeJS.WritableStream & { readonly isTTY?: boolean };
  readonly stderr: NodeJS.WritableStream & { readonly isTTY?: boolean };
}

/** Runs one call. @param words the words after the program's name. */
export async function runProgram(words: readonly string[], streams: ProgramStreams): Promise<ExitCode> {
  const terminal = new Terminal(streams.stdout, streams.stderr);
  const root = createRoot();
  const opened: OpenPractice[] = [];
  try {
    const { command, values, positionals } = parse(words);
    if (command === null) {
      help(terminal);
      return EXIT.done;
    }
    const call = {
      positionals,
      options: values,
      root,
      terminal,
      stdin: streams.stdin,
      json: values['json'] === true,
      open: async () => {
        const practice = await openPractice(dataFolder(), root, `le programme vitale (${command.name})`);
        opened.push(practice);
        return practice;
      },
    };
    return await correlated(() => command.run(call));
  } catch (error) {
    return failed(error, terminal, root.resolve(TOKENS.errors));
  } finally {
    for (const practice of opened) await practice.dispose();
  }
}

interface Parsed {
  /** Null: the help is asked for. */
  readonly command: Command | null;
  readonly values: Readonly<Record<string, string | boolean | undefined>>;
  readonly positionals: readonly string[];
}

function parse(words: readonly string[]): Parsed {
  const [first] = words;
  if (first === 'aide' || first === '--aide' || first === '--help') return { command: null, values: {}, positionals: [] };
  const named = first !== undefined && !first.startsWith('--');
  const name = named ? first : 'ouvrir';
  const command = COMMANDS.find((candidate) => candidate.name === name);
  if (command === undefined) throw new VitaleError('CFG-005', { detail: name });
  const options = Object.fromEntries(
    Object.entries({ ...command.options, json: 'boolean' as const }).map(([key, type]) => {
      const short = command.shortOptions?.[key];
      return [key, short === undefined ? { type } : { type, short }];
    }),
  );
  try {
    const { values, positionals } = parseArgs({ args: words.slice(named ? 1 : 0), options, allowPositionals: true, strict: true });
    return { command, values: values, positionals };
  } catch (cause) {
    throw new VitaleError('CFG-005', { detail: command.usage }, { cause });
  }
}

function help(terminal: Terminal): void {
  terminal.print('vitale : télétransmission des feuilles de soins, avec ou sans LOGOSw\n');
  for (const { usage, summary } of COMMANDS) terminal.print(`  vitale ${usage}\n      ${summary}`);
  terminal.print('\nToutes les commandes : --json (réponse lisible par un programme). Dossier de données : variable VITALE_HOME.');
}

/** Folders given or set wrongly. */
const WRONG_CALLS: ReadonlySet<string> = new Set(['SAV-002', 'SAV-003', 'SAV-010', 'SAV-012']);

function failed(error: unknown, terminal: Terminal, errors: ErrorCatalogue): ExitCode {
  if (!isVitaleError(error)) {
    terminal.explain(errors.explain('HOT-999', { id: error instanceof Error ? error.name : 'inconnue' }));
    if (error instanceof Error && process.env['VITALE_TRACE'] === '1') terminal.say(error.stack ?? error.name);
    return EXIT.incident;
  }
  terminal.explain(errors.explain(error.code, error.details));
  if (error.code === 'TRA-018') return EXIT.busy;
  if (error.code.startsWith('CPS-') || error.code.startsWith('LEC-')) return EXIT.cardNeeded;
  if (
    error.code.startsWith('CFG-') ||
    error.code.startsWith('DEC-') ||
    error.code === 'LOT-014' ||
    error.code === 'TRA-019' ||
    WRONG_CALLS.has(error.code)
  )
    return EXIT.wrongCall;
  return EXIT.incident;
}
