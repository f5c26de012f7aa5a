/** Names inside the data folder. */
export const STORE_FILES = {
  database: 'vitale.db',
  key: 'cle.bin',
  frozen: 'messages',
  archives: 'archives',
  lock: 'transmission.lock',
  /** Shared by every program that has the folder open. */
  users: 'usage.lock',
  /** One backup at a time. */
  backupLock: 'sauvegarde.lock',
  /** How far sending had gone; its twin is outside the folder. */
  mark: 'reperes.json',
  /** Lies in every backup: the folder it is found in was restored. */
  restoration: 'restauration.json',
  /** One program at a time updates the data. */
  updateLock: 'mise-a-jour.lock',
  /** The database as it was before the last update of the data. */
  beforeUpdate: 'avant-mise-a-jour',
  log: 'journaux',
  /** Passwords of the mail servers. */
  secrets: 'secrets',
} as const;
