/** The disk is full or the data are locked at the worst moments of an attempt: a clear error, nothing lost, nothing sent twice. */
import { VitaleError } from '../../../src/teletrans/domain/errors';
import type { Store } from '../../../src/teletrans/store/port';
import { sampleInvoices } from '../../support/invoices';
import { openRig, type Rig } from '../../support/practice-rig';

let rig: Rig;
/** Transactions fail with this code while it is set. */
let fault: string | null = null;
const faulty = (store: Store): Store => ({
  transaction: (work) => (fault === null ? store.transaction(work) : Promise.reject(new VitaleError(fault))),
  read: (work) => store.read(work),
  keyedHash: (text) => store.keyedHash(text),
  expectHandOvers: () => store.expectHandOvers(),
  close: () => store.close(),
});
afterEach(() => rig.close());
beforeEach(() => {
  fault = null;
});

describe.each(['STO-001', 'STO-002'])('with %s', (code) => {
  it('before the attempt can be journalled, no connection is made, and the file leaves later', async () => {
    rig = await openRig({ wrapStore: faulty });
    await rig.app.take(sampleInvoices().find((invoice) => invoice.number === '000000101'));
    fault = code;
    await expect(rig.transmit()).rejects.toMatchObject({ code });
    expect(rig.server.delivered).toEqual([]);
    fault = null;
    expect((await rig.transmit()).result).toBe('sent');
    expect(rig.server.delivered).toHaveLength(1);
  });

  it('when the outcome cannot be saved, this process still knows it: no doubt is made of what was handed over', async () => {
    const sent: number[] = [];
    rig = await openRig({
      wrapStore: faulty,
      sender: {
        send: () => {
          sent.push(1);
          fault = code;
          return Promise.resolve({ outcome: 'HANDED_OVER', phase: 'replied', reply: '250 OK', failure: null });
        },
      },
    });
    await rig.app.take(sampleInvoices().find((invoice) => invoice.number === '000000101'));
    await expect(rig.transmit()).rejects.toMatchObject({ code });
    fault = null;
    expect((await rig.transmit()).files).toEqual([]);
    expect((await rig.app.overview()).files[0]).toMatchObject({ state: 'HANDED_OVER', attempts: 1 });
    expect(sent).toHaveLength(1);
  });
});
