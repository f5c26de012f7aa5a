/** What was sent and received can be read again, from the store alone. */
import { StoreInspection } from '../../../src/teletrans/application/inspection';
import { B2FileFormatter } from '../../../src/teletrans/formats/b2/file-formatter';
import { answer } from '../../support/arl-maker';
import { sampleInvoices } from '../../support/invoices';
import { openRig, PLAIN_READER, sha256, type Rig } from '../../support/practice-rig';

let rig: Rig;
let inspection: StoreInspection;
beforeEach(async () => {
  rig = await openRig();
  inspection = new StoreInspection({ store: rig.store, reader: PLAIN_READER, formatter: new B2FileFormatter(), senderType: 'TP' });
  for (const invoice of sampleInvoices()) await rig.app.take(invoice);
  await rig.transmit();
});
afterEach(() => rig.close());

const ALL = { from: 0, count: 10_000, clear: true };

it('shows of each file the very bytes that left', async () => {
  const { files } = await rig.app.overview();
  expect(files.length).toBeGreaterThan(3);
  for (const file of files) {
    const shown = await inspection.file(file.id, ALL);
    expect(shown.sha256).toBe(file.sha256);
    const [left] = rig.server.delivered.filter(({ bytes }) => sha256(bytes) === file.sha256);
    expect(shown.records.map(({ characters }) => characters).join('')).toBe(left?.bytes.toString('latin1'));
    expect(shown.faults).toBe(0);
  }
});

it('proves a file: seal of each lot, attempts, and the returns that answer it', async () => {
  const { files } = await rig.app.overview();
  for (const message of rig.server.delivered) {
    const { id } = files.find((file) => file.sha256 === sha256(message.bytes))!;
    const stored = await rig.store.read((session) => session.files.get(id));
    rig.server.post(answer(message.bytes, stored!.compostage, {}));
  }
  await rig.app.collect(() => undefined);
  for (const { id, fileId, lots } of files) {
    const proofs = await inspection.proofs(id);
    expect(proofs).toMatchObject({ id, fileId, decisions: [] });
    expect(proofs.attempts).toEqual([expect.objectContaining({ rank: 1, outcome: 'HANDED_OVER' })]);
    expect(proofs.lots.map(({ number }) => number)).toEqual(lots.map(({ number }) => number));
    for (const lot of proofs.lots) {
      expect(lot.sealedAt).not.toBeNull();
      expect(lot.sha256).toMatch(/^[0-9a-f]{64}$/);
    }
    expect(proofs.returns).toHaveLength(1);
    const [entry] = proofs.returns;
    expect((await inspection.returned(entry!.id, ALL)).family).toBe('arl0');
  }
  const { total, rows } = await inspection.returns(0, 3);
  expect(total).toBe(files.length);
  expect(rows).toHaveLength(3);
  expect([...rows].sort((a, b) => b.receivedAt.localeCompare(a.receivedAt))).toEqual(rows);
});

it('shows no bytes of what is not here', async () => {
  await expect(inspection.file('unknown', ALL)).rejects.toMatchObject({ code: 'FEN-010' });
  await expect(inspection.returned('unknown', ALL)).rejects.toMatchObject({ code: 'FEN-010' });
  await expect(inspection.proofs('unknown')).rejects.toMatchObject({ code: 'FEN-010' });
});

it('shows no bytes that are not those that were frozen', async () => {
  const [file] = (await rig.app.overview()).files;
  await rig.store.transaction((session) => session.files.update(file!.id, { sha256: '0'.repeat(64) }));
  await expect(inspection.file(file!.id, ALL)).rejects.toMatchObject({ code: 'FEN-010' });
});
