/** Puts the routing tables' desk together. */
import { readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { DependencyContainer } from 'tsyringe';
import { edited } from '../../teletrans/settings/editing';
import { TABLE_FILES } from '../../teletrans/settings/recipient-table';
import { RecipientsDesk, type RecipientPlaces } from '../../teletrans/settings/recipients-desk';
import { asStoreError } from '../../teletrans/store/files/errors';
import { PracticeFile } from '../../teletrans/store/files/versioned-file';
import { inFolder, readPractice } from '../practice-folder';
import { readSettingsTexts } from '../tables';
import { TOKENS } from '../tokens';
import { renewRoutes } from './renewing';

/** Where a practice's own tables go when it has none yet. */
const OWN_FOLDER = 'destinataires';

export function registerRecipients(c: DependencyContainer): void {
  const home = c.resolve(TOKENS.home);
  const { tables } = c.resolve(TOKENS.installation);
  const shipped = join(tables, 'recipients');
  const filesIn = (folder: string): RecipientPlaces['files'] => ({
    amo: new PracticeFile(join(folder, TABLE_FILES.amo)),
    amc: new PracticeFile(join(folder, TABLE_FILES.amc)),
  });
  const desk = new RecipientsDesk({
    places: () => {
      const { recipients } = readPractice(home);
      return recipients === null ? { own: false, files: filesIn(shipped) } : { own: true, files: filesIn(inFolder(home, recipients)) };
    },
    makeOwn: async () => {
      const folder = join(home, OWN_FOLDER);
      await mkdir(folder, { recursive: true, mode: 0o700 }).catch((error: unknown) => {
        throw asStoreError(error);
      });
      for (const table of ['amo', 'amc'] as const)
        await filesIn(folder)[table].replace(readFileSync(join(shipped, TABLE_FILES[table]), 'utf8'));
      // Last: until then the shipped ones count.
      const cabinet = new PracticeFile(join(home, 'cabinet.json'));
      const text = (await cabinet.read())?.text ?? '';
      await cabinet.replace(edited(text, [{ place: '/recipients', value: OWN_FOLDER }]));
      c.resolve(TOKENS.livePractice).take(readPractice(home));
    },
    renew: () => renewRoutes(c),
    texts: readSettingsTexts(tables),
    lock: c.resolve(TOKENS.lock),
    store: c.resolve(TOKENS.store),
    clock: c.resolve(TOKENS.clock),
    logger: c.resolve(TOKENS.logger),
  });
  c.registerInstance(TOKENS.recipients, desk);
}
