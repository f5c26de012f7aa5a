import { request, type IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import type { Overview, Preflight } from '../../../../src/teletrans/application/port';
import { VitaleError } from '../../../../src/teletrans/domain/errors';
import type { WorkView } from '../../../../src/teletrans/window/protocol';
import { CODE_BODY_LIMIT, readCode } from '../../../../src/teletrans/window/server/code-body';
import { DUPONT, KERVELLA } from '../../../support/fake-practice';
import { openHarness, type Answer, type Harness } from './harness';

let harness: Harness;
beforeEach(async () => {
  harness = await openHarness();
  await harness.open();
});
afterEach(async () => harness.close());

const json = (answer: Answer): unknown => JSON.parse(answer.text);
const codeOf = (answer: Answer): string => (json(answer) as { code: string }).code;
const insert = (file: string | null): Promise<Answer> => harness.post('/api/card/insert', { file });

/** Listens to the events; `until` resolves with the data of the first event of that name. */
async function listen(): Promise<{ until: (name: string) => Promise<unknown>; names: string[]; stop: () => void }> {
  const names: string[] = [];
  const waiting: { name: string; resolve: (data: unknown) => void }[] = [];
  const seen: { name: string; data: unknown }[] = [];
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const sent = request(
      {
        host: '127.0.0.1',
        port: harness.port,
        path: '/api/events',
        headers: { cookie: harness.cookie, origin: harness.origin },
        agent: false,
      },
      resolve,
    );
    sent.on('error', reject);
    sent.end();
  });
  expect(response.headers['content-type']).toBe('text/event-stream; charset=utf-8');
  expect(response.headers['content-security-policy']).toContain("default-src 'none'");
  let text = '';
  response.on('error', () => undefined);
  response.on('data', (part: Buffer) => {
    text += part.toString('utf8');
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const match = /^event: (\w+)\ndata: (.*)$/.exec(text.slice(0, end));
      text = text.slice(end + 2);
      if (match === null) continue;
      const event = { name: match[1]!, data: JSON.parse(match[2]!) as unknown };
      names.push(event.name);
      seen.push(event);
      for (const waiter of waiting.filter(({ name }) => name === event.name)) waiter.resolve(event.data);
    }
  });
  return {
    names,
    until: (name) =>
      new Promise((resolve) => {
        const before = seen.find((event) => event.name === name);
        if (before !== undefined) resolve(before.data);
        else waiting.push({ name, resolve });
      }),
    stop: () => response.destroy(),
  };
}

it('shows the day, the words, the cards and the reader', async () => {
  expect((json(await harness.get('/api/glance')) as Overview).counts).toMatchObject({
    ready: 15,
    held: 2,
    late: 1,
    dueToday: 2,
    uncertain: 2,
    refused: 2,
  });
  expect((json(await harness.get('/api/words')) as { invoice: { READY: { word: string } } }).invoice.READY.word).toBe('À envoyer');
  expect(json(await harness.get('/api/cards')) as unknown[]).toHaveLength(4);
  expect(json(await harness.get('/api/reader'))).toEqual({
    status: { state: 'no-card', reader: 'Lecteur virtuel' },
    opened: null,
    presenting: null,
    problem: expect.objectContaining({ code: 'CPS-001' }) as unknown,
    expiry: null,
  });
});

it('shows what would leave, before any code', async () => {
  const preflight = json(await harness.get(`/api/preflight?praticien=${DUPONT}&situation=2`)) as Preflight;
  expect(preflight).toMatchObject({ practitioner: DUPONT, situation: '2', invoices: 2 });
  expect(harness.teletrans.codes).toEqual([]);
});

describe('the virtual reader', () => {
  it('takes a card of the list and gives it back', async () => {
    expect((await insert('cartes/dupont.json')).status).toBe(204);
    expect((await insert(null)).status).toBe(204);
    expect(harness.teletrans.calls).toEqual(['insert cartes/dupont.json', 'insert none']);
  });

  it('takes no file that is not in the list', async () => {
    const answer = await insert('../../etc/passwd');
    expect([answer.status, codeOf(answer)]).toEqual([400, 'FEN-007']);
    expect(harness.teletrans.calls).toEqual([]);
  });

  it('is not there when the reader is a real one', async () => {
    const real = await openHarness({ realReader: true });
    try {
      await real.open();
      expect((await real.get('/api/cards')).text).toBe('null');
      expect(codeOf(await real.post('/api/card/insert', { file: null }))).toBe('FEN-006');
    } finally {
      await real.close();
    }
  });
});

