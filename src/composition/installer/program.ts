/** The installer: reads the call, does it, says what is so now, ends with the status of the contract (§ 3). */
import { existsSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { goBack } from '../../installer/going-back';
import { install, type InstallStep } from '../../installer/install';
import type { InstallerParts } from '../../installer/installation';
import { LAYOUT } from '../../installer/layout';
import { look } from '../../installer/looking';
import { remove } from '../../installer/removing';
import type { ErrorCatalogue } from '../../teletrans/diagnostics/error-catalogue';
import { isVitaleError, VitaleError } from '../../teletrans/domain/errors';
import { EXIT, type ExitCode } from '../standalone/exit-codes';
import type { Terminal } from '../standalone/terminal';
import { HELP, STEPS, TEXTS } from './texts';

export interface InstallerCall {
  /** The folder this installer is in: a package, or an installed version. */
  readonly root: string;
  readonly parts: InstallerParts;
  readonly terminal: Terminal;
  readonly errors: Pick<ErrorCatalogue, 'explain'>;
  readonly platform: NodeJS.Platform;
}

const OPTIONS = {
  dossier: { type: 'string' },
  verifier: { type: 'boolean' },
  retour: { type: 'boolean' },
  desinstaller: { type: 'boolean' },
  'je-confirme': { type: 'boolean' },
  json: { type: 'boolean' },
  aide: { type: 'boolean' },
} as const;

interface Wanted {
  readonly target: string;
  readonly confirmed: boolean;
  readonly json: boolean;
}

type Action = (call: InstallerCall, wanted: Wanted) => Promise<ExitCode>;

/** Where a version is installed, or null for a package that lies anywhere else. */
function installedAround(root: string): string | null {
  const target = dirname(dirname(root));
  return basename(dirname(root)) === LAYOUT.versions && existsSync(join(target, LAYOUT.pointer)) ? target : null;
}

/** The folder meant when none is named; null: it must be named. */
export function usualTarget({ root, platform }: Pick<InstallerCall, 'root' | 'platform'>): string | null {
  return installedAround(root) ?? (platform === 'win32' ? 'C:\\WLOGOS1\\VITALE' : null);
}

const installing: Action = async ({ root, parts, terminal }, { target, confirmed, json }) => {
  const onStep = (step: InstallStep, done: number, total: number): void => terminal.count(STEPS[step], done, total);
  const done = await install(root, target, parts, { confirmed, onStep });
  if (json) terminal.json({ folder: target, ...done });
  else for (const line of TEXTS.installed(target, parts.data.home, done)) terminal.print(line);
  return EXIT.done;
};

const goingBack: Action = async ({ parts, terminal }, { target, confirmed, json }) => {
  const done = await goBack(target, parts, confirmed);
  if (json) terminal.json({ folder: target, ...done });
  else for (const line of TEXTS.wentBack(done)) terminal.print(line);
  return EXIT.done;
};

const verifying: Action = async ({ terminal }, { target, json }) => {
  const found = await look(target, (done, total) => terminal.count(STEPS.checking, done, total));
  if (json) terminal.json({ folder: target, ...found });
  else for (const line of TEXTS.looked(target, found)) terminal.print(line);
  return found.damaged.length === 0 ? EXIT.done : EXIT.incident;
};

const removing: Action = async ({ parts, terminal }, { target, confirmed, json }) => {
  if (!confirmed) {
    for (const line of TEXTS.beforeRemoving(target, parts.data.home)) terminal.say(line);
    return EXIT.wrongCall;
  }
  const done = await remove(target, parts);
  if (json) terminal.json({ folder: target, data: parts.data.home, ...done });
  else for (const line of TEXTS.removed(target, parts.data.home, done)) terminal.print(line);
  return EXIT.done;
};

const ACTIONS = { verifier: verifying, retour: goingBack, desinstaller: removing } as const;

/** Runs one call. @param words the words after the program's name. */
export async function runInstaller(words: readonly string[], call: InstallerCall): Promise<ExitCode> {
  const { terminal } = call;
  try {
    const values = parsed(words);
    if (values.aide === true) {
      terminal.print(HELP);
      return EXIT.done;
    }
    const asked = (['verifier', 'retour', 'desinstaller'] as const).filter((name) => values[name] === true);
    const target = values.dossier === undefined ? usualTarget(call) : resolve(values.dossier);
    if (asked.length > 1 || target === null) throw new VitaleError('CFG-005', { detail: HELP });
    const action = asked[0] === undefined ? installing : ACTIONS[asked[0]];
    return await action(call, { target, confirmed: values['je-confirme'] === true, json: values.json === true });
  } catch (error) {
    return failed(error, call);
  }
}

function parsed(words: readonly string[]) {
  try {
    return parseArgs({ args: [...words], options: OPTIONS, strict: true }).values;
  } catch (cause) {
    throw new VitaleError('CFG-005', { detail: HELP }, { cause });
  }
}

const WRONG_CALLS: ReadonlySet<string> = new Set(['CFG-005', 'INS-004', 'INS-005', 'INS-007', 'INS-008']);
const BUSY: ReadonlySet<string> = new Set(['INS-002', 'INS-003']);

function failed(error: unknown, { terminal, errors }: InstallerCall): ExitCode {
  if (!isVitaleError(error)) {
    terminal.explain(errors.explain('HOT-999', { id: error instanceof Error ? error.name : 'inconnue' }));
    if (error instanceof Error && process.env['VITALE_TRACE'] === '1') terminal.say(error.stack ?? error.name);
    return EXIT.incident;
  }
  if (error.code === 'INS-007') for (const line of TEXTS.dataTooNew(error.details)) terminal.say(line);
  terminal.explain(errors.explain(error.code, error.details));
  if (WRONG_CALLS.has(error.code)) return EXIT.wrongCall;
  return BUSY.has(error.code) ? EXIT.busy : EXIT.incident;
}
