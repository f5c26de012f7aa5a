import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { BackupReport, BackupStatus } from '../../../backup/port';
import { formatDateTime, plural } from '../../view-model/format';
import { Notice, Problem } from '../ui/badge';
import { useAsked } from './asked';
import { backUp, chooseBackupFolder, readBackups } from './backup-api';

/** The backups: when the last one was made, where they go, one now. They are put back by a command, with the window closed. */
export function BackupPanel(): VNode {
  const [status, setStatus] = useState<BackupStatus | null>(null);
  const [made, setMade] = useState<BackupReport | null>(null);
  const [folder, setFolder] = useState('');
  const { failure, working, ask } = useAsked();
  const shown = (read: BackupStatus): void => {
    setStatus(read);
    setFolder(read.settings.folder ?? '');
  };
  useEffect(() => void ask(async () => shown(await readBackups())), []);
  const chosen = status?.settings.folder ?? null;
  return (
    <section class="backups" aria-labelledby="titre-sauvegardes">
      <h3 id="titre-sauvegardes">Sauvegardes</h3>
      <p role="status">{status === null ? 'Lecture…' : sentenceOf(status)}</p>
      <Problem problem={failure} />
      {status?.failure == null || made !== null ? null : (
        <Notice
          tone="attention"
          shape="cross"
          title={`La sauvegarde automatique du ${formatDateTime(status.failure.at)} a échoué : ${status.failure.message}`}
          text={status.failure.action}
          code={status.failure.code}
        />
      )}
      {made === null ? null : (
        <Notice
          tone={made.missing === 0 ? 'good' : 'attention'}
          shape={made.missing === 0 ? 'check' : 'question'}
          title={`Sauvegarde faite et relue : ${plural(made.invoices, 'facture')}.`}
          text={
            made.missing === 0
              ? `Elle est ici : ${made.place}`
              : `${plural(made.missing, 'pièce manquait', 'pièces manquaient')} déjà dans les données : gardez les sauvegardes plus anciennes et contactez l’assistance.`
          }
          role="status"
        />
      )}
      <form
        class="filters"
        onSubmit={(event) => {
          event.preventDefault();
          void ask(async () => shown(await chooseBackupFolder(folder.trim() === '' ? null : folder.trim())));
        }}
      >
        <label>
          Dossier des sauvegardes (chemin complet, de préférence sur un autre disque)
          <input type="text" value={folder} maxLength={1000} onInput={(event) => setFolder(event.currentTarget.value)} />
        </label>
        <button type="submit" class="secondary" disabled={working || status === null || folder.trim() === (chosen ?? '')}>
          {folder.trim() === '' && chosen !== null ? 'Arrêter les sauvegardes automatiques' : 'Choisir ce dossier'}
        </button>
        <button
          type="button"
          class="secondary"
          disabled={working || chosen === null}
          onClick={() =>
            void ask(async () => {
              setMade(null);
              setMade(await backUp());
              shown(await readBackups());
            })
          }
        >
          {working ? 'Un instant…' : 'Sauvegarder maintenant'}
        </button>
      </form>
      <p class="hint">
        Une sauvegarde contient la clé des données : gardez-la en lieu sûr. Pour la remettre en place, fermez LOGOSw et cette fenêtre, puis
        lancez « vitale sauvegarde restaurer » : le dossier actuel est gardé à côté, et l’envoi est gelé jusqu’à votre décision.
      </p>
    </section>
  );
}

function sentenceOf({ settings: { folder, everyDays, keep }, last }: BackupStatus): string {
  const since = last === null ? 'Aucune sauvegarde n’a encore été faite.' : `Dernière sauvegarde : ${formatDateTime(last.at)}.`;
  if (folder === null) return `${since} Aucune sauvegarde automatique n’est réglée : choisissez un dossier.`;
  const pace = everyDays === 1 ? 'chaque jour d’ouverture' : `tous les ${String(everyDays)} jours`;
  return `${since} Sauvegarde automatique ${pace} ; les ${String(keep)} dernières sont gardées.`;
}
