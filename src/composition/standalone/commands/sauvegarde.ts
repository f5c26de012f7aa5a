/**
 * `vitale sauvegarde creer|verifier|lister|restaurer|avant-mise-a-jour`: backups of the data folder, and the copy made before an update of the data. All but `creer` work
 * where the practice cannot be opened.
 */
import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { BackupStep } from '../../../teletrans/store/backup/port';
import { checkBackup } from '../../../teletrans/store/backup/checking';
import { listBackups } from '../../../teletrans/store/backup/backup-folders';
import { REAL_DISK } from '../../../teletrans/store/backup/disk';
import { readManifest } from '../../../teletrans/store/backup/manifest';
import { finishRestoring, restoreBackup, type RestoreStep } from '../../../teletrans/store/backup/restoring';
import { copyToGoBackTo, goBack } from '../../../teletrans/store/update/going-back';
import { VitaleError } from '../../../teletrans/domain/errors';
import { backupSettings } from '../../backups-factory';
import { dataFolder, readPractice } from '../../practice-folder';
import { TOKENS } from '../../tokens';
import { textOption, type Command, type CommandCall } from '../command';
import { EXIT, type ExitCode } from '../exit-codes';

const USAGE =
  'sauvegarde creer [-o DOSSIER] | lister [DOSSIER] | verifier DOSSIER | restaurer DOSSIER [--je-confirme] | avant-mise-a-jour [--je-confirme]';

const STEPS: Readonly<Record<BackupStep | RestoreStep, string>> = {
  files: 'Fichiers copiés',
  database: 'Données copiées',
  checking: 'Fichiers relus',
  copying: 'Fichiers remis en place',
};

type Action = (call: CommandCall) => Promise<ExitCode>;

const frenchTime = (iso: string): string =>
  new Intl.DateTimeFormat('fr-FR', { dateStyle: 'short', timeStyle: 'short', timeZone: 'Europe/Paris' }).format(new Date(iso));

const creer: Action = async (call) => {
  const { terminal, json } = call;
  const chosen = textOption(call, 'output');
  const backups = (await call.open()).container.resolve(TOKENS.backups);
  const made = await backups.make(chosen === null ? null : resolve(chosen), (step, done, total) =>
    terminal.count(STEPS[step], done, total),
  );
  if (json) terminal.json({ id: made.id, folder: made.place, createdAt: made.at, invoices: made.invoices, missing: made.missing });
  else {
    terminal.print(`Sauvegarde faite et relue : ${made.place} (${made.invoices} facture(s)).`);
    terminal.say('Elle contient la clé des données : gardez-la en lieu sûr, comme les données elles-mêmes.');
  }
  if (made.missing === 0) return EXIT.done;
  terminal.explain(call.root.resolve(TOKENS.errors).explain('SAV-011', { n: made.missing }));
  return EXIT.incident;
};

const lister: Action = async ({ positionals, terminal, json }) => {
  const folder = positionals[1] === undefined ? backupSettings(readPractice(dataFolder())).folder : resolve(positionals[1]);
  if (folder === null) throw new VitaleError('SAV-012');
  const found = (await listBackups(folder)).map(({ manifest, place }) => ({
    id: manifest.id,
    folder: place,
    createdAt: manifest.createdAt,
    automatic: manifest.automatic,
    invoices: manifest.invoices,
    missing: manifest.missing.length,
  }));
  if (json) terminal.json({ backups: found });
  else if (found.length === 0) terminal.print('Aucune sauvegarde dans ce dossier.');
  else
    for (const { folder: place, createdAt, automatic, invoices } of found)
      terminal.print(`${frenchTime(createdAt)}  ${invoices} facture(s), ${automatic ? 'automatique' : 'à la main'} : ${place}`);
  return EXIT.done;
};

const verifier: Action = async (call) => {
  const { terminal, json } = call;
  const manifest = await checkBackup(wanted(call), (done, total) => terminal.count(STEPS.checking, done, total));
  const { id, createdAt, invoices, files, missing } = manifest;
  if (json) terminal.json({ ok: true, id, createdAt, invoices, files: files.length, missing: missing.length });
  else terminal.print(`La sauvegarde du ${frenchTime(createdAt)} est entière : ${invoices} facture(s), ${files.length} fichier(s).`);
  if (missing.length > 0) terminal.explain(call.root.resolve(TOKENS.errors).explain('SAV-011', { n: missing.length }));
  return EXIT.done;
};

