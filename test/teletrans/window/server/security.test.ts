import { connect } from 'node:net';
import { cookieName } from '../../../../src/teletrans/window/server/guard';
import { openHarness, type Harness } from './harness';

let harness: Harness;
beforeEach(async () => {
  harness = await openHarness();
});
afterEach(async () => harness.close());

const code = (text: string): string => (JSON.parse(text) as { code: string }).code;

describe('the one-time address', () => {
  it('opens a session once, with a cookie no script can read, and leads to the page', async () => {
    const answer = await harness.open(harness.window.url);
    expect(answer.status).toBe(303);
    expect(answer.headers.location).toBe('/');
    expect(answer.headers['set-cookie']?.[0]).toMatch(
      new RegExp(`^${cookieName(harness.port)}=[\\w-]{43}; Path=/; HttpOnly; SameSite=Strict$`),
    );
    expect((await harness.get('/')).text).toContain('<title>Page</title>');
  });

  it('carries 256 bits and is new each time', () => {
    const urls = [harness.window.url, harness.window.newUrl(), harness.window.newUrl()];
    expect(new Set(urls).size).toBe(3);
    for (const url of urls) expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/ouvrir\/[\w-]{43}$/);
  });

  it('is refused the second time, in words', async () => {
    const url = harness.window.newUrl();
    await harness.open(url);
    harness.cookie = '';
    const again = await harness.raw('GET', new URL(url).pathname, { accept: 'text/html' });
    expect(again.status).toBe(403);
    expect(again.headers['set-cookie']).toBeUndefined();
    expect(again.text).toContain('icône du téléphone');
  });

  it('leads back to the page where the session lives already', async () => {
    const url = harness.window.newUrl();
    await harness.open(url);
    const again = await harness.get(new URL(url).pathname);
    expect([again.status, again.headers.location]).toEqual([303, '/']);
  });

  it('has served once it was opened in a living session: nobody else may use it', async () => {
    await harness.open();
    const path = new URL(harness.window.newUrl()).pathname;
    expect((await harness.get(path, { 'sec-purpose': 'prefetch' })).status).toBe(303);
    expect((await harness.get(path)).status).toBe(303);
    expect((await harness.raw('GET', path)).status).toBe(403);
  });

  it('opened from a page of the host goes on by a page of its own, which alone the strict cookie reaches', async () => {
    const led = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' };
    const answer = await harness.raw('GET', new URL(harness.window.newUrl()).pathname, led);
    expect([answer.status, answer.headers['refresh']]).toEqual([200, '0; url=/']);
    expect(answer.headers['set-cookie']?.[0]).toContain('SameSite=Strict');
    expect((await harness.raw('GET', '/', led)).status).toBe(403);
  });

  it('is over after two minutes', async () => {
    const url = harness.window.newUrl();
    harness.time.ms += 120_001;
    expect((await harness.open(url)).status).toBe(403);
  });

  it('is not used up by a browser that fetches ahead, nor by HEAD', async () => {
    const path = new URL(harness.window.newUrl()).pathname;
    expect((await harness.raw('GET', path, { 'sec-purpose': 'prefetch' })).status).toBe(403);
    expect((await harness.raw('HEAD', path)).status).toBe(404);
    expect((await harness.raw('GET', path)).status).toBe(303);
  });

  it('lets several windows live side by side, each with its own session', async () => {
    await harness.open();
    const first = harness.cookie;
    await harness.open();
    expect(harness.cookie).not.toBe(first);
    for (const cookie of [first, harness.cookie]) expect((await harness.get('/api/glance', { cookie })).status).toBe(200);
  });

  it('cannot be guessed', async () => {
    for (const guess of ['', 'a', 'A'.repeat(43), '..%2f..%2fetc', '%00'])
      expect([400, 403, 404]).toContain((await harness.raw('GET', `/ouvrir/${guess}`)).status);
  });
});

