import type { PcscTransport } from '../pcsc/transport';

/** SELECT of the directory of payment applications, which a bank card answers (EMV book 1, § 12.2.2). */
const SELECT_PAYMENT = Buffer.from('00A404000E315041592E5359532E444446303100', 'hex');

/** What a card is whose ATR nobody knows: CPS-026 a bank card, CPS-020 none that can be named. It is asked one harmless question. */
export async function nameUnknownCard(transport: PcscTransport, reader: string): Promise<'CPS-020' | 'CPS-026'> {
  try {
    const card = await transport.connect(reader, 'shared');
    try {
      const answer = await card.transmit(SELECT_PAYMENT);
      const first = answer.at(-2);
      return first === 0x90 || first === 0x61 ? 'CPS-026' : 'CPS-020';
    } finally {
      await card.disconnect('leave');
    }
  } catch {
    // Mute, held by another program, gone: it stays unknown.
    return 'CPS-020';
  }
}
