/** Things that are given back: registrations, timers, connections. */

export interface Disposable {
  dispose(): void;
}

/** A {@link Disposable} that runs `action` once, however often it is disposed. */
export function toDisposable(action: () => void): Disposable {
  let done = false;
  return {
    dispose(): void {
      if (done) return;
      done = true;
      action();
    },
  };
}

/** Holds disposables and gives them back together, last come first. What is added after that is given back at once. */
export class DisposableStore implements Disposable {
  readonly #items: Disposable[] = [];
  #disposed = false;

  /** Keeps `item` and returns it. */
  add<T extends Disposable>(item: T): T {
    if (this.#disposed) item.dispose();
    else this.#items.push(item);
    return item;
  }

  get size(): number {
    return this.#items.length;
  }

  /**
   * Gives everything back, also when one of them throws.
   * @throws AggregateError with what was thrown.
   */
  dispose(): void {
    this.#disposed = true;
    const failures: unknown[] = [];
    for (let item = this.#items.pop(); item !== undefined; item = this.#items.pop()) {
      try {
        item.dispose();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw new AggregateError(failures, 'Some things could not be given back');
  }
}
