import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { isVitaleError, VitaleError } from '../../domain/errors';
import { takeProcessLock, type ProcessLock } from '../../store/lock/process-lock';
import { readCardFile, wipeCardFile, type CardFile } from './card-file';

/** A card that is in the slot. */
export interface InsertedCard {
  /** Absolute path. */
  readonly file: string;
  readonly card: CardFile;
  readonly cardId: string;
}

const PATIENCE_MS = 5_000;

async function takeCardLock(file: string): Promise<ProcessLock> {
  const deadline = performance.now() + PATIENCE_MS;
  while (performance.now() < deadline) {
    const lock = takeProcessLock(`${file}.lock`);
    if (lock !== null) return lock;
    await sleep(5 + Math.random() * 20);
  }
  throw new VitaleError('LEC-005');
}

/** The slot of the virtual reader: which card is in it, and exclusive use of that card among programs. */
export class CardSlot {
  /** Counts insertions made through this program: the same card put back is another insertion. */
  private insertions = 0;
  private readonly watchers = new Set<() => void>();

  /** @param currentCard absolute path of the card file in the reader, null when it is empty. */
  constructor(private readonly currentCard: () => Promise<string | null> | string | null) {}

  /** To be called when a card is put in or taken out: what was open before is over. */
  changed(): void {
    this.insertions += 1;
    for (const changed of [...this.watchers]) changed();
  }

  /** Calls `changed` at each change made through this program, until the function it returns is called. */
  watch(changed: () => void): () => void {
    this.watchers.add(changed);
    return () => void this.watchers.delete(changed);
  }

  /**
   * Reads the card in the slot and hands it to `work`, null when there is none; its secrets are wiped afterwards.
   * Errors: CPS-016, CPS-019, CPS-020, CPS-025, STO-006.
   */
  async look<T>(work: (card: InsertedCard | null) => Promise<T> | T): Promise<T> {
    const file = await this.currentCard();
    const card = file === null ? null : await readCardFile(file);
    if (file === null || card === null) return work(null);
    try {
      return await work({ file, card, cardId: this.idOf(file, card) });
    } finally {
      wipeCardFile(card);
    }
  }

  /**
   * The same on the card `cardId` alone, while no other program uses it; null when it is no longer in the slot.
   * Errors: LEC-005 another program keeps the card.
   */
  async exclusively<T>(cardId: string, work: (card: InsertedCard | null) => Promise<T>): Promise<T> {
    const file = await this.currentCard();
    if (file === null) return work(null);
    const lock = await takeCardLock(file);
    try {
      const card = await readCardFile(file).catch((error: unknown) => {
        // Another kind of card stands in its place.
        if (isVitaleError(error) && error.code.startsWith('CPS-')) return null;
        throw error;
      });
      if (card === null) return await work(null);
      try {
        return await work(this.idOf(file, card) === cardId ? { file, card, cardId } : null);
      } finally {
        wipeCardFile(card);
      }
    } finally {
      lock.release();
    }
  }

  private idOf(file: string, { content }: CardFile): string {
    return createHash('sha256')
      .update(JSON.stringify([file, this.insertions, content.atr, content.holder.rpps]))
      .digest('hex')
      .slice(0, 16);
  }
}
