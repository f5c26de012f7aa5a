import { readdir } from 'node:fs/promises';
import * as path from 'node:path';
import { VitaleError } from '../../domain/errors';
import { errnoOf } from '../../store/files/errors';
import type { CardHolder, VirtualReaderControl } from '../port';
import { readCardFile, wipeCardFile } from './card-file';
import type { CardSlot } from './slot';

/** Puts card files of the practice in the virtual reader and takes them out. */
export class VirtualReaderDesk implements VirtualReaderControl {
  /**
   * @param cardFolder absolute path of the folder of cards; its parent is the data folder.
   * @param setCurrentCard remembers the card in the reader (path relative to the data folder, `/` between names), null when it is empty.
   */
  constructor(
    private readonly slot: CardSlot,
    private readonly cardFolder: string,
    private readonly setCurrentCard: (card: string | null) => Promise<void> | void,
  ) {}

  async cards(): Promise<readonly { readonly file: string; readonly holder: CardHolder }[]> {
    const names = await readdir(this.cardFolder).catch((error: unknown) => {
      if (errnoOf(error) === 'ENOENT') return [];
      throw error;
    });
    const found: { file: string; holder: CardHolder }[] = [];
    for (const name of names.filter((one) => one.endsWith('.json')).sort()) {
      const card = await readCardFile(path.join(this.cardFolder, name)).catch(() => null);
      if (card === null) continue;
      const { lastName, firstName, rpps, profession } = card.content.holder;
      found.push({ file: `${path.basename(this.cardFolder)}/${name}`, holder: { lastName, firstName, rpps, profession } });
      wipeCardFile(card);
    }
    return found;
  }

  /** Errors: CPS-020 when the file is not in the folder of cards. */
  async insert(file: string | null): Promise<void> {
    if (file !== null && !(await this.isCardFile(file))) throw new VitaleError('CPS-020');
    await this.setCurrentCard(file);
    this.slot.changed();
  }

  private async isCardFile(file: string): Promise<boolean> {
    const [folder, name, ...rest] = file.split('/');
    if (folder !== path.basename(this.cardFolder) || name === undefined || rest.length > 0) return false;
    return (await readdir(this.cardFolder).catch((): string[] => [])).includes(name);
  }
}
