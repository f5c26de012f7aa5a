import { openStorage } from '../../../src/teletrans/store/open';
import { describeStore } from './contract';
import { aFolder } from './folder';

describeStore('SQLite', async () => {
  const { folder, remove } = await aFolder();
  return { open: async () => (await openStorage(folder)).store, dispose: remove };
});
