/** Passwords typed in the window, each in a file of its own that only the user can read (contract § 2). A new one never overwrites another. */
import { randomBytes } from 'node:crypto';
import { chmod, mkdir, readdir, rm } from 'node:fs/promises';
import * as path from 'node:path';
import type { MailServerName, SecretFiles } from '../../settings/port';
import { STORE_FILES } from '../names';
import { writeDurably } from './durable-write';
import { asStoreError, errnoOf } from './errors';

const NAME = /^(smtp|pop3)-[0-9a-f]{12}$/;

export class SecretFolder implements SecretFiles {
  /** @param home absolute path of the data folder. */
  constructor(private readonly home: string) {}

  async keep(server: MailServerName, password: string): Promise<string> {
    const name = `${server}-${randomBytes(6).toString('hex')}`;
    try {
      await mkdir(this.folder, { recursive: true, mode: 0o700 });
      await chmod(this.folder, 0o700);
      await writeDurably(path.join(this.folder, name), Buffer.from(password, 'utf8'));
      return `${STORE_FILES.secrets}/${name}`;
    } catch (error) {
      throw asStoreError(error);
    }
  }

  isOurs(file: string): boolean {
    const [folder, name, ...more] = file.split('/');
    return folder === STORE_FILES.secrets && NAME.test(name ?? '') && more.length === 0;
  }

  async sweep(named: ReadonlySet<string>): Promise<void> {
    try {
      for (const name of await readdir(this.folder))
        if (NAME.test(name) && !named.has(`${STORE_FILES.secrets}/${name}`)) await rm(path.join(this.folder, name), { force: true });
    } catch (error) {
      if (errnoOf(error) !== 'ENOENT') throw asStoreError(error);
    }
  }

  private get folder(): string {
    return path.join(this.home, STORE_FILES.secrets);
  }
}
