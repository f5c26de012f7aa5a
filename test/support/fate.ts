/** A process that dies at one of its effects, chosen by number: what it has done is done, and after that nothing works any more. */
import type { FrozenMessages, Store } from '../../src/teletrans/store/port';

export class Death extends Error {}

/** Counts the effects of a process, and kills it at one of them. */
export class Fate {
  private steps = 0;
  dead = false;
  /** @param killAt 1 for the first effect; 0 for one that lives. */
  constructor(private readonly killAt: number) {}

  step(): void {
    if (this.dead) throw new Death();
    this.steps += 1;
    if (this.steps !== this.killAt) return;
    this.dead = true;
    throw new Death();
  }

  /** The process may die before it and after it. */
  async around<T>(effect: () => Promise<T>): Promise<T> {
    this.step();
    const result = await effect();
    this.step();
    return result;
  }
}

export const mortalStore = (store: Store, fate: Fate): Store => ({
  transaction: (work) => fate.around(() => store.transaction(work)),
  read: (work) => store.read(work),
  keyedHash: (text) => store.keyedHash(text),
  expectHandOvers: () => store.expectHandOvers(),
  close: () => store.close(),
});

export const mortalFrozen = (frozen: FrozenMessages, fate: Fate): FrozenMessages => ({
  write: (id, bytes) => fate.around(() => frozen.write(id, bytes)),
  read: (id) => frozen.read(id),
  exists: (id) => frozen.exists(id),
  remove: (id) => fate.around(() => frozen.remove(id)),
});
