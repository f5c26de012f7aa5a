/** Puts the backups together. */
import type { DependencyContainer } from 'tsyringe';
import { BackupDesk } from '../teletrans/backup/desk';
import type { BackupSettings } from '../teletrans/backup/port';
import type { Practice } from '../teletrans/domain/practice';
import { guardState } from '../teletrans/restore-guard/guard';
import { DiskBackups } from '../teletrans/store/backup/backup-folders';
import { REAL_DISK } from '../teletrans/store/backup/disk';
import { systemKeySource } from '../teletrans/store/keys/system-key';
import { readPractice, setBackupFolder } from './practice-folder';
import { TOKENS } from './tokens';

const DEFAULTS = { everyDays: 1, keep: 14 } as const;

export function backupSettings({ backup }: Pick<Practice, 'backup'>): BackupSettings {
  return { folder: backup?.folder ?? null, everyDays: backup?.everyDays ?? DEFAULTS.everyDays, keep: backup?.keep ?? DEFAULTS.keep };
}

export function registerBackups(c: DependencyContainer): void {
  const home = c.resolve(TOKENS.home);
  const clock = c.resolve(TOKENS.clock);
  const errors = c.resolve(TOKENS.errors);
  const backups = new BackupDesk({
    store: c.resolve(TOKENS.store),
    folders: new DiskBackups({
      home,
      store: c.resolve(TOKENS.integrity),
      keySource: systemKeySource(home),
      practiceOf: async (session) => (await guardState(session))?.practice ?? null,
      disk: REAL_DISK,
      clock,
      ids: c.resolve(TOKENS.ids),
    }),
    settings: () => backupSettings(readPractice(home)),
    keepFolder: (folder) => setBackupFolder(home, folder),
    explain: ({ code, details }) => errors.explain(code, details),
    clock,
  });
  c.registerInstance(TOKENS.backups, backups);
}
