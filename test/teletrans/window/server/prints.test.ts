import { Readable } from 'node:stream';
import { VitaleError } from '../../../../src/teletrans/domain/errors';
import type { PrintService } from '../../../../src/teletrans/print/print-service';
import type { Printed, Prints } from '../../../../src/teletrans/print/prints';
import { NO_ARCHIVES } from '../../../support/no-archives';
import { openHarness, type Harness } from './harness';

const ID = '3f0c1d52-7e59-4c0e-9a51-0c8f5f3a8d11';
const made = (title: string): Promise<Printed> =>
  Promise.resolve({ title, pdf: Readable.from([Buffer.from(`%PDF ${title}`)], { objectMode: false }) });
const prints: Prints = {
  ...NO_ARCHIVES.prints,
  archive: (id) => made(`archive ${id}`),
  dossier: (id) => made(`dossier ${id}`),
  duplicate: (id, reason) => made(`duplicata ${id} ${reason}`),
  duplicates: (id, reason) => made(`duplicata lot ${id} ${reason}`),
  lateNotice: (id) => made(`retard ${id}`),
  reminder: (id) => made(`relance ${id}`),
  slip: () => made('bordereau'),
  returns: () => made('retours'),
};

/** A printer that keeps what it took. */
class Printer implements PrintService {
  readonly name = 'LOGOSw';
  readonly taken: string[] = [];
  failure: VitaleError | null = null;

  async print(document: string, { title, pdf }: Printed): Promise<void> {
    if (this.failure !== null) throw this.failure;
    this.taken.push(`${document} | ${title} | ${(await pdf.toArray()).join('')}`);
  }
}

let harness: Harness;
afterEach(() => harness.close());

async function open(printService: PrintService | null): Promise<void> {
  harness = await openHarness({}, null, { prints, printService });
  await harness.open();
}

const PATHS = [
  [`archive/${ID}`, `archive ${ID}`],
  [`dossier/${ID}`, `dossier ${ID}`],
  [`duplicate/${ID}?motif=echec`, `duplicata ${ID} echec`],
  [`duplicates/${ID}?motif=delai`, `duplicata lot ${ID} delai`],
  [`late-notice/${ID}`, `retard ${ID}`],
  [`reminder/${ID}`, `relance ${ID}`],
  ['slip', 'bordereau'],
  ['returns', 'retours'],
] as const;

describe('a print', () => {
  it.each(PATHS)('is a file, and goes to the host’s printer when a person chooses so: %s', async (path, title) => {
    const printer = new Printer();
    await open(printer);
    const file = await harness.get(`/api/print/${path}`);
    expect([file.status, file.headers['content-type'], file.text]).toEqual([200, 'application/pdf', `%PDF ${title}`]);
    expect(printer.taken).toEqual([]);
    expect((await harness.post(`/api/print/${path}`)).status).toBe(204);
    expect(printer.taken).toEqual([`${title.split(' ', 1)[0]!} | ${title} | %PDF ${title}`]);
  });

  it('says whose printer there is', async () => {
    await open(new Printer());
    expect(JSON.parse((await harness.get('/api/print')).text)).toEqual({ service: 'LOGOSw' });
  });

  it('is a file only where there is no host', async () => {
    await open(null);
    expect(JSON.parse((await harness.get('/api/print')).text)).toEqual({ service: null });
    const answer = await harness.post('/api/print/returns');
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(JSON.parse(answer.text)).toMatchObject({ code: 'HOT-014' });
    expect((await harness.get('/api/print/returns')).text).toBe('%PDF retours');
  });

  it('tells why the host did not print', async () => {
    const printer = new Printer();
    printer.failure = new VitaleError('HOT-015');
    await open(printer);
    expect(JSON.parse((await harness.post('/api/print/slip')).text)).toMatchObject({ code: 'HOT-015' });
  });

  it('is not sent to a printer by another page', async () => {
    const printer = new Printer();
    await open(printer);
    expect((await harness.post('/api/print/slip', undefined, { origin: 'http://elsewhere.example' })).status).toBe(403);
    expect(printer.taken).toEqual([]);
  });
});
