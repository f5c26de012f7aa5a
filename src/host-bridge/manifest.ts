/** The add-in's manifest: read, validated against its JSON schema, its `%key%` texts resolved from the French strings. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import Ajv2020, { type ErrorObject } from 'ajv/dist/2020';
import { BridgeError } from './bridge-error';
import { isEngineRange } from './engine';
import { compileCondition } from './when-expression';

export interface CommandContribution {
  readonly command: string;
  readonly title: string;
  readonly icon?: string;
  readonly description?: string;
  /** Shown only while this holds (`when-expression.ts`). */
  readonly when?: string;
  /** Can be invoked only while this holds. */
  readonly enablement?: string;
  /** What the host says of the command while `enablement` does not hold. */
  readonly disabledReason?: string;
}

/** A check of the add-in's health that the host or support may ask for. */
export interface HealthCheckContribution {
  readonly check: string;
  readonly title: string;
  readonly description?: string;
}

/** A kind of document the add-in prints through the host. */
export interface PrintContribution {
  readonly document: string;
  readonly title: string;
}

export interface HookContribution {
  readonly hook: string;
  readonly description?: string;
}

export interface ToolbarContribution {
  readonly command: string;
  readonly order?: number;
}

export interface ConfigurationProperty {
  readonly type: 'string' | 'number' | 'boolean';
  readonly title: string;
  readonly description?: string;
  readonly default?: string | number | boolean;
}

/** What the add-in may ask of the host. */
export type Capability = 'badge' | 'clock' | 'hooks' | 'notifications' | 'practitioners' | 'print' | 'progress' | 'windows';

export interface DiagnosticsSwitch {
  readonly enabled: boolean;
  readonly level: 'error' | 'warn' | 'info' | 'debug';
  /** ISO date-time with offset at which diagnostics go off by themselves, or null. */
  readonly until: string | null;
  /** Levels of single areas, and who switched diagnostics on: read by the add-in itself while it runs. */
  readonly areas?: Readonly<Record<string, DiagnosticsSwitch['level']>>;
  readonly by?: 'cabinet' | 'support' | 'editeur';
}

/** `addin/manifest.schema.json` says what each field means. */
export interface Manifest {
  readonly name: string;
  readonly publisher: string;
  readonly version: string;
  readonly displayName: string;
  readonly description?: string;
  readonly engines: { readonly logosw: string };
  readonly root?: '.' | '..';
  readonly main: string;
  readonly activationEvents: readonly string[];
  readonly contributes: {
    readonly commands: readonly CommandContribution[];
    readonly toolbar: readonly ToolbarContribution[];
    readonly hooks: readonly HookContribution[];
    readonly configuration: Readonly<Record<string, ConfigurationProperty>>;
    readonly healthChecks: readonly HealthCheckContribution[];
    readonly print: readonly PrintContribution[];
  };
  readonly capabilities: readonly Capability[];
  readonly diagnostics: DiagnosticsSwitch;
}

export const STRINGS_FILE = 'nls.fr.json';
export const MANIFEST_FILE = 'manifest.json';

function readJson(folder: string, file: string): unknown {
  let text: string;
  try {
    text = readFileSync(path.join(folder, file), 'utf8');
  } catch (error) {
    throw new BridgeError('manifest', `${file} cannot be read`, { file }, { cause: error });
  }
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new BridgeError('manifest', `${file} is not JSON`, { file }, { cause: error });
  }
}

/** What one schema error says to the author of a manifest: where, and what was expected. */
function explain(error: ErrorObject): string {
  const where = error.instancePath === '' ? 'the manifest' : error.instancePath;
  const parameters = error.params as Readonly<Record<string, unknown>>;
  if (error.keyword === 'additionalProperties') return `${where}: "${String(parameters['additionalProperty'])}" is not known here`;
  if (error.keyword === 'enum') return `${where}: expected one of ${JSON.stringify(parameters['allowedValues'])}`;
  return `${where}: ${error.message ?? error.keyword}`;
}

function twice(where: string, field: string, ids: readonly string[]): string[] {
  const doubled = (id: string, at: number): boolean => ids.indexOf(id) !== at;
  return ids.flatMap((id, at) => (doubled(id, at) ? [`/contributes/${where}/${at}/${field}: "${id}" is declared twice`] : []));
}

