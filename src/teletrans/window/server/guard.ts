/**
 * The checks every request passes before anything reads it. The window listens on the loopback interface, which other programs and every web page of the
 * practice's browser can reach: the address alone gives no right.
 */
import type { FastifyRequest } from 'fastify';
import type { RefusalName } from './refusals';
import type { Sessions } from './sessions';

/** Addresses that need no session: the one-time address and the style sheet of the page that says it is over. */
export const OPEN_PREFIX = '/ouvrir/';
export const NOTICE_STYLE = '/avis.css';
const EVENTS = '/api/events';

/** Name of the session cookie; cookies know no port, so two programs must not share one. */
export const cookieName = (port: number): string => `teletrans-${port}`;

function path(request: FastifyRequest): string {
  return request.url.split('?', 1)[0] ?? '';
}

/** Says why a request is refused, or null when it may go on. `port` is the one the server listens on. */
export function refusalOf(request: FastifyRequest, port: number, sessions: Sessions): RefusalName | null {
  const { headers, method } = request;
  // A name that an attacker's DNS server points at 127.0.0.1 ends here.
  if (headers.host !== `127.0.0.1:${port}`) return 'origin';
  if (method !== 'GET' && method !== 'POST') return 'notFound';
  const at = path(request);
  const opening = at.startsWith(OPEN_PREFIX);
  if (!fetchSiteAllows(headers['sec-fetch-site'], method, headers['sec-fetch-mode'], opening)) return 'origin';
  if (!originAllows(headers.origin, headers['sec-fetch-site'], port, method !== 'GET' || at === EVENTS)) return 'origin';
  if (opening || at === NOTICE_STYLE) return null;
  return sessions.admits(request.cookies[cookieName(port)]) ? null : 'session';
}

/**
 * Sec-Fetch-Site, where the browser sends it: our own page, or a person who opens the address. Another port of this machine is `same-site` and refused.
 * A link in another page may lead to a one-time address, which proves itself.
 */
function fetchSiteAllows(
  site: string | string[] | undefined,
  method: string,
  mode: string | string[] | undefined,
  opening: boolean,
): boolean {
  if (site === undefined || site === 'same-origin') return true;
  if (site === 'none') return method === 'GET' && (mode === undefined || mode === 'navigate');
  return opening && method === 'GET' && mode === 'navigate';
}

/** Origin, when sent, is ours; it must be sent where something is changed, and on the event stream unless the browser vouches for the page. */
function originAllows(origin: string | undefined, site: string | string[] | undefined, port: number, needed: boolean): boolean {
  if (origin !== undefined) return origin === `http://127.0.0.1:${port}`;
  return !needed || site === 'same-origin';
}
