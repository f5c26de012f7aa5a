/** Words of the glossary that each view uses. */
export const VIEW_WORDS: Readonly<Partial<Record<string, readonly string[]>>> = {
  accueil: ['FSE', 'DRE', 'AMO', 'AMC', 'ARL', 'CPS', 'Code porteur', 'Échéance légale', 'Lot', 'Sécuriser', 'En doute', 'Retenue'],
  factures: ['FSE', 'DRE', 'AMO', 'AMC', 'ARL', 'Lot', 'Échéance légale', 'Dégradée', 'En doute', 'Recycler', 'Retenue', 'Sécuriser'],
  lots: ['Lot', 'FSE', 'DRE', 'ARL', 'Sécuriser', 'En doute', 'Duplicata papier', 'Fichier'],
  fichiers: ['Fichier', 'Lot', 'B2', 'ARL', 'Compostage', 'Empreinte', 'En doute'],
  retours: ['ARL', 'RSP', 'NOEMIE', 'Compostage', 'Quarantaine', 'Rapprocher'],
  'tiers-payants': ['Tiers payant', 'AMO', 'AMC', 'RSP', 'Rapprocher', 'Relance', 'Forclusion', 'Soldée', 'ARL'],
  archives: ['Purge', 'Archive', 'Soldée', 'Sauvegarde', 'Empreinte'],
  diagnostic: ['CPS', 'PC/SC', 'GALSS', 'SMTP', 'POP3', 'TLS', 'Paquet'],
};
