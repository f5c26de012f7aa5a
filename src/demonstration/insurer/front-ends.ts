/** The front ends of the test mailboxes (spec/lots-and-files.md § 5): which recipient numbers each answers for. AMO: régime, body, data centre. */
import type { FrontEnd } from './judge';

const amo = (type: string, regime: string, body: string, centre: string): { type: string; number: string } => ({
  type,
  number: `${regime}${body}${centre}`.padStart(14, '0'),
});
const amc = (type: string, number: string): { type: string; number: string } => ({ type, number: number.padStart(14, '0') });

export const TEST_FRONT_ENDS: readonly FrontEnd[] = [
  { mailbox: '01999@999.01.test.invalid', serves: [amo('CP', '01', '999', '999')] },
  { mailbox: '02999@999.02.test.invalid', serves: [amo('MA', '02', '998', '999')] },
  { mailbox: '03999@999.03.test.invalid', serves: [amo('SR', '03', '997', '997')] },
  { mailbox: '03998@998.03.test.invalid', serves: [amo('SR', '03', '996', '996')] },
  { mailbox: '08999@999.08.test.invalid', serves: [amo('CM', '08', '995', '999')] },
  { mailbox: 'oct@oct.test.invalid', serves: [amo('SM', '91', '994', '999'), amc('OT', '810000018')] },
  { mailbox: 'dre@amc1.test.invalid', serves: [amc('OC', '810000000')] },
];
