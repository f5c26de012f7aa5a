import type { CardReader, VirtualReaderControl } from './port';
import { VirtualReaderDesk } from './virtual/control';
import { VirtualReader } from './virtual/reader';
import { CardSlot } from './virtual/slot';

export interface VirtualReaderSettings {
  /** Absolute path of the folder of cards; its parent is the data folder. */
  readonly cardFolder: string;
  /** Absolute path of the card file in the reader, null when it is empty. Asked at each operation: another program may have changed cards. */
  readonly currentCard: () => Promise<string | null> | string | null;
  /** Remembers the card in the reader: path relative to the data folder, null when it is empty. */
  readonly setCurrentCard: (card: string | null) => Promise<void> | void;
  /** For the validity of certificates made for cards without one. */
  readonly now?: () => Date;
}

/** The virtual reader and what puts cards in it. */
export function createVirtualReader(settings: VirtualReaderSettings): {
  readonly reader: CardReader;
  readonly control: VirtualReaderControl;
} {
  const slot = new CardSlot(settings.currentCard);
  return {
    reader: new VirtualReader(slot, settings.now ?? ((): Date => new Date())),
    control: new VirtualReaderDesk(slot, settings.cardFolder, settings.setCurrentCard),
  };
}