describe('the code porteur', () => {
  it('opens the card and is wiped', async () => {
    await insert('cartes/dupont.json');
    const answer = await harness.postCode('1234');
    expect(json(answer)).toMatchObject({ holderName: 'DUPONT CLAIRE', situations: [{ number: '1' }, { number: '2' }] });
    expect(harness.teletrans.codes[0]).toEqual(Buffer.alloc(4));
    expect((json(await harness.get('/api/reader')) as { opened: { holderName: string } }).opened.holderName).toBe('DUPONT CLAIRE');
  });

  it('is wiped when it is wrong, and the tries left are said', async () => {
    await insert('cartes/dupont.json');
    const answer = await harness.postCode('9999');
    expect(answer.status).toBe(409);
    expect(json(answer) as { code: string; message: string }).toMatchObject({
      code: 'CPS-003',
      message: expect.stringContaining('2') as string,
    });
    expect(harness.teletrans.codes[0]).toEqual(Buffer.alloc(4));
  });

  it('is wiped when the application fails unexpectedly', async () => {
    harness.teletrans.failures.set('openCard', new Error('boom'));
    expect(codeOf(await harness.postCode('1234'))).toBe('HOT-999');
    expect(harness.teletrans.codes[0]).toEqual(Buffer.alloc(4));
  });

  it('spends the last try only when that is confirmed', async () => {
    await insert('cartes/kervella.json');
    expect(codeOf(await harness.postCode('2468'))).toBe('CPS-004');
    expect((await harness.postCode('2468', '?dernierEssai=oui')).status).toBe(400);
    expect((await harness.postCode('2468', '?dernierEssai=confirme')).status).toBe(200);
  });

  it('says a blocked card, an absent card and a code of another length', async () => {
    expect(codeOf(await harness.postCode('1234'))).toBe('CPS-001');
    await insert('cartes/bloquee.json');
    expect(codeOf(await harness.postCode('1357'))).toBe('CPS-005');
    await insert('cartes/dupont.json');
    for (const code of ['', '123', '12345', '12a4', '１２３４']) expect(codeOf(await harness.postCode(code))).toBe('CPS-023');
    expect(harness.teletrans.cards[0]!.triesLeft).toBe(3);
  });

  it('is taken as bytes alone, and never when it is too long', async () => {
    for (const type of ['application/json', 'text/plain', 'application/x-www-form-urlencoded', 'application/octet-stream; charset=utf-8'])
      expect((await harness.post('/api/card/open', '1234', { 'content-type': type })).status).toBe(415);
    expect((await harness.postCode('1'.repeat(CODE_BODY_LIMIT + 1))).status).toBe(413);
    expect((await harness.postCode(Buffer.alloc(100_000, 0x31))).status).toBe(413);
    expect(harness.teletrans.codes).toEqual([]);
  });

  it('never stands in the log or in an answer', async () => {
    await insert('cartes/dupont.json');
    const answers = [await harness.postCode('8642'), await harness.postCode('8642'), await harness.postCode('1234')];
    const written = JSON.stringify([harness.logger.lines, answers]);
    expect(written).not.toContain('8642');
    expect(written).not.toContain('1234"');
  });

  it('leaves nothing in the pieces the network gave', async () => {
    const pieces = [Buffer.from('12'), Buffer.from('34')];
    const code = await readCode(Readable.from(pieces));
    expect(code.toString()).toBe('1234');
    expect(pieces).toEqual([Buffer.alloc(2), Buffer.alloc(2)]);
    const long = [Buffer.from('12'), Buffer.alloc(CODE_BODY_LIMIT, 0x35)];
    await expect(readCode(Readable.from(long))).rejects.toMatchObject({ refusal: 'tooLarge' });
    expect(long.every((piece) => piece.every((byte) => byte === 0))).toBe(true);
  });
});

