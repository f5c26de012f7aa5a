/** What the tests with real mail servers need, and what is missing here. */
import { existsSync } from 'node:fs';

export const POSTFIX = '/usr/sbin/postfix';
export const POSTFIX_DAEMONS = '/usr/lib/postfix/sbin';
export const DOVECOT = '/usr/sbin/dovecot';

/** @returns null when all is there, else a sentence that says what is missing. */
export function missingForMailServers(): string | null {
  if (!existsSync(POSTFIX)) return 'postfix is not installed (Debian: postfix)';
  if (!existsSync(DOVECOT) || !existsSync('/usr/lib/dovecot/pop3')) return 'dovecot is not installed (Debian: dovecot-core dovecot-pop3d)';
  if (!existsSync('/usr/bin/setpriv')) return 'setpriv is not installed (Debian: util-linux)';
  if (process.getuid?.() !== 0) return 'Postfix and Dovecot start for root only';
  return null;
}

/** `describe`, or its skipping form with the reason printed; with CI=true nothing may be missing. */
export function describeWithMailServers(name: string, tests: () => void): void {
  const missing = missingForMailServers();
  if (missing !== null && process.env['CI'] === 'true') throw new Error(`CI: ${missing}`);
  if (missing !== null) console.warn(`left out, ${missing}: ${name}`);
  (missing === null ? describe : describe.skip)(name, tests);
}
