import { asPcscError, type BoundReader } from './binding';
import type { PcscCard } from './transport';

/** The longest answer of a command without extended length, and of a control. */
const MOST = 258;

/** The package wants callbacks; whatever it hands over stays referenced until it has answered, which it does not see to itself. */
function ask<T>(held: readonly unknown[], call: (done: (error: Error | null | undefined, value: T) => void) => void): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    call((error, value) => {
      if (held.length > 0 && (error === null || error === undefined)) resolve(value);
      else reject(asPcscError(error));
    });
  });
}

/**
 * A reader to talk through, apart from the one that watches it: the package holds one lock for both, and a change of state during an entry on the
 * keypad would stop the whole program until its end.
 */
export function makeTalker(watched: BoundReader): BoundReader {
  const Reader = watched.constructor as new (name: string) => BoundReader;
  return new Reader(watched.name);
}

/** A card of the package. */
export class PcscliteCard implements PcscCard {
  private constructor(
    private readonly talker: BoundReader,
    private readonly protocol: number,
    private readonly onLost: () => void,
  ) {}

  /** @param onLost called when the talker is not to be used again. Errors: PcscError. */
  static async connect(talker: BoundReader, mode: 'shared' | 'exclusive', onLost: () => void): Promise<PcscliteCard> {
    const options = {
      share_mode: mode === 'exclusive' ? talker.SCARD_SHARE_EXCLUSIVE : talker.SCARD_SHARE_SHARED,
      protocol: talker.SCARD_PROTOCOL_T0 | talker.SCARD_PROTOCOL_T1,
    };
    const protocol = await ask<number>([talker], (done) => talker.connect(options, done));
    return new PcscliteCard(talker, protocol, onLost);
  }

  transmit(command: Buffer): Promise<Buffer> {
    return ask<Buffer>([command], (done) => this.talker.transmit(command, MOST, this.protocol, done));
  }

  control(code: number, data: Buffer): Promise<Buffer> {
    return ask<Buffer>([data], (done) => this.talker.control(data, code, MOST, done));
  }

  async disconnect(card: 'reset' | 'leave'): Promise<void> {
    const disposition = card === 'reset' ? this.talker.SCARD_RESET_CARD : this.talker.SCARD_LEAVE_CARD;
    try {
      await ask<undefined>([this], (done) => this.talker.disconnect(disposition, done));
    } catch {
      // The card, the reader or the service has gone: there is nothing left to leave.
      this.onLost();
    }
  }
}
