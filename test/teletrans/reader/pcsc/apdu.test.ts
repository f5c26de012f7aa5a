/** The parts of the card's language that stand alone. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import * as fc from 'fast-check';
import { readCardCommands } from '../../../../src/teletrans/reader/apdu/card-commands';
import { pinVerifyStructure } from '../../../../src/teletrans/reader/apdu/code-entry';
import { finishSha256, hashAllButLastBlock } from '../../../../src/teletrans/reader/apdu/sha256-state';
import { findTlv, parseTlv } from '../../../../src/teletrans/reader/apdu/tlv';
import { tlv } from '../../../support/virtual-pcsc/card-content';
import { readStructure } from '../../../support/virtual-pcsc/keypad';

const table = (name: string): Record<string, unknown> =>
  JSON.parse(readFileSync(path.join(__dirname, '../../../../addin/tables/cards', `${name}.json`), 'utf8')) as Record<string, unknown>;
const NAMES = ['cps3', 'cps4', 'demonstration'];
const bytes = (constraints: fc.IntArrayConstraints): fc.Arbitrary<Buffer> => fc.uint8Array(constraints).map((array) => Buffer.from(array));

describe('SHA-256 stopped before its last block', () => {
  it('finishes as the platform does, whatever the content', () => {
    fc.assert(
      fc.property(bytes({ maxLength: 400 }), (content) => {
        const state = hashAllButLastBlock(content);
        expect(state.lastBlock.length).toBeLessThanOrEqual(64);
        expect(finishSha256(state)).toEqual(createHash('sha256').update(content).digest());
      }),
    );
  });

  it.each([0, 1, 55, 56, 63, 64, 65, 119, 120, 127, 128, 129, 100_000])('holds at the edges of blocks: %i bytes', (length) => {
    const content = Buffer.alloc(length, 0x5a);
    const state = hashAllButLastBlock(content);
    expect(state.intermediate).toHaveLength(length <= 64 ? 0 : 40);
    if (length > 64) expect(state.intermediate.readBigUInt64BE(32)).toBe(BigInt(length - state.lastBlock.length) * 8n);
    expect(finishSha256(state)).toEqual(createHash('sha256').update(content).digest());
  });
});

describe('the objects of a card', () => {
  it('reads what was written, at any depth and with long tags and lengths', () => {
    fc.assert(
      fc.property(bytes({ maxLength: 300 }), (value) => {
        const written = tlv('70', tlv('BF8101', tlv('A0', Buffer.concat([tlv('9A', Buffer.from([3])), tlv('5F2D', value)]))));
        const objects = parseTlv(written) ?? [];
        expect(findTlv(objects, '5F2D')?.value).toEqual(value);
        expect(findTlv(objects, '9A')?.value[0]).toBe(3);
        expect(findTlv(objects, 'BF8101')).not.toBeNull();
        expect(findTlv(objects, '9B')).toBeNull();
      }),
    );
  });

  it('refuses an object cut short, and skips fillers', () => {
    const written = tlv('E1', tlv('81', 'A'));
    for (let end = 1; end < written.length; end += 1) expect(parseTlv(written.subarray(0, end))).toBeNull();
    expect(parseTlv(Buffer.concat([written, Buffer.alloc(20, 0xff), Buffer.alloc(9)]))).toHaveLength(1);
  });

  it('survives any bytes', () => {
    fc.assert(
      fc.property(bytes({ maxLength: 200 }), (any) => {
        const objects = parseTlv(any);
        if (objects !== null) findTlv(objects, '9B');
      }),
      { numRuns: 500 },
    );
    expect(parseTlv(Buffer.from('30'.repeat(5) + '0480000000', 'hex'))).toBeNull();
  });
});

describe('the models of card', () => {
  it('are read from the tables of the add-in', () => {
    const models = readCardCommands(NAMES.map(table));
    expect([...models.keys()]).toEqual(['CPS3', 'CPS4', 'DEMONSTRATION']);
    // Longest reading that a CPS3 takes.
    expect(models.get('CPS3')?.mostRead).toBe(0xe7);
  });

  it.each([
    ['without its code', { pin: undefined }],
    ['with a reading of 300 bytes', { mostRead: 300 }],
    ['with a command that is not hexadecimal', { open: ['00A4zz'] }],
    ['with a path that is none', { files: { serial: '../x' } }],
    ['with a member nobody knows', { retry: true }],
    ['of a family nobody knows', { family: 'VITALE' }],
    [
      'whose code is longer than its block',
      { pin: { reference: '01', digits: 8, blockLength: 4, padding: 'FF', counterQuery: 'get-data' } },
    ],
  ])('refuses a table %s', (_, change) => {
    expect(() => readCardCommands([{ ...table('cps3'), ...change }])).toThrow(/card|code/);
  });
});

describe('the order to the keypad', () => {
  it('is the structure of part 10, byte for byte, and carries no code', () => {
    const model = readCardCommands([table('cps4')]).get('CPS4')!;
    expect(pinVerifyStructure(model, 30).toString('hex')).toBe(
      '1e1e82040004040201' + '0c0400' + '000000' + '09000000' + '0120000104ffffffff',
    );
  });

  it('follows the padding and the block of the model', () => {
    const cps4 = table('cps4');
    const padded = readCardCommands([{ ...cps4, pin: { ...(cps4['pin'] as object), blockLength: 8, padding: '00' } }]).get('CPS4')!;
    const structure = pinVerifyStructure(padded, 15);
    expect(readStructure(structure)).toMatchObject({ timeoutSeconds: 15, shortest: 4, longest: 4, block: 8, at: 5 });
    expect(structure.subarray(19).toString('hex')).toBe('01200001080000000000000000');
  });
});
