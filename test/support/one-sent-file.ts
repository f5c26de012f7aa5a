/** One invoice sent in one file, and what the insurer answers to it: where the tests of the tray begin. */
import type { SendOutcome } from '../../src/teletrans/network/port';
import { answer, type ArlWish } from './arl-maker';
import { sampleInvoices } from './invoices';
import type { Rig } from './practice-rig';

/** The server refuses the message after its bytes: for us it never left. */
export const REFUSED: SendOutcome = { outcome: 'PERM_FAILED', phase: 'dot-sent', reply: '554', failure: 'TRA-005' };

/** @param answers of the mail server; it takes the message when left out. @returns the file. */
export async function sendOne(rig: Rig, answers: SendOutcome[] = []): Promise<{ readonly id: string; readonly compostage: string }> {
  await rig.app.take(sampleInvoices().find((invoice) => invoice.number === '000000101'));
  rig.server.answers = answers;
  await rig.transmit();
  const [file] = await rig.store.read((session) => session.files.list());
  return file!;
}

/** Posts an ARL for the first message and fetches it. */
export async function answerFirst(rig: Rig, compostage: string, wish: ArlWish): Promise<void> {
  rig.server.post(answer(rig.server.delivered[0]!.bytes, compostage, wish));
  await rig.app.collect(() => undefined);
}
