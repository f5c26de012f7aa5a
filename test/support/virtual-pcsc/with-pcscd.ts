import { pcscMeans, type PcscMeans } from './available';

/**
 * `describe` where a pcscd of one's own can be run, else a printed reason and `describe.skip`. Where everything must be there (VITALE_REQUIRE_PCSC=1, as in
 * continuous integration), nothing is skipped.
 */
export function withPcscd(what: string): { readonly suite: jest.Describe; readonly means: () => PcscMeans } {
  const means = pcscMeans();
  if (typeof means !== 'string') return { suite: describe, means: () => means };
  if (process.env['VITALE_REQUIRE_PCSC'] === '1') throw new Error(means);
  process.stdout.write(`skipped: ${what}, because ${means}\n`);
  return {
    suite: describe.skip,
    means: () => {
      throw new Error(means);
    },
  };
}
