/** Returns nobody can place are put away by decision: kept, applied to nothing, taken back when asked. */
import type { SendOutcome } from '../../../src/teletrans/network/port';
import type { ArlWish } from '../../support/arl-maker';
import { answerFirst, REFUSED, sendOne } from '../../support/one-sent-file';
import { openRig, type Rig } from '../../support/practice-rig';

const SAYS = { by: 'Claire Dupont', reason: 'accusé d’un ancien poste' };

let rig: Rig;
beforeEach(async () => {
  rig = await openRig();
});
afterEach(() => rig.close());

const sent = (answers: SendOutcome[] = []): ReturnType<typeof sendOne> => sendOne(rig, answers);
const post = (compostage: string, wish: ArlWish): Promise<void> => answerFirst(rig, compostage, wish);
async function letter(): Promise<string> {
  rig.server.post(Buffer.from('a letter to the dentist'));
  await rig.app.collect(() => undefined);
  return (await rig.app.tray())[0]!.id;
}
const state = async (): Promise<string> => (await rig.app.overview()).invoices[0]!.state;

it('an ARL of nothing we know is put away with who decided and why, and changes no state', async () => {
  const { compostage } = await sent();
  await post(compostage, { change: { ackedFileDate: '2026-11-01' } });
  const [entry] = await rig.app.tray();
  const before = await state();
  const question = await rig.app.question('file-return', entry!.id);
  expect(question.refused).toBeNull();
  expect(question.lines.join(' ')).toContain('rattachez-le plutôt');
  await expect(rig.app.fileReturn(entry!.id, { by: ' ', reason: '' })).rejects.toMatchObject({ code: 'DEC-001' });
  await rig.app.fileReturn(entry!.id, SAYS);
  expect(await rig.app.tray()).toEqual([]);
  expect(await state()).toBe(before);
  expect((await rig.app.overview()).returns.unmatched).toBe(0);
  expect(await rig.app.filedReturns()).toMatchObject([{ id: entry!.id, kind: 'ARL', ...SAYS }]);
  // Whoever comes second is told, and nothing is decided twice.
  await expect(rig.app.fileReturn(entry!.id, SAYS)).rejects.toMatchObject({ code: 'DEC-003' });
  await expect(rig.app.fileReturn('unknown', SAYS)).rejects.toMatchObject({ code: 'DEC-002' });
  expect(await rig.store.read((session) => session.decisions.of(entry!.id))).toHaveLength(1);
});

it('it is taken back as it was, and attached after all', async () => {
  const { id, compostage } = await sent();
  await post(compostage, { change: { ackedFileDate: '2026-11-01' } });
  const [entry] = await rig.app.tray();
  await rig.app.fileReturn(entry!.id, SAYS);
  await rig.app.takeBackReturn(entry!.id);
  expect(await rig.app.tray()).toEqual([entry]);
  expect(await rig.app.filedReturns()).toEqual([]);
  await expect(rig.app.takeBackReturn(entry!.id)).rejects.toMatchObject({ code: 'DEC-003' });
  await rig.app.attachReturn(entry!.id, id, SAYS);
  expect(await state()).toBe('ACKED');
});

it('a mail nobody can read is put away whole: it can still be taken out as it came, and comes back as unreadable', async () => {
  const id = await letter();
  await rig.app.fileReturn(id, SAYS);
  expect((await rig.app.trayMail(id)).toString()).toBe('a letter to the dentist');
  expect(rig.server.mailbox).toHaveLength(1);
  // The same mail still lies in the mailbox: fetching again brings nothing back.
  await rig.app.collect(() => undefined);
  expect(await rig.app.tray()).toEqual([]);
  await rig.app.takeBackReturn(id);
  expect(await rig.app.tray()).toMatchObject([{ id, state: 'quarantined' }]);
});

it('an answer a file here waits for is not put away: the file would wait for ever, or leave although it had arrived', async () => {
  const { id, compostage } = await sent([REFUSED]);
  await post(compostage, {});
  const [entry] = await rig.app.tray();
  expect((await rig.app.question('file-return', entry!.id)).refused).toMatchObject({ code: 'RET-055' });
  await expect(rig.app.fileReturn(entry!.id, SAYS)).rejects.toMatchObject({ code: 'RET-055' });
  expect(await rig.store.read((session) => session.decisions.of(entry!.id))).toEqual([]);
  await rig.app.attachReturn(entry!.id, id, SAYS);
  expect(await state()).toBe('ACKED');
});
