import type { Rule } from '../../../src/demonstration/insurer/scenario';
import { sampleFile } from './b2-sample';
import { CPAM, Rig } from './rig';

const two = sampleFile({ lots: [{ number: '007' }, { number: '008', invoices: [{ number: '000000102' }, { number: '000000103' }] }] });
const one = sampleFile({ lots: [{ number: '007' }] });

describe('what the insurer can play', () => {
  let rig: Rig;
  const play = async (...rules: Rule[]): Promise<void> => {
    rig = await Rig.start({ rules, timeouts: 1500 });
  };
  const codes = async (): Promise<readonly string[][]> =>
    (await rig.arls()).map((arl) =>
      arl.results.map((result) => [result.level, result.lotNumber, result.invoiceNumber, result.code].filter(Boolean).join(' ')),
    );

  afterEach(() => rig.stop());

  it('refuses a whole file', async () => {
    await play({ do: { play: 'negative-file', code: 'F002' } });
    await rig.send(two);
    expect(await codes()).toEqual([['file F002']]);
    expect(await rig.received()).toMatchObject([{ verdict: 'refused', lots: [] }]);
  });

  it('refuses one lot and accepts the other, counting the fees of the accepted one only', async () => {
    await play({ when: { lot: '007' }, do: { play: 'negative-lot', code: 'L004' } });
    await rig.send(two);
    const [arl] = await rig.arls();
    expect(arl?.results.map(({ code }) => code)).toEqual(['0000', 'L004', '0000']);
    expect(arl?.acceptedFees).toBe(62600);
  });

  it('refuses one invoice, which refuses its lot', async () => {
    await play({ when: { invoice: '000000103' }, do: { play: 'negative-invoice', code: 'I002' } });
    await rig.send(two);
    expect(await codes()).toEqual([['file 0000', 'lot 007 0000', 'lot 008 L008', 'invoice 008 000000103 I002']]);
  });

  it('asks to wait, for a file and for a lot', async () => {
    await play(
      { when: { nth: 1 }, do: { play: 'notice', level: 'file' } },
      { when: { nth: 2, lot: '008' }, do: { play: 'notice', level: 'lot' } },
    );
    await rig.send(one);
    await rig.send(sampleFile({ fileId: '000043', lots: [{ number: '008', invoices: [{ number: '000000201' }] }] }));
    const [first, second] = await rig.arls();
    expect(first?.results.map(({ level, class: kind }) => `${level} ${kind}`)).toEqual(['file notice', 'lot positive']);
    expect(second?.results.map(({ code }) => code)).toEqual(['0000', 'W001']);
    expect((await rig.received()).map(({ verdict }) => verdict)).toEqual(['suspended', 'suspended']);
  });

  it('answers late, and only the file the rule names', async () => {
    await play({ when: { nth: 1 }, do: { play: 'late', delayMs: 3000 } });
    await rig.send(one);
    await rig.send(sampleFile({ fileId: '000043', lots: [{ number: '008', invoices: [{ number: '000000201' }] }] }));
    expect((await rig.arls()).map((arl) => arl.ackedFileId)).toEqual(['000043']);
    let late: (string | null)[] = [];
    while (late.length === 0) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      late = (await rig.arls()).map((arl) => arl.ackedFileId);
    }
    expect(late).toEqual(['000042']);
  });

  it('loses its answer', async () => {
    await play({ do: { play: 'lost' } });
    await rig.send(one);
    expect(await rig.collect()).toEqual([]);
    expect(await rig.received()).toMatchObject([{ verdict: 'accepted' }]);
  });

  it('answers twice with the same bytes', async () => {
    await play({ do: { play: 'duplicated' } });
    await rig.send(one);
    const [first, second, ...others] = await rig.collect();
    expect(first).toEqual(second);
    expect(others).toEqual([]);
  });

  it('answers before it replies to the SMTP client', async () => {
    await play({ do: { play: 'before-reply' } }, { do: { play: 'smtp-hang-after-dot', ms: 60_000 } });
    expect(await rig.send(one)).toMatchObject({ outcome: 'UNCERTAIN', failure: 'TRA-007' });
    expect(await codes()).toEqual([['file 0000', 'lot 007 0000']]);
  });

  it('speaks of a lot nobody sent', async () => {
    await play({ do: { play: 'unknown-lot' } });
    const { compostage } = await rig.build(one);
    await rig.send(one, { compostage });
    const [arl] = await rig.arls();
    expect(arl?.compostage).not.toBe(compostage);
    expect(arl?.ackedFileId).not.toBe('000042');
    expect(arl?.results[1]?.lotNumber).not.toBe('007');
  });

  it('sends a truncated ARL, which nobody may believe', async () => {
    await play({ do: { play: 'truncated' } });
    await rig.send(one);
    await expect(rig.arls()).rejects.toThrow();
  });

  it.each([
    ['greeting', 421, 'TEMP_FAILED', 'TRA-003', 'connected'],
    ['greeting', 554, 'PERM_FAILED', 'TRA-005', 'connected'],
    ['mail', 452, 'TEMP_FAILED', 'TRA-003', 'envelope'],
    ['rcpt', 550, 'PERM_FAILED', 'TRA-004', 'envelope'],
    ['dot', 451, 'TEMP_FAILED', 'TRA-003', 'replied'],
    ['dot', 552, 'PERM_FAILED', 'TRA-006', 'replied'],
    ['dot', 554, 'PERM_FAILED', 'TRA-005', 'replied'],
  ] as const)('refuses at the %s with %i', async (step, code, outcome, failure, phase) => {
    await play({ do: { play: 'smtp-refuse', step, code }, times: 1 });
    const sent = await rig.send(one);
    expect(sent).toMatchObject({ outcome, failure, phase });
    expect(sent.reply).toContain(String(code));
    expect(await rig.received()).toEqual([]);
    expect(await rig.send(one)).toMatchObject({ outcome: 'HANDED_OVER' });
  });

  it('cuts after the dot and keeps the mail: the sender is in doubt, the same bytes again are booked once', async () => {
    await play({ do: { play: 'smtp-cut-after-dot' }, times: 1 });
    const { bytes } = await rig.build(one);
    expect(await rig.hand(bytes)).toMatchObject({ outcome: 'UNCERTAIN', failure: 'TRA-007', phase: 'dot-sent' });
    expect(await rig.hand(bytes)).toMatchObject({ outcome: 'HANDED_OVER' });
    const [first, second] = await rig.collect();
    expect(second).toEqual(first);
    expect((await rig.received()).map(({ verdict, messageId }) => [verdict, messageId])).toEqual([
      ['accepted', '<2026112310000000001@practice.test.invalid>'],
      ['duplicate', '<2026112310000000001@practice.test.invalid>'],
    ]);
  });

  it('plays other rules when told to', async () => {
    await play({ do: { play: 'lost' } });
    rig.insurer.play([{ when: { recipient: CPAM, practitioner: '999000011' }, do: { play: 'negative-lot', code: 'L002' } }]);
    await rig.send(one);
    expect(await codes()).toEqual([['file 0000', 'lot 007 L002']]);
  });

  it('takes up after a stop what it had not answered yet', async () => {
    await play({ do: { play: 'late', delayMs: 300 } });
    await rig.send(one);
    const { home } = rig;
    await rig.stop(true);
    await new Promise((resolve) => setTimeout(resolve, 350));
    rig = await Rig.start({ home });
    expect(await codes()).toEqual([['file 0000', 'lot 007 0000']]);
    await rig.send(one);
    expect((await rig.received()).map(({ verdict }) => verdict)).toEqual(['accepted', 'duplicate']);
  });
});
