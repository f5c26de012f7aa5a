/** The profile names another version of B2 while lots are under way: each lot keeps its own, and no file holds two. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Invoice } from '../../../src/teletrans/domain/invoice';
import { lotsOf } from '../../support/arl-maker';
import { fieldOf, independentProblems, linesOf } from '../../support/independent-b2-checker';
import { sampleInvoices } from '../../support/invoices';
import { openRig, RigReader, RigServer, type RigOptions } from '../../support/practice-rig';

/** Invoices that would share a lot and a file, each act with a 4S. */
const DAY = ['000000101', '000000102', '000000103'].map((number): Invoice => {
  const [invoice] = sampleInvoices();
  const acts = invoice!.acts.map((act) => ({ ...act, priorApproval: { code: '4', on: invoice!.completedOn } }));
  return { ...invoice!, id: number, number, acts };
});
const LATE = 'b2-ps-2005e-provisional';

let folder: string;
let server: RigServer;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'version-'));
  server = new RigServer();
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** One life of the program: takes invoices, transmits, and gives back the states and versions of the lots. */
async function life(invoices: readonly Invoice[], options: RigOptions): Promise<readonly string[]> {
  const rig = await openRig({ folder, server, ...options });
  try {
    for (const invoice of invoices) await rig.app.take(invoice);
    await rig.transmit().catch((error: unknown) => {
      if (!(error instanceof Error && error.message === 'died')) throw error;
    });
    return (await rig.store.read((session) => session.lots.list())).map(({ state, version }) => `${state} ${version}`);
  } finally {
    await rig.close();
  }
}

/** By file: its invoices, and the RPPS of its 4E records. */
const delivered = (): readonly { readonly invoices: readonly string[]; readonly rpps: readonly string[] }[] =>
  server.delivered.map(({ bytes }) => {
    expect(independentProblems(bytes)).toEqual([]);
    const lines = linesOf(bytes);
    const late = lines.filter(({ type }) => type === '4E');
    // Every 4S of a file has its 4E, or none has.
    expect([0, lines.filter(({ type }) => type === '4S').length]).toContain(late.length);
    return {
      invoices: lotsOf(bytes).flatMap((lot) => lot.invoices),
      rpps: [...new Set(late.map((line) => fieldOf(line, 'performer_rpps')))],
    };
  });

it('seals a lot in the version it was numbered in', async () => {
  const reader = new RigReader();
  reader.pullAfter = 0;
  expect(await life(DAY.slice(0, 1), { reader })).toEqual(['NUMBERED b2-ps-base']);
  expect(await life(DAY.slice(1), { version: LATE })).toEqual(['SENT b2-ps-base', `SENT ${LATE}`]);
  expect(delivered()).toEqual([
    { invoices: ['000000101'], rpps: [] },
    { invoices: ['000000102', '000000103'], rpps: ['99900000011'] },
  ]);
});

it('never freezes lots of two versions into one file', async () => {
  const wrapFrozen: RigOptions['wrapFrozen'] = (frozen) => ({
    read: (id) => frozen.read(id),
    exists: (id) => frozen.exists(id),
    remove: (id) => frozen.remove(id),
    write: () => Promise.reject(new Error('died')),
  });
  expect(await life(DAY.slice(0, 1), { version: LATE, wrapFrozen })).toEqual([`SEALED ${LATE}`]);
  expect(await life(DAY.slice(1), { version: 'b2-ps-base' })).toEqual([`SENT ${LATE}`, 'SENT b2-ps-base']);
  expect(delivered()).toEqual([
    { invoices: ['000000101'], rpps: ['99900000011'] },
    { invoices: ['000000102', '000000103'], rpps: [] },
  ]);
});

it('takes the RPPS of whom only the card knows from the card that seals', async () => {
  const locum = '999001019';
  const reader = new RigReader();
  reader.rpps = '10000000009';
  reader.situations = [{ ...reader.situations[0]!, billingNumber: locum }];
  const [invoice] = DAY;
  await life([{ ...invoice!, practitioner: { ...invoice!.practitioner, replacement: locum } }], { version: LATE, reader });
  expect(delivered()).toEqual([{ invoices: ['000000101'], rpps: ['10000000009'] }]);
});
