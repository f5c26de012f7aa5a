import { Readable } from 'node:stream';
import { HostPrints } from '../../src/composition/in-host/host-prints';
import { BridgeError, type BridgeErrorCode } from '../../src/host-bridge/bridge-error';
import type { Printable } from '../../src/host-bridge/host-api';
import type { Printed } from '../../src/teletrans/print/prints';

const printed = (...parts: readonly Buffer[]): Printed => ({ title: 'Bordereau', pdf: Readable.from(parts, { objectMode: false }) });
const failing = (code: BridgeErrorCode, details = {}): HostPrints =>
  new HostPrints({ print: () => Promise.reject(new BridgeError(code, 'no', details)) });

it('hands the whole document to the host, under the name the manifest has for it', async () => {
  const taken: Printable[] = [];
  await new HostPrints({ print: async (one) => void taken.push(one) }).print(
    'bordereau',
    printed(Buffer.from('%PDF'), Buffer.from('-1.7')),
  );
  expect(taken).toEqual([{ document: 'bordereau', title: 'Bordereau', mediaType: 'application/pdf', bytes: Buffer.from('%PDF-1.7') }]);
});

it.each<[string, HostPrints]>([
  ['HOT-005', failing('capability')],
  ['HOT-005', failing('not-contributed')],
  ['HOT-014', failing('remote', { code: 'no-printer' })],
  ['HOT-015', failing('remote', { code: 'printer-failed' })],
  ['HOT-015', failing('timeout')],
  ['HOT-015', failing('closed')],
  ['HOT-016', failing('too-large')],
])('says %s where the host did not print', async (code, prints) => {
  await expect(prints.print('retours', printed(Buffer.from('%PDF')))).rejects.toMatchObject({ code });
});

it('leaves a document larger than a message to the file, and reads no more of it than that takes', async () => {
  let made = 0;
  const endless = Readable.from(
    (function* () {
      for (;;) yield Buffer.alloc(100_000, (made += 1));
    })(),
    { objectMode: false },
  );
  const host = { print: () => Promise.reject(new Error('it must not come to this')) };
  await expect(new HostPrints(host).print('archive', { title: '', pdf: endless })).rejects.toMatchObject({ code: 'HOT-016' });
  expect(endless.destroyed).toBe(true);
  expect(made).toBeLessThan(60);
});

it('passes on why a document could not be made', async () => {
  const broken = Readable.from(
    (async function* () {
      yield Buffer.from('%PDF');
      throw new Error('unreadable');
    })(),
    { objectMode: false },
  );
  await expect(new HostPrints({ print: async () => undefined }).print('dossier', { title: '', pdf: broken })).rejects.toThrow('unreadable');
});
