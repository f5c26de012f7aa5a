/** Words of the glossary that each view uses. Never in the form of an order: a button of the page may bear it. */
export const VIEW_WORDS: Readonly<Partial<Record<string, readonly string[]>>> = {
  accueil: ['FSE', 'DRE', 'AMO', 'AMC', 'ARL', 'CPS', 'Code porteur', 'Échéance légale', 'Lot', 'Sécurisation', 'En doute', 'Retenue'],
  factures: ['FSE', 'DRE', 'AMO', 'AMC', 'ARL', 'Lot', 'Échéance légale', 'Dégradée', 'En doute', 'Recyclée', 'Retenue', 'Sécurisation'],
  lots: ['Lot', 'FSE', 'DRE', 'ARL', 'Sécurisation', 'En doute', 'Duplicata papier', 'Fichier'],
  fichiers: ['Fichier', 'Lot', 'B2', 'ARL', 'Compostage', 'Empreinte', 'En doute'],
  retours: ['ARL', 'RSP', 'NOEMIE', 'Compostage', 'Quarantaine', 'Rapprochement'],
  'tiers-payants': ['Tiers payant', 'AMO', 'AMC', 'RSP', 'Rapprochement', 'Relance', 'Forclusion', 'Soldée', 'ARL'],
  archives: ['Purge', 'Archive', 'Soldée', 'Sauvegarde', 'Empreinte'],
  diagnostic: ['CPS', 'PC/SC', 'GALSS', 'SMTP', 'POP3', 'TLS', 'Paquet'],
};
