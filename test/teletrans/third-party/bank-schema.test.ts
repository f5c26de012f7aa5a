/** The XML of the bank reconciliation is what its schema says, for another program: xmllint. */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bankXml, type BankRow } from '../../../src/teletrans/third-party/bank-export';
import { itWith } from '../../support/debian-tool';
import { aFolder } from '../store/folder';

const SCHEMA = join(__dirname, '../../../addin/tables/rapprochement-1.xsd');
const ROW: BankRow = {
  transferDate: '2026-11-27',
  transferLabel: 'VIREMENT <1> & "2"\u0001',
  payer: 'CAISSE FICTIVE GÉNÉRALE',
  file: '000001',
  practitioner: '999000011',
  invoice: '000000101',
  part: 'AMO',
  status: 'rapproché',
  reason: '',
  amount: -123456,
};

itWith('xmllint', 'libxml2-utils')('validates whatever a line says, and what has another shape does not', async () => {
  const { folder, remove } = await aFolder();
  const file = join(folder, 'rapprochement.xml');
  const valid = (xml: string): boolean => {
    writeFileSync(file, xml);
    return spawnSync('xmllint', ['--noout', '--schema', SCHEMA, file]).status === 0;
  };
  const bare: BankRow = {
    ...ROW,
    transferLabel: '',
    file: '',
    practitioner: '',
    invoice: '',
    part: '',
    status: 'écarté',
    reason: 'Forfait',
    amount: 0,
  };
  const xml = bankXml([ROW, bare, { ...ROW, part: 'AMC', status: 'à rapprocher', reason: 'Créance : motif' }]);
  expect([valid(bankXml([])), valid(xml)]).toEqual([true, true]);
  for (const [from, to] of [
    ['centimes="-123456"', 'centimes="-1234.56"'],
    ['<transferDate>2026-11-27<', '<transferDate>27/11/2026<'],
    ['>AMO<', '>RO<'],
    ['<payer>CAISSE FICTIVE GÉNÉRALE</payer>', ''],
  ] as const) {
    expect(xml).toContain(from);
    expect(valid(xml.replace(from, to))).toBe(false);
  }
  await remove();
});