const restaurer: Action = async (call) => {
  const { terminal, json, root } = call;
  const backup = wanted(call);
  const home = dataFolder();
  await finishRestoring(home, REAL_DISK);
  const { manifest } = await readManifest(backup);
  terminal.say(`Sauvegarde du ${frenchTime(manifest.createdAt)}, ${manifest.invoices} facture(s), à remettre dans ${home}.`);
  terminal.say(
    existsSync(home)
      ? '  - Le dossier de données actuel est gardé à côté, sous un autre nom ; rien n’en est effacé.'
      : '  - Aucun dossier de données n’est en place.',
  );
  terminal.say('  - Les factures reçues et les envois faits après cette sauvegarde n’y sont pas.');
  terminal.say('  - L’envoi est ensuite gelé jusqu’à votre décision (vitale numeros) : rien ne part deux fois.');
  if (call.options['je-confirme'] !== true) {
    terminal.say('Rien n’a été fait. Pour restaurer : fermez LOGOSw et la fenêtre, puis ajoutez --je-confirme.');
    return EXIT.wrongCall;
  }
  const parts = { disk: REAL_DISK, clock: { now: () => new Date() }, ids: root.resolve(TOKENS.ids) };
  const { aside } = await restoreBackup(backup, home, parts, (step, done, total) => terminal.count(STEPS[step], done, total));
  if (json) terminal.json({ id: manifest.id, createdAt: manifest.createdAt, invoices: manifest.invoices, aside });
  else {
    terminal.print('La sauvegarde est en place.');
    if (aside !== null) terminal.print(`Le dossier d’avant est gardé : ${aside}`);
    terminal.say('Ouvrez maintenant le programme : il demande si des envois ont pu avoir lieu depuis (ou vitale numeros).');
  }
  return EXIT.done;
};

const avantMiseAJour: Action = async ({ terminal, json, options }) => {
  const home = dataFolder();
  await finishRestoring(home, REAL_DISK);
  const { file } = await copyToGoBackTo(home);
  const { mtime } = await stat(file);
  terminal.say(`Données telles qu’elles étaient avant la mise à jour du ${frenchTime(mtime.toISOString())}, à remettre dans ${home}.`);
  terminal.say('  - La base de données actuelle est gardée à côté, sous un autre nom ; rien n’en est effacé.');
  terminal.say('  - Les factures reçues et les envois faits après cette mise à jour n’y sont pas.');
  terminal.say('  - L’envoi est ensuite gelé jusqu’à votre décision (vitale numeros) : rien ne part deux fois.');
  if (options['je-confirme'] !== true) {
    terminal.say('Rien n’a été fait. Pour revenir en arrière : fermez LOGOSw et la fenêtre, puis ajoutez --je-confirme.');
    return EXIT.wrongCall;
  }
  const { aside } = await goBack(home, { disk: REAL_DISK, clock: { now: () => new Date() } });
  if (json) terminal.json({ ok: true, aside });
  else {
    terminal.print('Les données d’avant la mise à jour sont en place.');
    terminal.print(`La base de données d’après est gardée : ${aside}`);
    terminal.say('Remettez maintenant la version précédente du logiciel : celle-ci mettrait de nouveau les données à jour.');
  }
  return EXIT.done;
};

function wanted({ positionals }: CommandCall): string {
  const [, folder] = positionals;
  if (folder === undefined) throw new VitaleError('CFG-005', { detail: USAGE });
  return resolve(folder);
}

const ACTIONS: Readonly<Record<string, Action>> = { creer, lister, verifier, restaurer, 'avant-mise-a-jour': avantMiseAJour };

export const sauvegarde: Command = {
  name: 'sauvegarde',
  usage: USAGE,
  summary:
    'sauvegarde tout le dossier de données, programme ouvert ou non, et relit la sauvegarde ; « restaurer » la remet en place et garde le dossier d’avant ; « avant-mise-a-jour » remet les données d’avant la dernière mise à jour du logiciel (sans --je-confirme, ces deux-là disent ce qui suivra et ne font rien)',
  options: { output: 'string', 'je-confirme': 'boolean' },
  shortOptions: { output: 'o' },
  async run(call) {
    const action = ACTIONS[call.positionals[0] ?? ''];
    if (action === undefined) throw new VitaleError('CFG-005', { detail: USAGE });
    return action(call);
  },
};
