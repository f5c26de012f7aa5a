/** Ties together the events of one call: a click, a request of the window, a document of the host, an automatic turn. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';

const storage = new AsyncLocalStorage<string>();

/** Runs `work`; everything logged inside it, also later in its promises, carries the same new identifier of 8 hexadecimal digits. */
export function correlated<T>(work: () => T): T {
  return storage.run(randomUUID().slice(0, 8), work);
}

/** The running call, to be gone back into where its thread is lost, e.g. once the body of a request has been read. */
export function thisCall(): <T>(work: () => T) => T {
  return AsyncLocalStorage.snapshot();
}

/** The identifier of the call that is running, null outside of any. */
export function correlation(): string | null {
  return storage.getStore() ?? null;
}