describe('a request', () => {
  beforeEach(async () => {
    await harness.open();
  });

  it.each(['/', '/index.html', '/assets/page.js', '/api/glance', '/api/words', '/api/events', '/nowhere'])(
    'for %s is refused without the session',
    async (path) => {
      const answer = await harness.raw('GET', path, { origin: harness.origin });
      expect(answer.status).toBe(401);
      expect(code(answer.text)).toBe('FEN-001');
    },
  );

  it('with an invented or an ended session is refused', async () => {
    expect((await harness.get('/', { cookie: `${cookieName(harness.port)}=${'x'.repeat(43)}` })).status).toBe(401);
    harness.time.ms += 12 * 3_600_000 + 1;
    expect((await harness.get('/')).status).toBe(401);
  });

  it.each(['evil.example', 'localhost', 'LOCALHOST', '127.0.0.1', '[::1]', '0.0.0.0', '127.0.0.1.evil.example'])(
    'with the Host %s is refused: a foreign name may point at this machine',
    async (host) => {
      for (const value of [host, `${host}:${harness.port}`]) {
        if (value === `127.0.0.1:${harness.port}`) continue;
        expect((await harness.get('/api/glance', { host: value })).status).toBe(403);
        expect((await harness.raw('GET', new URL(harness.window.newUrl()).pathname, { host: value })).status).toBe(403);
      }
    },
  );

  it('that changes something is refused from another origin, or from none', async () => {
    const forged = [
      'http://evil.example',
      'null',
      `http://localhost:${harness.port}`,
      `https://127.0.0.1:${harness.port}`,
      'http://127.0.0.1:1',
    ];
    for (const path of ['/api/transmit', '/api/collect', '/api/card/open', '/api/card/insert', '/api/lots/l-122/release']) {
      for (const origin of forged) expect((await harness.post(path, undefined, { origin })).status).toBe(403);
      expect((await harness.raw('POST', path, { cookie: harness.cookie })).status).toBe(403);
    }
    expect(harness.teletrans.calls).toEqual([]);
    expect(harness.teletrans.codes).toEqual([]);
  });

  it('for the events is refused from another origin, or from none the browser vouches for', async () => {
    expect((await harness.get('/api/events', { origin: 'http://evil.example' })).status).toBe(403);
    expect((await harness.get('/api/events')).status).toBe(403);
  });

  it('from another site or another port of this machine is refused even with the cookie', async () => {
    for (const site of ['cross-site', 'same-site'])
      for (const mode of ['navigate', 'no-cors', 'cors'])
        expect((await harness.get('/api/glance', { 'sec-fetch-site': site, 'sec-fetch-mode': mode })).status).toBe(403);
    expect((await harness.get('/api/glance', { 'sec-fetch-site': 'none', 'sec-fetch-mode': 'no-cors' })).status).toBe(403);
    expect((await harness.get('/', { 'sec-fetch-site': 'none', 'sec-fetch-mode': 'navigate' })).status).toBe(200);
    expect((await harness.get('/api/glance', { 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'cors' })).status).toBe(200);
  });

  it('with another method is refused', async () => {
    for (const method of ['PUT', 'DELETE', 'PATCH', 'OPTIONS'])
      expect((await harness.raw(method, '/api/glance', { cookie: harness.cookie, origin: harness.origin })).status).toBe(404);
  });

  it('never leaves the folder of the page', async () => {
    for (const path of [
      '/../secret.txt',
      '/..%2fsecret.txt',
      '/%2e%2e/secret.txt',
      '/assets/..%2f..%2fsecret.txt',
      '/assets/%2e%2e%5csecret.txt',
      '/%',
    ]) {
      const answer = await harness.get(path);
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.text).not.toContain('hors de la page');
    }
  });

  it('with a body that is too long, of another kind or another shape is refused and does nothing', async () => {
    expect((await harness.post('/api/transmit', { praticien: null, situation: null, more: 'x'.repeat(5000) })).status).toBe(413);
    expect((await harness.post('/api/transmit', undefined, { 'content-type': 'text/plain' })).status).toBe(415);
    expect(
      (
        await harness.raw(
          'POST',
          '/api/transmit',
          { cookie: harness.cookie, origin: harness.origin, 'content-type': 'application/json' },
          '{',
        )
      ).status,
    ).toBe(400);
    for (const body of [
      {},
      { praticien: null },
      { praticien: 999000011, situation: null },
      { praticien: '99900001', situation: null },
      { praticien: '999000011', situation: '0' },
      { praticien: '999000011', situation: null, autre: 1 },
      [],
      'x',
      null,
    ])
      expect((await harness.post('/api/transmit', body)).status).toBe(400);
    expect((await harness.post('/api/card/insert', { file: '' })).status).toBe(400);
    expect((await harness.post('/api/lots/a%2Fb/release')).status).toBe(400);
    expect((await harness.get('/api/preflight?praticien=1')).status).toBe(400);
    expect((await harness.get('/api/preflight?autre=1')).status).toBe(400);
    expect(harness.teletrans.calls).toEqual([]);
  });

  it('that is no HTTP at all is turned away without a word about the program', async () => {
    const text = await new Promise<string>((resolve, reject) => {
      const socket = connect(harness.port, '127.0.0.1', () => socket.write('NONSENSE\r\n\r\n'));
      let got = '';
      socket.on('data', (part) => (got += part.toString()));
      socket.on('close', () => resolve(got));
      socket.on('error', reject);
    });
    expect(text).toMatch(/^HTTP\/1\.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n$/);
  });
});

