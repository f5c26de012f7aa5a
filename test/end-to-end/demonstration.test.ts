import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from '../support/practice-processes';

interface Result {
  readonly invoices: number;
  readonly files: number;
  readonly acknowledged: number;
  readonly noAckExpected: number;
  readonly rejected: number;
  readonly held: number;
  readonly window: string;
}

function demonstration(...words: readonly string[]): { result: Result; said: string } {
  const args = [join(ROOT, 'dist/demonstration/main.js'), '--once', '--json', ...words];
  const { stdout, stderr, status } = spawnSync(process.execPath, args, { encoding: 'utf8', timeout: 120_000 });
  expect({ status, said: status === 0 ? '' : stderr }).toEqual({ status: 0, said: '' });
  return { result: JSON.parse(stdout) as Result, said: stderr };
}

describe('the demonstration practice', () => {
  it('takes the sample day through three practitioners to its ARL, the degraded invoice without', () => {
    const { result, said } = demonstration();
    expect(result).toMatchObject({ invoices: 24, files: 10, acknowledged: 23, noAckExpected: 1, rejected: 0, held: 0 });
    expect(result.window).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/ouvrir\/[\w-]{40,}$/);
    expect(said).not.toContain('1234');
  }, 130_000);

  it.each([
    ['refus-lot', { acknowledged: 21, rejected: 2 }],
    ['refus-facture', { acknowledged: 21, rejected: 1 }],
    ['refus-fichier', { acknowledged: 21, rejected: 2 }],
    ['double', { acknowledged: 23, rejected: 0 }],
    ['coupure', { acknowledged: 23, rejected: 0 }],
  ])(
    'tells the truth when the insurer plays %s',
    (scenario, expected) => {
      expect(demonstration('--scenario', scenario).result).toMatchObject({ invoices: 24, noAckExpected: 1, ...expected });
    },
    130_000,
  );

  it('shows the whole life of an invoice: paid, partly paid, refused, put off, taken back', () => {
    const { result, said } = demonstration('--scenario', 'paiements');
    expect(result).toMatchObject({ invoices: 24, acknowledged: 23, noAckExpected: 1, rejected: 0 });
    expect(said).toContain('6 retours de paiement : 21 parts de factures réglées ou rejetées, 3 lignes à voir.');
    expect(said).toContain('3 retours de paiement : 2 parts de factures réglées ou rejetées, 2 lignes à voir.');
  }, 130_000);
});