describe('a transmission', () => {
  const transmit = (praticien: string | null = DUPONT): Promise<Answer> => harness.post('/api/transmit', { praticien, situation: null });
  const ready = async (): Promise<void> => {
    await insert('cartes/dupont.json');
    await harness.postCode('1234');
  };

  it('is answered at once and told as it goes, to its report', async () => {
    await ready();
    const events = await listen();
    const answer = await transmit();
    expect(answer.status).toBe(202);
    expect((json(answer) as { work: WorkView }).work).toMatchObject({ id: 1, kind: 'transmit', endedAt: null });
    const result = (await events.until('result')) as WorkView;
    expect(result.report).toMatchObject({ result: 'partial', files: expect.arrayContaining([]) as unknown[] });
    expect(result.report?.files.length).toBeGreaterThan(0);
    expect(result.error).toBeNull();
    expect(events.names[0]).toBe('hello');
    expect(events.names).toContain('progress');
    await events.until('changed');
    expect((await harness.workEnded()).work).toMatchObject({ id: 1, report: { result: 'partial' } });
    events.stop();
  });

  it('goes on when the page that asked has gone', async () => {
    await ready();
    const events = await listen();
    await transmit();
    events.stop();
    expect((await harness.workEnded()).work['report']).not.toBeNull();
  });

  it('runs once at a time', async () => {
    await harness.close();
    harness = await openHarness({ stepMs: 15 });
    await harness.open();
    await ready();
    expect((await transmit()).status).toBe(202);
    for (const answer of [await transmit(), await harness.post('/api/collect')])
      expect([answer.status, codeOf(answer)]).toEqual([409, 'TRA-018']);
    await harness.workEnded();
    expect((await harness.post('/api/collect')).status).toBe(202);
    expect((await harness.workEnded()).work).toMatchObject({ id: 2, kind: 'collect' });
  });

  it.each(['TRA-018', 'CPS-010', 'STO-004'])('that %s prevents is answered with it, and leaves the last result in place', async (code) => {
    await harness.post('/api/collect');
    await harness.workEnded();
    harness.teletrans.failures.set('transmit', new VitaleError(code, { titulaire: 'DUPONT CLAIRE' }));
    const answer = await transmit();
    expect([answer.status, codeOf(answer)]).toEqual([409, code]);
    expect((await harness.workEnded()).work).toMatchObject({ id: 1, kind: 'collect', error: null });
  });

  it('that fails on the way ends with the reason in words', async () => {
    jest.spyOn(harness.teletrans, 'transmit').mockImplementation(async (_choice, told) => {
      told({ step: 'sealing', done: 1, total: 3 });
      await new Promise((resolve) => setTimeout(resolve, 5));
      throw new VitaleError('LEC-004');
    });
    expect((await transmit()).status).toBe(202);
    expect((await harness.workEnded()).work).toMatchObject({
      report: null,
      progress: { step: 'sealing', done: 1 },
      error: { code: 'LEC-004' },
    });
    expect((await harness.post('/api/collect')).status).toBe(202);
  });

  it('by another practitioner’s card is refused with the holder’s name', async () => {
    await ready();
    const answer = await transmit(KERVELLA);
    expect(json(answer) as { code: string; message: string }).toMatchObject({
      code: 'CPS-010',
      message: expect.stringContaining('DUPONT CLAIRE') as string,
    });
  });
});

it('collects the returns and says what they were', async () => {
  expect((await harness.post('/api/collect')).status).toBe(202);
  expect((await harness.workEnded()).work).toMatchObject({ kind: 'collect', returns: { arl: { positive: 2, negative: 0 } } });
});

it('releases a refused lot, and no other', async () => {
  expect((await harness.post('/api/lots/l-122/release')).status).toBe(204);
  expect(harness.teletrans.calls).toContain('release l-122');
  const again = await harness.post('/api/lots/l-122/release');
  expect([again.status, codeOf(again)]).toEqual([409, 'DEC-003']);
});

it('takes up a file refused for good, and no other', async () => {
  const { teletrans } = harness;
  const [file] = teletrans.files;
  teletrans.files = teletrans.files.map((each) => (each === file ? { ...each, state: 'PERM_FAILED' } : each));
  expect((await harness.post(`/api/files/${file!.id}/retry`)).status).toBe(204);
  expect(teletrans.files.find((each) => each.id === file!.id)?.state).toBe('FROZEN');
  const again = await harness.post(`/api/files/${file!.id}/retry`);
  expect([again.status, codeOf(again)]).toEqual([409, 'DEC-003']);
});

it('tells many changes in a row once', async () => {
  const events = await listen();
  await events.until('hello');
  for (let i = 0; i < 100; i++) harness.teletrans.changed();
  await events.until('changed');
  await new Promise((resolve) => setTimeout(resolve, 150));
  expect(events.names.filter((name) => name === 'changed')).toHaveLength(1);
  events.stop();
});

it('lets a bounded number of pages listen', async () => {
  const open = [];
  for (let i = 0; i < 32; i++) open.push(await listen());
  expect(codeOf(await harness.get('/api/events', { origin: harness.origin }))).toBe('FEN-008');
  for (const events of open) events.stop();
});
