/** Runs works one after the other, in the order they were asked for; one that fails does not stop the next. */
export class Mutex {
  private last: Promise<unknown> = Promise.resolve();

  run<T>(work: () => Promise<T>): Promise<T> {
    const next = this.last.then(work, work);
    this.last = next.catch(() => undefined);
    return next;
  }

  /** Resolves when every work asked for so far has ended. */
  async idle(): Promise<void> {
    await this.last.catch(() => undefined);
  }
}
