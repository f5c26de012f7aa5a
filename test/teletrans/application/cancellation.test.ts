/** A transmission that a person cancels: nothing left, nothing lost, and it can be started again. */
import { Cancellation } from '../../../src/teletrans/application/cancellation';
import type { Progress } from '../../../src/teletrans/application/port';
import { sampleInvoices } from '../../support/invoices';
import { openRig, type Rig } from '../../support/practice-rig';

let rig: Rig;
beforeEach(async () => {
  rig = await openRig();
  for (const invoice of sampleInvoices()) await rig.app.take(invoice);
});
afterEach(() => rig.close());

const DUPONT = '999000011';

/** Transmits and asks to cancel at this step; how it ended. */
async function cancelAt(step: Progress['step']): Promise<{ code: string; refused: string | null }> {
  const cancellation = new Cancellation();
  let refused: string | null = null;
  await rig.app.openCard(Buffer.from('1234'), false);
  const ended = await rig.app
    .transmit(
      { practitioner: DUPONT, situation: null },
      (progress) => {
        if (progress.step !== step || cancellation.asked || refused !== null) return;
        try {
          cancellation.ask();
        } catch (error) {
          refused = (error as { code: string }).code;
        }
      },
      cancellation,
    )
    .then(
      ({ result }) => result,
      (error: unknown) => (error as { code: string }).code,
    );
  return { code: ended, refused };
}

it.each(['collecting', 'checking', 'grouping'] as const)(
  'that is cancelled while %s seals and sends nothing, and all of it leaves the next time',
  async (step) => {
    expect(await cancelAt(step)).toEqual({ code: 'TRA-043', refused: null });
    expect(rig.server.delivered).toEqual([]);
    const { lots, files } = await rig.app.overview();
    expect(files).toEqual([]);
    expect(lots.filter(({ state }) => state !== 'NUMBERED')).toEqual([]);
    expect(rig.app.openedCard()).toBeNull();

    const before = await rig.app.preflight({ practitioner: DUPONT, situation: null });
    const report = await rig.transmit(DUPONT);
    expect(report.result).toBe('sent');
    const sent = report.files.flatMap((file) => file.lots.flatMap((lot) => lot.invoices));
    expect(sent).toHaveLength(before.invoices);
    expect(new Set(sent).size).toBe(sent.length);
    // What was numbered keeps its number: no number is used for nothing.
    const after = (await rig.app.overview()).lots.map(({ id, number }) => `${id} ${number}`);
    expect(after).toEqual(expect.arrayContaining(lots.map(({ id, number }) => `${id} ${number}`)));
  },
);

it.each(['sealing', 'freezing', 'sending'] as const)('cannot be cancelled any more while %s: it goes to its end', async (step) => {
  expect(await cancelAt(step)).toEqual({ code: 'sent', refused: 'TRA-044' });
});