function wrongConditions(commands: readonly CommandContribution[]): string[] {
  const problems: string[] = [];
  commands.forEach((command, at) => {
    for (const field of ['when', 'enablement'] as const) {
      try {
        if (command[field] !== undefined) compileCondition(command[field]);
      } catch (error) {
        problems.push(`/contributes/commands/${at}/${field}: ${(error as Error).message}`);
      }
    }
  });
  return problems;
}

function problemsAcross(manifest: Manifest): string[] {
  const { commands, toolbar, hooks, healthChecks, print } = manifest.contributes;
  const ids = commands.map((entry) => entry.command);
  const problems = [
    ...twice('commands', 'command', ids),
    ...twice(
      'hooks',
      'hook',
      hooks.map((entry) => entry.hook),
    ),
    ...twice(
      'healthChecks',
      'check',
      healthChecks.map((entry) => entry.check),
    ),
    ...twice(
      'print',
      'document',
      print.map((entry) => entry.document),
    ),
    ...wrongConditions(commands),
  ];
  if (!isEngineRange(manifest.engines.logosw)) problems.push(`/engines/logosw: "${manifest.engines.logosw}" is no range of versions`);
  toolbar.forEach((entry, at) => {
    if (!ids.includes(entry.command)) problems.push(`/contributes/toolbar/${at}/command: "${entry.command}" is not among the commands`);
  });
  manifest.activationEvents.forEach((event, at) => {
    const [kind, id = ''] = event.split(':', 2);
    const known = kind === 'onCommand' ? ids.includes(id) : kind !== 'onHook' || hooks.some((entry) => entry.hook === id);
    if (!known) problems.push(`/activationEvents/${at}: "${event}" names nothing that is contributed`);
  });
  for (const capability of ['hooks', 'print'] as const) {
    if (manifest.contributes[capability].length > 0 && !manifest.capabilities.includes(capability))
      problems.push(`/capabilities: "${capability}" is needed for contributes.${capability}`);
  }
  return problems;
}

/** Resolves `%key%` in every text, at any depth. An unknown key is a problem of its own. */
function localize(value: unknown, strings: Readonly<Record<string, unknown>>, where: string, problems: string[]): unknown {
  if (typeof value === 'string') {
    const key = /^%(.+)%$/.exec(value)?.[1];
    if (key === undefined) return value;
    const text = strings[key];
    if (typeof text === 'string') return text;
    problems.push(`${where}: ${STRINGS_FILE} has no text "${key}"`);
    return value;
  }
  if (Array.isArray(value)) return value.map((item, at) => localize(item, strings, `${where}/${at}`, problems));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, localize(item, strings, `${where}/${key}`, problems)]));
}

/**
 * Checks a manifest and fills in what may be left out.
 * @throws BridgeError `manifest`; its message names every place and what was expected there.
 */
export function validateManifest(document: unknown, strings: unknown, schema: object): Manifest {
  const ajv = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true });
  const validate = ajv.compile(schema);
  if (!validate(document)) throw manifestError((validate.errors ?? []).map(explain));
  const problems: string[] = [];
  const table = typeof strings === 'object' && strings !== null ? (strings as Readonly<Record<string, unknown>>) : {};
  const given = localize(document, table, '', problems) as Omit<Manifest, 'contributes'> & {
    contributes: Partial<Manifest['contributes']>;
  };
  const none = { commands: [], toolbar: [], hooks: [], configuration: {}, healthChecks: [], print: [] };
  const manifest: Manifest = { ...given, contributes: { ...none, ...given.contributes } };
  problems.push(...problemsAcross(manifest));
  if (problems.length > 0) throw manifestError(problems);
  return manifest;
}

function manifestError(problems: readonly string[]): BridgeError {
  return new BridgeError('manifest', `${MANIFEST_FILE}: ${problems.join('; ')}`, { problems: problems.length }, { cause: problems });
}

/**
 * Loads `manifest.json` and `nls.fr.json` of the add-in's folder.
 * @throws BridgeError `manifest`
 */
export function loadManifest(addinFolder: string, schemaPath: string): Manifest {
  const schema = readJson(path.dirname(schemaPath), path.basename(schemaPath)) as object;
  return validateManifest(readJson(addinFolder, MANIFEST_FILE), readJson(addinFolder, STRINGS_FILE), schema);
}
