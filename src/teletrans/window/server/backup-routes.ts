/** The addresses of the backups. A folder's path travels in a body, never in an address. */
import type { FastifyInstance } from 'fastify';
import type { Backups } from '../../backup/port';
import type { BackupFolderBody } from '../protocol';
import { BACKUP_FOLDER_BODY, NO_QUERY } from './schemas';

export interface BackupRouteDependencies {
  readonly backups: Backups;
}

const plain = { schema: { querystring: NO_QUERY } } as const;

export function addBackupRoutes(app: FastifyInstance, { backups }: BackupRouteDependencies): void {
  app.get('/api/backups', plain, () => backups.status());
  app.post('/api/backups', plain, () => backups.make(null, () => undefined));
  app.post<{ Body: BackupFolderBody }>(
    '/api/backups/folder',
    { schema: { querystring: NO_QUERY, body: BACKUP_FOLDER_BODY } },
    async (request) => {
      await backups.choose(request.body.folder);
      return backups.status();
    },
  );
}
