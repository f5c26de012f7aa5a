import { createHash } from 'node:crypto';
import { Rig } from './rig';
import { sampleFile, sha256 } from './b2-sample';

describe('the insurer, over its sockets', () => {
  let rig: Rig;

  afterEach(() => rig.stop());

  it('reads an encrypted file and answers with a positive ARL', async () => {
    rig = await Rig.start();
    const b2 = sampleFile({ lots: [{ number: '007' }] });
    expect(sha256(b2)).toBe('3d8ae486049d472bcb6acb37083a14541a18a2307446be79bc4c0178b84a1293');
    const built = await rig.build(b2, { compostage: '2026112309304100042' });
    expect(built.encrypted).toBe(true);
    expect(await rig.hand(built.bytes)).toMatchObject({ outcome: 'HANDED_OVER', phase: 'replied', failure: null });
    const [content, ...others] = await rig.collect();
    expect(others).toEqual([]);
    expect(content).toMatchObject({ kind: 'ARL', description: 'ARLTEST/0' });
    expect(await rig.received()).toMatchObject([
      {
        verdict: 'accepted',
        encrypted: true,
        compostage: '2026112309304100042',
        messageId: '<2026112309304100042@practice.test.invalid>',
        sha256: sha256(b2),
        lots: [{ billingNumber: '999000011', number: '007', invoices: ['000000101'], code: '0000' }],
      },
    ]);
    // spec/arl.md § 3.7 A, but for the number this front end gives its first ARL
    const bytes = content?.kind === 'ARL' ? content.bytes : Buffer.alloc(0);
    const asPrinted = bytes.toString('latin1').replaceAll('ZZ000001', 'ZZ000017');
    expect(createHash('sha256').update(asPrinted, 'latin1').digest('hex')).toBe(
      '22112f2084011f0140b372b449fc55c6da066dbd48d28e1567c32a46d9f893fd',
    );
  });
});
