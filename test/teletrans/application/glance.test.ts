/** The glance says the same of the day as the whole overview, whatever happened. */
import { glanceOf } from '../../../src/teletrans/application/glance';
import { PART_STATES } from '../../../src/teletrans/domain/states';
import { answer } from '../../support/arl-maker';
import { sampleInvoices } from '../../support/invoices';
import { openRig, sha256, type Rig } from '../../support/practice-rig';

let rig: Rig;
beforeEach(async () => {
  rig = await openRig();
});
afterEach(() => rig.close());

const agree = async (): Promise<void> => {
  // The clock of the rig stands still.
  expect(await rig.app.glance()).toEqual(glanceOf(await rig.app.overview()));
};

/** The insurer answers every file that was delivered. */
async function answerAll(wish: Parameters<typeof answer>[2]): Promise<void> {
  const { files } = await rig.app.overview();
  for (const message of rig.server.delivered) {
    const { id = '' } = files.find((file) => file.sha256 === sha256(message.bytes)) ?? {};
    const stored = await rig.store.read((session) => session.files.get(id));
    if (stored !== null) rig.server.post(answer(message.bytes, stored.compostage, wish));
  }
}

it('through a day: nothing, ready, sent, acknowledged', async () => {
  await agree();
  for (const invoice of sampleInvoices()) await rig.app.take(invoice);
  await agree();
  await rig.transmit();
  await agree();
  await answerAll({});
  await rig.app.collect(() => undefined);
  await agree();
});

it('when an FSE waits for its DRE, and when the DRE has come or has even gone', async () => {
  const all = sampleInvoices();
  const dre = all.filter(({ kind }) => kind === 'DRE');
  for (const invoice of all.filter(({ kind }) => kind === 'FSE')) await rig.app.take(invoice);
  await agree();
  for (const invoice of dre) await rig.app.take(invoice);
  await agree();
  const [first] = (await rig.app.overview()).invoices.filter(({ kind }) => kind === 'DRE');
  await rig.store.transaction((session) => session.invoices.update(first!.id, { amcState: 'PAID' }));
  await agree();
});

it.each(PART_STATES)('with an invoice in the state %s, in one part or both', async (state) => {
  for (const invoice of sampleInvoices()) await rig.app.take(invoice);
  const { invoices } = await rig.app.overview();
  const set = (at: number, change: object): Promise<void> =>
    rig.store.transaction((session) => session.invoices.update(invoices[at]!.id, change));
  await set(0, invoices[0]!.amo === null ? { amcState: state } : { amoState: state });
  const both = invoices.findIndex(({ amo, amc }, at) => at > 0 && amo !== null && amc !== null);
  if (both > 0) await set(both, { amcState: state });
  if (both > 0) await set(both, { held: { code: 'RET-003', details: { libelle: 'ESSAI' } } });
  await agree();
});
