/** Through the whole road from the host: killed in the middle, nothing is lost and nothing is sent twice; what is refused stays with the host; the day closes. */
import { mkdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { join } from 'node:path';
import type { JsonLine } from '../../src/demonstration/json-lines-process';
import { DEMONSTRATION_CODE } from '../../src/demonstration/practice-box';
import { finish, openWindow } from '../support/at-the-window';
import { sampleInvoices } from '../support/invoices';
import { PracticeProcesses, ROOT } from '../support/practice-processes';

const active = (line: JsonLine): boolean => line['event'] === 'state' && line['state'] === 'active';

// From before the first commit of the transmission to after the last message of this practitioner.
it.each([0, 90, 230, 450, 800])(
  'killed %i ms after the transmission began',
  async (delay) => {
    const practice = await PracticeProcesses.start();
    try {
      const host = await practice.host();
      const pushed = host.next((line) => line['event'] === 'pushed');
      host.send(`push ${join(ROOT, 'addin/demonstration/journee.ndjson')}`);
      expect(await pushed).toMatchObject({ offered: 24, acknowledged: 24 });

      const before = await openWindow(host);
      await before.typeCode(DEMONSTRATION_CODE);
      const broken = before.transmit('999000011', () => undefined).catch(() => 'broken');
      await sleep(delay);
      const again = host.next(active);
      host.send('kill-addin');
      await again;
      await broken;

      const { invoices, files } = await finish(await openWindow(host));
      const received = practice.receivedInvoices();
      expect(received.filter((number, rank) => received.indexOf(number) !== rank)).toEqual([]);
      expect(invoices.map((invoice) => invoice.number).sort()).toEqual(
        sampleInvoices()
          .map((invoice) => invoice.number)
          .sort(),
      );
      for (const { number, state } of invoices) {
        const fine = received.includes(number) ? ['ACKED', 'CLOSED_NO_RSP', 'NO_ACK_EXPECTED'] : ['UNCERTAIN'];
        expect({ number, state, fine: fine.includes(state) }).toEqual({ number, state, fine: true });
      }
      // At most the one file under way can be in doubt.
      expect(files.filter((file) => file.state === 'UNCERTAIN').length).toBeLessThanOrEqual(1);
    } finally {
      await practice.stop();
    }
  },
  120_000,
);

it('keeps at the host what the add-in could not acknowledge, and takes it once it is back', async () => {
  const practice = await PracticeProcesses.start();
  try {
    const host = await practice.host();
    const again = host.next(active);
    host.send(`push ${join(ROOT, 'addin/demonstration/journee.ndjson')} &`);
    host.send('kill-addin');
    await again;
    const person = await openWindow(host);
    for (let tries = 0; tries < 50 && (await person.lists()).invoices.length < 24; tries++) await sleep(100);
    const { invoices } = await person.lists();
    expect(invoices.map((invoice) => invoice.number).sort()).toEqual(
      sampleInvoices()
        .map((invoice) => invoice.number)
        .sort(),
    );
    const status = host.next((line) => line['event'] === 'status');
    host.send('status');
    expect(await status).toMatchObject({ state: 'active', unacknowledged: 0 });
  } finally {
    await practice.stop();
  }
}, 60_000);

it('leaves a refused invoice with the host, with its sentence, and takes the others', async () => {
  const practice = await PracticeProcesses.start();
  try {
    const refused: { readonly code: string; readonly message: string }[] = [];
    const host = await practice.host((line) => {
      if (line['event'] === 'not-acknowledged') refused.push(line['error'] as (typeof refused)[number]);
    });
    const pushed = host.next((line) => line['event'] === 'pushed');
    host.send(`push ${join(ROOT, 'test/data/invalides.ndjson')}`);
    expect(await pushed).toMatchObject({ offered: 16, acknowledged: 2, notAcknowledged: 14 });
    expect(refused[0]).toEqual({ code: 'FAC-003', message: 'NIR invalide ou clé fausse.' });
    const status = host.next((line) => line['event'] === 'status');
    host.send('status');
    expect(await status).toMatchObject({ unacknowledged: 14 });
    const { invoices } = await (await openWindow(host)).lists();
    expect(invoices.map((invoice) => invoice.state)).toEqual(['HELD', 'HELD']);
  } finally {
    await practice.stop();
  }
}, 60_000);

it('closes the day without a card: the host is answered, nothing is blocked', async () => {
  const practice = await PracticeProcesses.start();
  try {
    const host = await practice.host();
    const closed = (): Promise<JsonLine> => {
      const line = host.next((each) => each['event'] === 'day-closed');
      host.send('close-day 2026-11-20');
      return line;
    };
    expect(await closed()).toMatchObject({ outcome: 'nothing', ok: true });
    const pushed = host.next((line) => line['event'] === 'pushed');
    host.send(`push ${join(ROOT, 'addin/demonstration/journee.ndjson')}`);
    await pushed;
    expect(await closed()).toMatchObject({ outcome: 'needs-card', counts: { waiting: 24, files: 0 } });
    const health = host.next((line) => line['event'] === 'health');
    host.send('health');
    expect(await health).toMatchObject({ check: 'teletrans.sante', ok: true, result: { details: { disk: 'ok' } } });
    const person = await openWindow(host);
    await person.typeCode(DEMONSTRATION_CODE);
    await person.keepCardOpen(60);
    expect(await closed()).toMatchObject({ outcome: 'sent', counts: { files: 5, invoices: 16, waiting: 8 } });
  } finally {
    await practice.stop();
  }
}, 60_000);

it('prints through the host what a person sends to its printer, and says so when it has none', async () => {
  const practice = await PracticeProcesses.start();
  try {
    const printer = join(practice.home, 'imprimante');
    mkdirSync(printer);
    const host = await practice.host(undefined, ['--print-folder', printer]);
    const print = host.next((line) => line['event'] === 'print');
    await (await openWindow(host)).printWithHost('/api/print/slip');
    const { document, title, mediaType, file } = await print;
    expect({ document, title, mediaType }).toEqual({
      document: 'bordereau',
      title: 'Bordereau de transmission',
      mediaType: 'application/pdf',
    });
    const paper = readFileSync(join(printer, String(file)));
    expect(paper.subarray(0, 5).toString('latin1')).toBe('%PDF-');
    expect(paper.toString('latin1').trimEnd().endsWith('%%EOF')).toBe(true);
    await host.stop('quit');

    const without = await practice.host();
    const person = await openWindow(without);
    await expect(person.printWithHost('/api/print/slip')).rejects.toThrow('LOGOSw n’a pas d’imprimante');
  } finally {
    await practice.stop();
  }
}, 60_000);
