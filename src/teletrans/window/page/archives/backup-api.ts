/** What the page asks of the backups. */
import type { BackupReport, BackupStatus } from '../../../backup/port';
import type { BackupFolderBody } from '../../protocol';
import { call, post, postJson } from '../api';

export const readBackups = async (): Promise<BackupStatus> => (await call('/api/backups')) as BackupStatus;
export const backUp = async (): Promise<BackupReport> => (await post('/api/backups')) as BackupReport;

export async function chooseBackupFolder(folder: string | null): Promise<BackupStatus> {
  return (await postJson('/api/backups/folder', { folder } satisfies BackupFolderBody)) as BackupStatus;
}
