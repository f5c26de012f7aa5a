/** Cards that answer badly, and the proof that nothing is presented twice: no PC/SC is needed here. */
import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import * as fc from 'fast-check';
import { VitaleError } from '../../../../src/teletrans/domain/errors';
import { CardStatusError } from '../../../../src/teletrans/reader/apdu/channel';
import { readCardCommands } from '../../../../src/teletrans/reader/apdu/card-commands';
import { PcscCardReader } from '../../../../src/teletrans/reader/apdu/reader';
import { PcscError, type PcscCard, type PcscTransport } from '../../../../src/teletrans/reader/pcsc/transport';
import { VirtualCard } from '../../../support/virtual-pcsc/card';
import { CLAIRE_DUPONT, writeCard, type WrittenCard } from '../../../support/virtual-pcsc/card-content';
import { FAMILIES, type Family } from '../../../support/virtual-pcsc/families';

const NAMES: Readonly<Record<Family, string>> = { CPS3: 'cps3', CPS4: 'cps4', DEMONSTRATION: 'demonstration' };
const models = readCardCommands(
  Object.values(NAMES).map(
    (name) => JSON.parse(readFileSync(path.join(__dirname, `../../../../addin/tables/cards/${name}.json`), 'utf8')) as unknown,
  ),
);
const RIGHT = Buffer.from('4826');

/** One reader; `answer` may change, lose or refuse what the card says. */
class OneCard implements PcscTransport {
  readonly ended: string[] = [];
  readonly sent: Buffer[] = [];
  open = 0;
  answer: (command: Buffer, real: () => Buffer) => Buffer = (_, real) => real();

  constructor(readonly card: VirtualCard) {}
  listReaders = async (): Promise<readonly { name: string; atr: Buffer; insertion: string }[]> => [
    { name: 'R', atr: this.card.atr, insertion: '1' },
  ];
  watch = (): (() => void) => () => undefined;
  dispose = async (): Promise<void> => undefined;
  async connect(_: string, mode: 'shared' | 'exclusive'): Promise<PcscCard> {
    this.open += 1;
    return {
      transmit: async (command) => {
        this.sent.push(Buffer.from(command));
        return this.answer(command, () => this.card.answer(command));
      },
      control: async () => Promise.reject(new PcscError('unsupported-control')),
      disconnect: async (how) => {
        this.open -= 1;
        this.ended.push(`${mode} ${how}`);
        if (how === 'reset') this.card.reset();
      },
    };
  }
}

const isPresentation = (command: Buffer): boolean => command[1] === 0x20 && command.length > 5;
let written: WrittenCard;
beforeAll(async () => (written = await writeCard(CLAIRE_DUPONT)));
const rig = (family: Family): { transport: OneCard; reader: PcscCardReader } => {
  const transport = new OneCard(new VirtualCard(family, written, '4826'));
  return { transport, reader: new PcscCardReader(transport, models) };
};
const families = Object.keys(FAMILIES) as Family[];

describe.each(families)('a %s that misbehaves', (family) => {
  it('is left as it was for others before the code, and reset after it', async () => {
    const { transport, reader } = rig(family);
    const session = await reader.open();
    await session.triesLeft();
    expect(new Set(transport.ended)).toEqual(new Set(['shared leave']));
    await session.verify(RIGHT, false);
    expect(transport.open).toBe(1);
    await session.close();
    expect(transport.ended.at(-1)).toBe('exclusive reset');
    expect(transport.card.verified).toBe(false);
  });

  it('is presented a code once, whatever becomes of the answer', async () => {
    const losses: readonly (() => Buffer)[] = [
      () => {
        throw new PcscError('transaction-failed');
      },
      () => {
        throw new PcscError('reset');
      },
      () => Buffer.alloc(0),
      () => Buffer.from('6c04', 'hex'),
      () => Buffer.from('6104', 'hex'),
      () => Buffer.from('6f00', 'hex'),
    ];
    for (const lose of losses) {
      const { transport, reader } = rig(family);
      const session = await reader.open();
      transport.answer = (command, real) => {
        if (!isPresentation(command)) return real();
        real();
        return lose();
      };
      await expect(session.verify(RIGHT, false)).rejects.toThrow();
      expect(transport.card.presented).toBe(1);
      expect(transport.ended.at(-1)).toBe('exclusive reset');
      expect(transport.card.verified).toBe(false);
      expect(transport.open).toBe(0);
      await session.close();
    }
  });

  it('is not presented a code when its counter cannot be read', async () => {
    const { transport, reader } = rig(family);
    const session = await reader.open();
    transport.answer = (command, real) =>
      command[1] === 0xcb || (command[1] === 0x20 && command.length === 4) ? Buffer.from('6f00', 'hex') : real();
    await expect(session.verify(RIGHT, true)).rejects.toThrow(CardStatusError);
    expect(transport.card.presented).toBe(0);
    await session.close();
  });

  it('wipes the command that carried the code, and leaves the caller its own', async () => {
    const { transport, reader } = rig(family);
    const session = await reader.open();
    let carried: Buffer | null = null;
    transport.answer = (command, real) => {
      if (isPresentation(command)) carried = command;
      return real();
    };
    const code = Buffer.from(RIGHT);
    await session.verify(code, false);
    expect(carried).toEqual(Buffer.alloc(9));
    expect(code).toEqual(RIGHT);
    await session.close();
  });

  it('never makes a status fail otherwise than by a known code, and leaves no connection open', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.option(fc.uint8Array({ maxLength: 40 }), { nil: null, freq: 2 }), { maxLength: 12 }),
        async (answers) => {
          const { transport, reader } = rig(family);
          const queue = [...answers];
          transport.answer = (_, real) => {
            const next = queue.shift() ?? null;
            return next === null ? real() : Buffer.from(next);
          };
          const status = await reader.status().catch((error: unknown) => error);
          if (status instanceof Error) expect(status).toBeInstanceOf(VitaleError);
          expect(transport.open).toBe(0);
          expect(transport.sent.some(isPresentation)).toBe(false);
        },
      ),
      { numRuns: 150 },
    );
  });
});
