/** What the installer says. French; data, no logic. */
import type { WentBack } from '../../installer/going-back';
import type { Installed, InstallStep } from '../../installer/install';
import type { Looked } from '../../installer/looking';
import type { Removed } from '../../installer/removing';
import type { ErrorDetails } from '../../teletrans/domain/errors';

export const STEPS: Readonly<Record<InstallStep, string>> = {
  checking: 'Fichiers vérifiés',
  copying: 'Fichiers copiés',
  rereading: 'Fichiers relus',
};

export const HELP = `installer [--dossier D]                    installe ce paquet, ou met à jour ; la version d’avant est gardée
  installer --verifier [--dossier D]         relit chaque fichier de la version en service
  installer --retour [--dossier D]           revient à la version d’avant (une seconde fois : à celle quittée)
  installer --desinstaller [--dossier D]     enlève le programme ; les données restent
  Partout : --json. Sans --dossier : C:\\WLOGOS1\\VITALE, ou le dossier où cet installateur est installé.`;

/** A few of many, for a person to read. */
const few = (paths: readonly string[]): string =>
  paths.length > 5 ? `${paths.slice(0, 5).join(', ')}… (${paths.length} en tout)` : paths.join(', ');

const BACKUP_NOTE =
  'Revenir n’annule rien : ce qui est parti est parti. Les données d’avant la mise à jour ne contiennent ni les factures ni les envois reçus depuis.';

export const TEXTS = {
  question: (target: string): string => `Installer la télétransmission dans ${target} ? Tapez « oui » puis Entrée : `,
  enter: 'Appuyez sur Entrée pour fermer cette fenêtre.',
  noSentences: 'Ce paquet n’est pas entier : rien n’a été installé. Copiez-le de nouveau.',

  installed: (target: string, data: string, { version, fingerprint, changed, previous, settings, left }: Installed): readonly string[] => [
    changed
      ? `La version ${version} est installée et en service dans ${target}.`
      : `La version ${version} était déjà en service dans ${target}, entière : rien n’a été changé.`,
    `Empreinte du paquet, à comparer à celle que donne l’éditeur : ${fingerprint}`,
    previous === null
      ? 'Aucune version d’avant n’est gardée.'
      : `La version d’avant (${previous}) est gardée : installer --retour y revient.`,
    `LOGOSw trouve le module par ${target}\\module.json ; rouvrez LOGOSw.`,
    `Données du cabinet, inchangées : ${data}`,
    ...(settings.length === 0 ? [] : [`Réglages de la version d’avant qui ne sont pas repris : ${few(settings)}.`]),
    ...(left.length === 0 ? [] : [`Anciennes versions encore ouvertes ailleurs, enlevées la prochaine fois : ${few(left)}.`]),
  ],

  wentBack: ({ version, from, dataTooNew }: WentBack): readonly string[] => [
    `La version ${version} est de nouveau en service ; la version ${from} est gardée (installer --retour y revient). Rouvrez LOGOSw.`,
    ...(dataTooNew
      ? [
          'Elle refuse d’ouvrir les données, qui ne sont pas touchées. Pour qu’elle les ouvre : installer --retour, puis vitale sauvegarde avant-mise-a-jour avec la version quittée, puis de nouveau installer --retour.',
          BACKUP_NOTE,
        ]
      : []),
  ],

  dataTooNew: ({ version = '', a = '', b = '' }: ErrorDetails): readonly string[] => [
    `Les données ont déjà été mises à jour (format ${a}) ; la version ${version} lit jusqu’au format ${b}.`,
    'Avec elle, la télétransmission ne s’ouvrirait pas (STO-007) : rien ne partirait, rien ne serait perdu, et les factures attendraient dans LOGOSw.',
    'Avec la version en service, remettez d’abord les données d’avant la mise à jour (vitale sauvegarde avant-mise-a-jour), puis recommencez ce retour.',
    'Pour changer de version sans cela : ajoutez --je-confirme.',
    BACKUP_NOTE,
  ],

  looked: (target: string, { version, fingerprint, files, damaged, changed, previous }: Looked): readonly string[] => [
    damaged.length === 0
      ? `La version ${version} est entière dans ${target} (${files} fichiers).`
      : `La version ${version} n’est pas entière dans ${target} : ${few(damaged)}. Lancez l’installateur du paquet de cette version : il la remet en place.`,
    `Empreinte du paquet : ${fingerprint}`,
    ...(changed.length === 0 ? [] : [`Réglages changés depuis l’installation : ${few(changed)}.`]),
    previous === null
      ? 'Aucune version d’avant n’est gardée.'
      : `Version d’avant : ${previous.version}, ${previous.whole ? 'entière' : 'qui n’est plus entière : on ne peut pas y revenir'}.`,
  ],

  beforeRemoving: (target: string, data: string): readonly string[] => [
    `Le programme serait enlevé de ${target}, toutes versions comprises. LOGOSw n’aurait plus de télétransmission.`,
    `Les données du cabinet resteraient dans ${data} ; les sauvegardes restent où elles sont.`,
    'Rien n’a été fait. Pour désinstaller : ajoutez --je-confirme.',
  ],

  removed: (target: string, data: string, { left }: Removed): readonly string[] => [
    `La télétransmission est enlevée de ${target}.`,
    ...(left.length === 0
      ? []
      : [
          `Reste, tenu par ce désinstallateur lui-même ou par un autre programme : ${left.join(', ')}. Effacez le dossier ${target} après l’avoir fermé.`,
        ]),
    `Les données du cabinet sont restées dans ${data}. Ne les effacez pas tant que leurs archives doivent être gardées.`,
  ],
} as const;
