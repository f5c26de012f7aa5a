/** The support bundle: a few readable files made only of what is allowed to leave. It is shown before it is written, and nothing here sends it. */
import { strToU8, zipSync } from 'fflate';
import { writeFileSync } from 'node:fs';
import { VitaleError } from '../../domain/errors';
import type { Practice } from '../../domain/practice';
import type { Store } from '../../store/port';
import type { HealthReport } from '../health/report';
import { lastLogLines } from '../log-files';
import type { SwitchState } from '../switch-setting';
import type { Bundle, BundleEntry } from './bundle-model';
import { bundledLines } from './log-part';
import { journalShape } from './journal-part';
import { folderShape, practiceShape } from './practice-part';
import { pseudonyms } from './pseudonyms';

export interface BundleSources {
  readonly now: () => Date;
  readonly home: string;
  /** Absolute path of the folder of logs. */
  readonly logFolder: string;
  /** Lines of this process's flight recorder, and those a crash left. */
  readonly recorded: () => readonly string[];
  readonly crashed: () => readonly string[];
  /** Versions of product, platform and tables: words and numbers of ours. */
  readonly versions: () => object;
  /** The parts of the manifest that a program reads; no free text. */
  readonly manifest: () => object;
  readonly diagnostics: SwitchState;
  readonly health: HealthReport;
  /** Null when it cannot be read. */
  readonly practice: Practice | null;
  readonly store: Store | null;
}

/** Of the log, before it is zipped. */
const MOST_LOG_BYTES = 2_000_000;

const README = `Diagnostic de la télétransmission

Ce paquet a été préparé sur l’ordinateur du cabinet. Rien n’est envoyé automatiquement : c’est vous qui le transmettez à l’assistance, après l’avoir lu.
Il ne contient ni nom, ni NIR, ni acte, ni montant, ni code porteur, ni mot de passe, ni adresse : seuls des mots du programme, des codes d’erreur, des
nombres et des dates peuvent y entrer. Les factures, lots et fichiers y portent un nom d’emprunt, le même dans tout ce paquet et différent dans le suivant.

versions.json      versions du module, de l’ordinateur et des tables
manifeste.json     ce que le module déclare à LOGOSw, et l’état du diagnostic
sante.json         les vérifications et leur résultat
cabinet.json       la forme de la description du cabinet : des genres et des nombres
dossier.json       le poids du dossier de données
journal.json       la forme du journal : états, transitions et leur ordre
log.jsonl          le journal technique, une ligne par événement
enregistreur.jsonl les derniers événements de ce programme, à tous les niveaux
boite-noire.jsonl  ce qui a précédé le dernier arrêt brutal (vide s’il n’y en a pas eu)
`;

const entry = (name: string, text: string): BundleEntry => ({ name, text, bytes: strToU8(text).length });
const json = (name: string, value: object): BundleEntry => entry(name, `${JSON.stringify(value, null, 2)}\n`);

/** Codes and numbers: words among the details of a sentence are left at home. */
const publicHealth = ({ status, checks }: HealthReport): object => ({
  status,
  checks: checks.map((check) => ({ id: check.id, status: check.status, code: check.code, numbers: check.numbers, ms: check.ms })),
});

async function shapeOf(store: Store | null, pseudonym: (id: string) => string): Promise<object> {
  if (store === null) return { lisible: false };
  return journalShape(store, pseudonym).catch(() => ({ lisible: false }));
}

/** Makes a bundle in memory. */
export async function makeBundle(sources: BundleSources): Promise<Bundle> {
  const pseudonym = pseudonyms();
  const { practice, diagnostics, health } = sources;
  const { state, levels, by, until } = diagnostics;
  const stamp = sources.now().toISOString();
  return {
    fileName: `diagnostic-${stamp.slice(0, 10)}-${stamp.slice(11, 13)}${stamp.slice(14, 16)}.zip`,
    entries: [
      entry('LISEZMOI.txt', README),
      json('versions.json', sources.versions()),
      json('manifeste.json', { ...sources.manifest(), diagnostics: { state, ...levels, by, until } }),
      json('sante.json', publicHealth(health)),
      json('cabinet.json', practice === null ? { lisible: false } : practiceShape(practice)),
      json('dossier.json', folderShape(sources.home)),
      json('journal.json', await shapeOf(sources.store, pseudonym)),
      entry('log.jsonl', bundledLines(lastLogLines(sources.logFolder, MOST_LOG_BYTES), pseudonym)),
      entry('enregistreur.jsonl', bundledLines(sources.recorded(), pseudonym)),
      entry('boite-noire.jsonl', bundledLines(sources.crashed(), pseudonym)),
    ],
  };
}

/** The bundle as the bytes of a zip file. */
export function zipBundle({ entries }: Bundle): Buffer {
  return Buffer.from(zipSync(Object.fromEntries(entries.map(({ name, text }) => [name, strToU8(text)]))));
}

/** Writes the bundle to a new file, readable by its owner only. Errors: DIA-120 when the file exists already, DIA-121 when it cannot be written. */
export function writeBundle(bundle: Bundle, file: string): number {
  const bytes = zipBundle(bundle);
  try {
    writeFileSync(file, bytes, { flag: 'wx', mode: 0o600 });
  } catch (cause) {
    throw new VitaleError((cause as NodeJS.ErrnoException).code === 'EEXIST' ? 'DIA-120' : 'DIA-121', {}, { cause });
  }
  return bytes.length;
}
