/** The XML of an archive is what its schema says, for another program: xmllint. */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readItems } from '../../../src/teletrans/archive/verification';
import { openStorage, type Storage } from '../../../src/teletrans/store/open';
import { answer } from '../../support/arl-maker';
import { itWith } from '../../support/debian-tool';
import { sampleInvoices } from '../../support/invoices';
import { fillOldPractice, purgeOf } from '../../support/old-practice';
import { openRig, sha256 } from '../../support/practice-rig';
import { aFolder } from '../store/folder';

const SCHEMA = join(__dirname, '../../../addin/tables/archive-1.xsd');

let folder: string;
let remove: () => Promise<void>;
beforeEach(async () => ({ folder, remove } = await aFolder()));
afterEach(() => remove());

async function xmlOf({ archives }: Storage, id: string): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of archives.read(id)) parts.push(part);
  const file = join(folder, 'archive.xml');
  writeFileSync(file, Buffer.concat(parts));
  return file;
}

const xmllint = (...words: readonly string[]): { readonly status: number | null; readonly output: string } => {
  const { status, stdout, stderr } = spawnSync('xmllint', [...words], { encoding: 'utf8' });
  return { status, output: `${stdout}${stderr}` };
};

/** A day sent and acknowledged by the real stages, then paid and long past. */
async function pastDay(): Promise<readonly Buffer[]> {
  const rig = await openRig({ folder });
  for (const invoice of sampleInvoices()) await rig.app.take(invoice).catch(() => undefined);
  await rig.transmit();
  const { files } = await rig.app.overview();
  for (const { bytes } of rig.server.delivered) {
    const id = files.find((file) => file.sha256 === sha256(bytes))?.id ?? '';
    const compostage = (await rig.store.read((session) => session.files.get(id)))?.compostage ?? '';
    rig.server.post(answer(bytes, compostage));
  }
  await rig.app.collect(() => undefined);
  await rig.store.transaction(async (session) => {
    for (const { id, amoState, amcState } of await session.invoices.list({ anyState: ['ACKED', 'NO_ACK_EXPECTED', 'CLOSED_NO_RSP'] }))
      await session.invoices.update(id, { amoState: amoState === null ? null : 'PAID', amcState: amcState === null ? null : 'PAID' });
  });
  const sent = rig.server.delivered.map(({ bytes }) => bytes);
  await rig.close();
  return sent;
}

itWith('xmllint', 'libxml2-utils')('validates, and holds the exact bytes of what was sent', async () => {
  const sent = await pastDay();
  const storage = await openStorage(folder);
  const { archive, archived } = await purgeOf(storage, { clock: { now: () => new Date('2027-03-04T09:00:00Z') } }).run();
  expect(archived).toBeGreaterThan(10);
  const file = await xmlOf(storage, archive ?? '');
  expect(xmllint('--noout', '--schema', SCHEMA, file)).toEqual({ status: 0, output: `${file} validates\n` });
  const b2: string[] = [];
  for await (const item of readItems(storage.archives, archive ?? ''))
    if (item.name === 'fichier') b2.push(sha256(Buffer.from(item.children.find(({ name }) => name === 'b2')?.text ?? '', 'base64')));
  await storage.store.close();
  expect(b2.length).toBeGreaterThan(2);
  expect(sent.map(sha256)).toEqual(expect.arrayContaining(b2));
});

itWith('xmllint', 'libxml2-utils')('does not validate when a word of it is another', async () => {
  const storage = await openStorage(folder);
  await fillOldPractice(storage, { invoices: 3 });
  const { archive } = await purgeOf(storage).run();
  const file = await xmlOf(storage, archive ?? '');
  await storage.store.close();
  expect(xmllint('--noout', '--schema', SCHEMA, file).status).toBe(0);
  expect(xmllint('--xpath', 'count(//*[local-name()="facture"])', file).output.trim()).toBe('3');
  writeFileSync(file, xmllint('--format', file).output.replace('<montants', '<montant'));
  expect(xmllint('--noout', '--schema', SCHEMA, file).status).not.toBe(0);
});
