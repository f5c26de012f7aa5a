import { setTimeout as sleep } from 'node:timers/promises';
import type { Store, StoreSession } from '../../../src/teletrans/store/port';
import { aLot, anEntry, anInvoice, anInvoiceBody } from './samples';

const insert = (session: StoreSession, change: Parameters<typeof anInvoice>[0] = {}): Promise<void> => {
  const invoice = anInvoice(change);
  return session.invoices.insert(invoice, anInvoiceBody(invoice.number));
};
const count = (store: Store): Promise<number> => store.read(async (session) => (await session.invoices.list()).length);

export function describeTransactions(current: () => Store, open: () => Promise<Store>): void {
  describe('transactions', () => {
    it('keeps what a transaction wrote when the store is opened again', async () => {
      const invoice = anInvoice();
      await current().transaction((session) => session.invoices.insert(invoice, anInvoiceBody(invoice.number)));
      await current().close();
      const again = await open();
      expect(await again.read((session) => session.invoices.get(invoice.id))).toEqual(invoice);
      expect(await again.read((session) => session.invoices.body(invoice.id))).toEqual(anInvoiceBody(invoice.number));
    });

    it('gives the result of the work', async () => {
      expect(await current().transaction(() => Promise.resolve('done'))).toBe('done');
    });

    it('keeps nothing of a transaction whose work fails, and passes its error on', async () => {
      const failure = new Error('the work failed');
      await expect(
        current().transaction(async (session) => {
          await insert(session);
          await session.counters.next('lot', 1, 999);
          await session.journal.append(anEntry());
          throw failure;
        }),
      ).rejects.toBe(failure);
      expect(await count(current())).toBe(0);
      await current().read(async (session) => {
        expect(await session.counters.value('lot')).toBeNull();
        expect(await session.journal.last(10)).toEqual([]);
        expect(await session.invoices.countByState()).toEqual([]);
      });
    });

    it('keeps nothing of a transaction in which a write failed, even when the work swallowed the error', async () => {
      const invoice = anInvoice();
      await expect(
        current().transaction(async (session) => {
          await insert(session);
          await session.invoices.insert(invoice, anInvoiceBody(invoice.number));
          await session.invoices.insert(invoice, anInvoiceBody(invoice.number)).catch(() => undefined);
        }),
      ).rejects.toThrow();
      expect(await count(current())).toBe(0);
    });

    it('runs the transactions of one program one after the other, in the order asked', async () => {
      const seen: string[] = [];
      await Promise.all(
        ['a', 'b', 'c'].map((name, i) =>
          current().transaction(async (session) => {
            seen.push(`${name} in`);
            await sleep(10 - 4 * i);
            await session.counters.next('order', 1, 100);
            seen.push(`${name} out`);
          }),
        ),
      );
      expect(seen).toEqual(['a in', 'a out', 'b in', 'b out', 'c in', 'c out']);
    });

    it('goes on after a transaction that failed', async () => {
      const first = current().transaction(() => Promise.reject(new Error('no')));
      const second = current().transaction((session) => insert(session));
      await expect(first).rejects.toThrow('no');
      await second;
      expect(await count(current())).toBe(1);
    });

    it('takes turns with another opening of the same data, losing no change', async () => {
      const other = await open();
      const rounds = Array.from({ length: 20 }, (_, i) => (i % 2 === 0 ? current() : other));
      const values = await Promise.all(
        rounds.map((store) =>
          store.transaction(async (session) => {
            const value = await session.counters.next('shared', 1, 999);
            await sleep(1);
            return value;
          }),
        ),
      );
      expect(new Set(values).size).toBe(20);
      expect(await current().read((session) => session.counters.value('shared'))).toBe(20);
    });

    it('refuses to open a session inside another one', async () => {
      const store = current();
      const nothing = (): Promise<null> => Promise.resolve(null);
      await expect(store.transaction(() => store.transaction(nothing))).rejects.toThrow('open already');
      await expect(store.transaction(() => store.read(nothing))).rejects.toThrow('open already');
      await expect(store.read(() => store.transaction(nothing))).rejects.toThrow('open already');
      await store.transaction(nothing);
    });

    it('lets what a work left running open a session once the work is over', async () => {
      const store = current();
      let later: Promise<number> = Promise.resolve(-1);
      await store.transaction(async (session) => {
        later = sleep(20).then(() => count(store));
        await insert(session);
      });
      expect(await later).toBe(1);
    });

    it('refuses a session used after its end', async () => {
      let kept: StoreSession | null = null;
      await current().transaction((session) => {
        kept = session;
        return Promise.resolve();
      });
      await expect(insert(kept as unknown as StoreSession)).rejects.toThrow('over');
      expect(await count(current())).toBe(0);
    });

    it('refuses work once closed', async () => {
      await current().close();
      await expect(current().transaction(() => Promise.resolve())).rejects.toThrow('closed');
      await expect(current().read(() => Promise.resolve())).rejects.toThrow('closed');
    });

    it('lets what is under way end before it closes', async () => {
      const store = current();
      const slow = store.transaction(async (session) => {
        await sleep(30);
        await insert(session);
      });
      const looking = store.read(async (session) => {
        await sleep(30);
        return (await session.invoices.list()).length;
      });
      await store.close();
      await expect(slow).resolves.toBeUndefined();
      await expect(looking).resolves.toBe(0);
    });
  });

  describe('reads', () => {
    it('see one snapshot however long they last, and do not wait for a writer', async () => {
      const store = current();
      await store.transaction((session) => insert(session));
      await store.transaction(async (session) => {
        await insert(session);
        // The writer is in the middle: escape its context, as another request would be.
        expect(await outside(() => count(store))).toBe(1);
      });
      await store.read(async (session) => {
        expect(await session.invoices.list()).toHaveLength(2);
        await outside(() => store.transaction((writing) => insert(writing)));
        expect(await session.invoices.list()).toHaveLength(2);
        expect(await session.invoices.countByState()).toEqual([{ part: 'amo', state: 'READY', count: 2 }]);
      });
      expect(await count(store)).toBe(3);
    });

    it('refuse to write', async () => {
      await expect(current().read((session) => insert(session))).rejects.toThrow('must not write');
      await expect(current().read((session) => session.counters.next('lot', 1, 2))).rejects.toThrow('must not write');
      await expect(current().read((session) => session.lots.insert(aLot()))).rejects.toThrow('must not write');
    });

    it('run many at the same time', async () => {
      await current().transaction((session) => insert(session));
      const counts = await Promise.all(
        Array.from({ length: 50 }, () =>
          current().read(async (session) => {
            await sleep(2);
            return (await session.invoices.list()).length;
          }),
        ),
      );
      expect(counts).toEqual(Array.from({ length: 50 }, () => 1));
    });
  });

  describe('keyed hashes', () => {
    it('are the same for the same text of the same data, whenever they are computed', async () => {
      const first = current().keyedHash('FSE 000000101');
      const other = await open();
      expect(other.keyedHash('FSE 000000101')).toBe(first);
      expect(first).toMatch(/^[0-9a-f]{64}$/);
      expect(other.keyedHash('FSE 000000102')).not.toBe(first);
    });
  });
}

/** Runs `work` as an unrelated request would: not inside the session that is open here. */
function outside<T>(work: () => Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    outsideQueue.push(() => work().then(resolve, reject));
  });
}
const outsideQueue: (() => Promise<unknown>)[] = [];
let outsideTimer: NodeJS.Timeout;
beforeAll(() => {
  outsideTimer = setInterval(() => void outsideQueue.shift()?.(), 1);
});
afterAll(() => clearInterval(outsideTimer));
