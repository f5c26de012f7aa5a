/** Hosts that never leave the machine: the only ones a link without encryption may go to (contract § 2). */
import { VitaleError } from '../domain/errors';
import type { LinkSecurity } from '../domain/practice';

/** True for 127.0.0.0/8, ::1 and the name `localhost`. Any other name may resolve elsewhere and is not. */
export function isLoopback(host: string): boolean {
  const name = host.toLowerCase().replace(/^\[(.*)\]$/, '$1');
  return name === 'localhost' || name === '::1' || /^127(\.(25[0-5]|2[0-4]\d|1?\d?\d)){3}$/.test(name);
}

/** Refuses a link in clear to another machine. Errors: CFG-003. */
export function assertLinkAllowed(server: { readonly host: string; readonly security: LinkSecurity }): void {
  if (server.security === 'none' && !isLoopback(server.host)) throw new VitaleError('CFG-003', { serveur: server.host });
}
