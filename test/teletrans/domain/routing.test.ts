import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { isVitaleError } from '../../../src/teletrans/domain/errors';
import type { Invoice } from '../../../src/teletrans/domain/invoice';
import { RoutingTables } from '../../../src/teletrans/domain/routing';

const folder = path.join(__dirname, '../../../addin/tables/recipients');
const AMO = readFileSync(path.join(folder, 'amo_recipients.tsv'), 'utf8');
const AMC = readFileSync(path.join(folder, 'amc_recipients.tsv'), 'utf8');
const AMO_HEADER = 'valid_from\tregime\tfund\tcentre\trecipient_type\tbody\tdata_centre\troute\tmailbox\tlabel';
const tables = RoutingTables.parse(AMO, AMC);

const fse = (regime: string, fund: string, centre: string): Pick<Invoice, 'kind' | 'amo' | 'amc'> => ({
  kind: 'FSE',
  amo: { regime, fund, centre, insuranceNature: '10', exemption: '0' },
});
const dre = (number: string): Pick<Invoice, 'kind' | 'amo' | 'amc'> => ({ ...fse('01', '999', '0001'), kind: 'DRE', amc: { number } });
const TODAY = '2026-11-23';

describe('routing', () => {
  it('sends an FSE to the body and data centre of its fund, not always the fund itself', () => {
    expect(tables.recipientOf(fse('01', '999', '4242'), TODAY)).toMatchObject({
      type: 'CP',
      number: '00000001999999',
      body: '999',
      mailbox: '01999@999.01.test.invalid',
      route: 'direct',
    });
    expect(tables.recipientOf(fse('02', '999', '0001'), TODAY)).toMatchObject({ type: 'MA', number: '00000002998999', body: '998' });
    expect(tables.recipientOf(fse('91', '999', '0001'), TODAY)).toMatchObject({
      type: 'SM',
      body: '994',
      route: 'oct',
      mailbox: 'oct@oct.test.invalid',
    });
  });

  it('tells apart the centres of one fund', () => {
    expect(tables.recipientOf(fse('03', '999', '0001'), TODAY)?.body).toBe('997');
    expect(tables.recipientOf(fse('03', '999', '0002'), TODAY)?.body).toBe('996');
    expect(tables.recipientOf(fse('03', '999', '0003'), TODAY)).toBeNull();
  });

  it('sends a DRE to its complementary insurer, or to the OCT that carries it', () => {
    expect(tables.recipientOf(dre('810000000'), TODAY)).toMatchObject({
      type: 'OC',
      number: '00000810000000',
      body: '000',
      route: 'direct',
    });
    expect(tables.recipientOf(dre('810000018'), TODAY)).toMatchObject({ type: 'OT', number: '00000810000018', body: '000', route: 'oct' });
  });

  it('knows no way for an unknown fund, an unknown insurer, or one that takes no DRE', () => {
    expect(tables.recipientOf(fse('01', '998', '0001'), TODAY)).toBeNull();
    expect(tables.recipientOf(dre('810000034'), TODAY)).toBeNull();
    expect(tables.recipientOf(dre('810000026'), TODAY)).toBeNull();
    expect(
      tables.recipientOf({ ...dre('810000000'), amc: undefined } as unknown as Pick<Invoice, 'kind' | 'amo' | 'amc'>, TODAY),
    ).toBeNull();
  });

  it('uses no row before its day, the most specific row first, then the latest', () => {
    const row = (from: string, centre: string, body: string): string =>
      [from, '01', '999', centre, 'CP', body, '999', 'direct', 'x@test.invalid', body].join('\t');
    const dated = RoutingTables.parse(
      [
        AMO_HEADER,
        row('2026-01-01', '*', '101'),
        row('2026-06-01', '*', '102'),
        row('2026-03-01', '0007', '103'),
        row('2027-01-01', '*', '104'),
      ].join('\r\n'),
      AMC,
    );
    const body = (centre: string, day: string): string | undefined => dated.recipientOf(fse('01', '999', centre), day)?.body;
    expect(body('0001', '2025-12-31')).toBeUndefined();
    expect(body('0001', '2026-01-01')).toBe('101');
    expect(body('0001', '2026-06-01')).toBe('102');
    expect(body('0007', '2026-02-28')).toBe('101');
    expect(body('0007', '2026-12-31')).toBe('103');
  });

  it('refuses a table of another shape, naming the table and the line', () => {
    const refusal = (amo: string, amc: string): unknown => {
      try {
        return RoutingTables.parse(amo, amc);
      } catch (error) {
        return isVitaleError(error, 'LOT-014') ? error.details : error;
      }
    };
    expect(refusal('regime\tfund', AMC)).toEqual({ table: 'amo_recipients.tsv', detail: 'ligne de titre' });
    expect(refusal(`${AMO_HEADER}\n01\t999`, AMC)).toEqual({ table: 'amo_recipients.tsv', detail: 'ligne 2' });
    expect(refusal(`${AMO_HEADER}\n2026-01-01\t01\t999\t*\tCP\t999\t999\tpigeon\tx@test.invalid\tX`, AMC)).toMatchObject({
      table: 'amo_recipients.tsv',
    });
    expect(refusal(AMO, '')).toMatchObject({ table: 'amc_recipients.tsv' });
  });
});
