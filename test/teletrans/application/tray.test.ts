/** Returns that belong to nothing we know: shown with what they may answer, attached by a person, never lost. */
import type { SendOutcome } from '../../../src/teletrans/network/port';
import type { ArlWish } from '../../support/arl-maker';
import { sampleInvoices } from '../../support/invoices';
import { answerFirst, REFUSED, sendOne } from '../../support/one-sent-file';
import { openRig, type Rig } from '../../support/practice-rig';

const SAYS = { by: 'Claire Dupont', reason: 'la caisse confirme par téléphone' };

let rig: Rig;
beforeEach(async () => {
  rig = await openRig();
});
afterEach(() => rig.close());

const sent = (answers: SendOutcome[] = []): ReturnType<typeof sendOne> => sendOne(rig, answers);
const post = (compostage: string, wish: ArlWish): Promise<void> => answerFirst(rig, compostage, wish);
const state = async (): Promise<string> => (await rig.app.overview()).invoices[0]!.state;

it('an ARL whose file date is wrong is shown with the file it may answer, and why it does not fit', async () => {
  const { id, compostage } = await sent();
  await post(compostage, { change: { ackedFileDate: '2026-11-01' } });
  const [entry] = await rig.app.tray();
  expect(entry).toMatchObject({ kind: 'ARL', state: 'unmatched', code: 'RET-005', candidates: [{ fileId: id }] });
  expect(entry!.candidates[0]!.fits.filter(({ fits }) => !fits)).toEqual([
    { label: 'date du fichier', fits: false, said: '2026-11-01', ours: '2026-11-20' },
  ]);
});

it('a person attaches it: it is applied once, and the decision is kept with what was shown', async () => {
  const { id, compostage } = await sent();
  await post(compostage, { change: { ackedFileDate: '2026-11-01' } });
  const [entry] = await rig.app.tray();
  await expect(rig.app.attachReturn(entry!.id, id, { by: '', reason: '' })).rejects.toMatchObject({ code: 'DEC-001' });
  await rig.app.attachReturn(entry!.id, id, SAYS);
  expect(await state()).toBe('ACKED');
  expect(await rig.app.tray()).toEqual([]);
  const [decision] = await rig.store.read((session) => session.decisions.of(entry!.id));
  expect(decision).toMatchObject({ kind: 'attach-return', ...SAYS });
  expect(decision!.stated.join(' ')).toContain('date du fichier');
  await expect(rig.app.attachReturn(entry!.id, id, SAYS)).rejects.toMatchObject({ code: 'DEC-003' });
  // The same ARL again changes nothing.
  await post(compostage, { change: { ackedFileDate: '2026-11-01' } });
  expect(await rig.app.tray()).toEqual([]);
});

it('an answer to a file that for us never left is applied to it by a person, who thereby says that it did', async () => {
  const { id, compostage } = await sent([REFUSED]);
  await post(compostage, {});
  const [entry] = await rig.app.tray();
  expect(entry).toMatchObject({ code: 'RET-007', candidates: [{ fileId: id }] });
  await rig.app.attachReturn(entry!.id, id, SAYS);
  expect(await state()).toBe('ACKED');
  expect((await rig.app.overview()).files[0]).toMatchObject({ state: 'ACKED', attempts: 2 });
});

it('an answer that says the opposite of an earlier one is not applied, whoever asks', async () => {
  const { id, compostage } = await sent();
  await post(compostage, {});
  await post(compostage, { lots: { '001': 'L004' }, arlFileId: '000002' });
  const [entry] = await rig.app.tray();
  await expect(rig.app.attachReturn(entry!.id, id, SAYS)).rejects.toMatchObject({ code: 'RET-007' });
  expect(await state()).toBe('ACKED');
  expect(await rig.app.tray()).toHaveLength(1);
  expect(await rig.store.read((session) => session.decisions.of(entry!.id))).toEqual([]);
});

it('it cannot be attached to a file it has nothing in common with', async () => {
  const { compostage } = await sent();
  await post(compostage, { change: { ackedFileDate: '2026-11-01' } });
  await rig.app.take(sampleInvoices().find((invoice) => invoice.number === '000000102'));
  await rig.transmit();
  const other = (await rig.store.read((session) => session.files.list()))[1]!;
  const [entry] = await rig.app.tray();
  await expect(rig.app.attachReturn(entry!.id, other.id, SAYS)).rejects.toMatchObject({ code: 'RET-050' });
});

it('a mail nobody can read is listed with what to do and can be taken out as it came; nothing of it is deleted', async () => {
  rig.server.post(Buffer.from('a letter to the dentist'));
  await rig.app.collect(() => undefined);
  const [entry] = await rig.app.tray();
  expect(entry).toMatchObject({ state: 'quarantined', code: 'TRA-014', candidates: [] });
  expect((await rig.app.trayMail(entry!.id)).toString()).toBe('a letter to the dentist');
  expect(rig.server.mailbox).toHaveLength(1);
});
