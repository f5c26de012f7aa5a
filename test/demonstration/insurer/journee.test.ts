/** The demonstration day, written by the product and read by the insurer's own code: two opinions on the same bytes. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readB2 } from '../../../src/demonstration/insurer/b2-reading';
import type { FrontEnd } from '../../../src/demonstration/insurer/judge';
import { judge } from '../../../src/demonstration/insurer/judge';
import type { Invoice } from '../../../src/teletrans/domain/invoice';
import { B2FileFormatter } from '../../../src/teletrans/formats/b2/file-formatter';
import { B2LotFormatter } from '../../../src/teletrans/formats/b2/lot-formatter';
import { SimulatorSealer } from '../../../src/teletrans/formats/b2/simulator-sealer';

const day = readFileSync(join(__dirname, '../../data/journee.ndjson'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Invoice);
const memory = { fileOf: () => undefined, lotOf: () => undefined, invoiceAccepted: () => false };

describe('the demonstration day before the insurer', () => {
  it.each(day.map((invoice) => [invoice.kind, invoice.number, invoice] as const))('accepts %s %s', async (_kind, _number, invoice) => {
    const formatter = new B2LotFormatter();
    const { billingNumber } = invoice.practitioner;
    const dre = invoice.kind === 'DRE';
    const recipient = dre
      ? { type: 'OC', number: (invoice.amc?.number ?? '').padStart(14, '0'), body: '000' }
      : { type: 'CP', number: `${invoice.amo.regime}999999`.padStart(14, '0'), body: '999' };
    const header = {
      billingNumber,
      recipientBody: recipient.body,
      lotNumber: '012',
      practitionerName: 'PRATICIEN FICTIF',
      lotDate: '2026-11-20',
      security: invoice.securing,
      marking: invoice.marking,
      replacement: invoice.practitioner.replacement ?? null,
    };
    const lot = await formatter.encodeLot(header, [formatter.encodeInvoice(invoice)], new SimulatorSealer());
    const file = new B2FileFormatter().encodeFile(
      {
        senderType: 'TP',
        senderNumber: billingNumber.padStart(14, '0'),
        recipientType: recipient.type,
        recipientNumber: recipient.number,
        fileId: '000001',
        fileDate: '2026-11-20',
      },
      [lot],
    );
    const frontEnd: FrontEnd = { mailbox: 'x@x.test.invalid', serves: [{ type: recipient.type, number: recipient.number }] };
    const { verdict } = judge(file, { frontEnd, practitioners: null, withoutConvention: [], today: '2026-11-20' }, memory);
    expect(verdict).toMatchObject({
      code: null,
      lots: [{ code: null, fees: invoice.totals.fees, invoices: [], invoiceNumbers: [invoice.number] }],
    });
    const [read] = readB2(file)?.lots[0]?.invoices ?? [];
    expect(read?.key).toMatchObject({ nir: invoice.insured.nir, nirKey: invoice.insured.nirKey });
    expect(read?.acts.map(({ fields }) => [fields.code.trim(), Number(fields.fee), Number(fields.amo), Number(fields.amc)])).toEqual(
      invoice.acts.map((act) => [act.code, act.fee, act.amo, act.amc ?? 0]),
    );
  });
});