describe('every answer', () => {
  it('carries the strict headers, refusals too', async () => {
    await harness.open();
    const answers = [
      await harness.get('/'),
      await harness.get('/assets/page.js'),
      await harness.get('/api/glance'),
      await harness.get('/nowhere'),
      await harness.get('/%'),
      await harness.raw('GET', '/'),
      await harness.raw('GET', '/', { host: 'evil.example' }),
      await harness.open(),
      await harness.raw('GET', '/avis.css'),
      await harness.post('/api/transmit', {}),
    ];
    for (const { headers } of answers) {
      expect(headers['content-security-policy']).toBe(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
      );
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['referrer-policy']).toBe('no-referrer');
      expect(headers['cache-control']).toBe('no-store');
      expect(headers['access-control-allow-origin']).toBeUndefined();
    }
  });

  it('to an error says what to do and shows neither stack nor text of the program', async () => {
    await harness.open();
    harness.teletrans.failures.set('overview', new Error('ENOENT: /home/cabinet/1801167050075'));
    const answer = await harness.get('/api/glance');
    expect(answer.status).toBe(500);
    const body = JSON.parse(answer.text) as Record<string, string>;
    expect(Object.keys(body).sort()).toEqual(['action', 'code', 'message']);
    expect(body['code']).toBe('HOT-999');
    expect(answer.text).not.toMatch(/ENOENT|home|1801167050075|at /);
    const logged = harness.logger.lines.find((line) => line.event === 'window.unexpected');
    expect(body['message']).toContain(logged?.fields?.id);
  });
});

it('logs neither ticket nor cookie', async () => {
  await harness.open();
  await harness.raw('GET', '/api/glance');
  await harness.raw('GET', new URL(harness.window.newUrl()).pathname, { host: 'evil.example' });
  const secret = harness.cookie.split('=')[1]!;
  const text = JSON.stringify(harness.logger.lines);
  expect(harness.logger.lines.length).toBeGreaterThan(2);
  expect(text).not.toContain(secret);
  expect(text).not.toMatch(/\/ouvrir\/(?!:ticket")/);
});

it('ends every session when it closes', async () => {
  await harness.open();
  await harness.window.close();
  await expect(harness.get('/')).rejects.toThrow(/ECONNREFUSED/);
});
