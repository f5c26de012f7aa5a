/** What every engine of the store must do (src/teletrans/store/port.ts). Each engine's test file calls {@link describeStore} with its own way of opening. */
import type { Store } from '../../../src/teletrans/store/port';
import { describeInvoices } from './contract-invoices';
import { describeLists } from './contract-lists';
import { describeTransactions } from './contract-transactions';
import { describeTransport } from './contract-transport';

/** A place of its own where stores are opened on the same data, one after the other or at the same time. */
export interface StorePlace {
  open(): Promise<Store>;
  dispose(): Promise<void>;
}

/** @param prepare a new empty place for each test. */
export function describeStore(name: string, prepare: () => Promise<StorePlace>): void {
  describe(`the store on ${name}`, () => {
    let place: StorePlace;
    let store: Store;
    const opened: Store[] = [];
    const open = async (): Promise<Store> => {
      const another = await place.open();
      opened.push(another);
      return another;
    };

    beforeEach(async () => {
      place = await prepare();
      store = await open();
    });
    afterEach(async () => {
      for (const one of opened.splice(0)) await one.close();
      await place.dispose();
    });

    describeTransactions(() => store, open);
    describeInvoices(() => store);
    describeTransport(() => store);
    describeLists(() => store);
  });
}
