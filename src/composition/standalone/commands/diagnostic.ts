/** `vitale diagnostic sante|paquet FICHIER`: works also where the practice cannot be opened. */
import { makeBundle, writeBundle } from '../../../teletrans/diagnostics/bundle/bundle';
import type { Bundle } from '../../../teletrans/diagnostics/bundle/bundle-model';
import { DiagnosticsSwitch } from '../../../teletrans/diagnostics/diagnostics-switch';
import type { CheckResult, HealthReport, HealthStatus } from '../../../teletrans/diagnostics/health/report';
import { VitaleError } from '../../../teletrans/domain/errors';
import { bundleSources } from '../../diagnostics/bundle-sources';
import { runHealth } from '../../diagnostics/desk';
import { sourcesOfFolder } from '../../diagnostics/health-sources';
import { manifestFiles } from '../../installation';
import { dataFolder } from '../../practice-folder';
import { TOKENS } from '../../tokens';
import type { Command, CommandCall } from '../command';
import { EXIT, type ExitCode } from '../exit-codes';

const SIGNS: Readonly<Record<HealthStatus, string>> = { ok: 'bon         ', warning: 'à voir      ', error: 'à réparer   ' };
const SUMMARY: Readonly<Record<HealthStatus, string>> = {
  ok: 'Tout est bon.',
  warning: 'Rien ne bloque ; voyez ce qui est signalé.',
  error: 'Quelque chose est à réparer.',
};

export const diagnostic: Command = {
  name: 'diagnostic',
  usage: 'diagnostic sante | paquet [FICHIER]',
  summary: `vérifie l’installation, le cabinet et les données (sante), ou prépare un paquet pour l’assistance (paquet ; sans FICHIER, le montre sans rien écrire) ;
      sante finit avec le statut 1 si quelque chose est à réparer, 0 sinon`,
  options: {},
  async run(call) {
    const [what, file, ...more] = call.positionals;
    if (what === 'sante' && file === undefined) return withFolder(call, (health) => told(call, health));
    if (what === 'paquet' && more.length === 0)
      return withFolder(call, async (health, bundle) => {
        pack(call, health, await bundle(), file ?? null);
        return EXIT.done;
      });
    throw new VitaleError('CFG-005', { detail: diagnostic.usage });
  },
};

type Work = (health: HealthReport, bundle: () => Promise<Bundle>) => Promise<ExitCode> | ExitCode;

async function withFolder({ root }: CommandCall, work: Work): Promise<ExitCode> {
  const sources = sourcesOfFolder(dataFolder(), root);
  const toggle = new DiagnosticsSwitch(manifestFiles(root.resolve(TOKENS.installation)));
  try {
    const health = await runHealth(root, sources);
    return await work(health, async () => makeBundle(await bundleSources(root, sources, toggle.state, health)));
  } finally {
    toggle.close();
    await sources.dispose();
  }
}

const publicCheck = ({ id, title, status, code, message, action, ms }: CheckResult): object => ({
  id,
  title,
  status,
  code,
  message,
  action,
  ms,
});

function told({ json, terminal }: CommandCall, { status, checks }: HealthReport): ExitCode {
  if (json) terminal.json({ status, checks: checks.map(publicCheck) });
  else {
    for (const check of checks) {
      terminal.print(`${SIGNS[check.status]}${check.title} : ${check.message}${check.status === 'ok' ? '' : ` (${check.code})`}`);
      if (check.status !== 'ok' && check.action !== '') terminal.print(`            → ${check.action}`);
    }
    terminal.print(SUMMARY[status]);
  }
  return status === 'error' ? EXIT.incident : EXIT.done;
}

function pack({ json, terminal }: CommandCall, { status, checks }: HealthReport, bundle: Bundle, file: string | null): void {
  const bytes = file === null ? null : writeBundle(bundle, file);
  if (json) {
    terminal.json({
      status,
      checks: checks.map(publicCheck),
      file,
      bytes,
      entries: bundle.entries.map((entry) => ({ name: entry.name, bytes: entry.bytes, ...(file === null ? { text: entry.text } : {}) })),
    });
    return;
  }
  for (const { name, text, bytes: size } of bundle.entries) {
    terminal.print(`${name.padEnd(22)}${String(size).padStart(9)} octets`);
    if (file === null) terminal.print(`${text}\n`);
  }
  terminal.print(
    file === null
      ? 'Aperçu seulement : rien n’a été écrit. Pour écrire le paquet : vitale diagnostic paquet FICHIER.zip'
      : `Paquet écrit (${String(bytes)} octets). Rien n’est envoyé : transmettez-le vous-même à l’assistance.`,
  );
}
