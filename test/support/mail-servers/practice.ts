/** The demonstration practice behind real mail servers: its `cabinet.json` with TLS and login. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makePracticeBox } from '../../../src/demonstration/practice-box';
import type { LinkSecurity, MailServer } from '../../../src/teletrans/domain/practice';
import { PRACTICE_MAILBOX, type MailWorld } from './mail-world';

export interface Links {
  readonly smtp: Exclude<LinkSecurity, 'none'>;
  readonly pop3: Exclude<LinkSecurity, 'none'>;
}

/** @param change other ports (a machine in between), another authority. */
export function makeMailPractice(
  home: string,
  world: MailWorld,
  links: Links,
  change: { smtp?: Partial<MailServer>; pop3?: Partial<MailServer> } = {},
): void {
  const { ports, ca, password } = world;
  makePracticeBox(home, { smtpPort: 1, pop3Port: 1 });
  const account = { host: '127.0.0.1', ca, user: PRACTICE_MAILBOX, password };
  setCabinet(home, (cabinet) => ({
    ...cabinet,
    network: {
      sender: PRACTICE_MAILBOX,
      smtp: { ...account, security: links.smtp, port: links.smtp === 'tls' ? ports.smtps : ports.submission, ...change.smtp },
      pop3: { ...account, security: links.pop3, port: links.pop3 === 'tls' ? ports.pop3s : ports.pop3, ...change.pop3 },
    },
  }));
}

/** Rewrites `cabinet.json`. */
export function setCabinet(home: string, change: (cabinet: Record<string, unknown>) => object): void {
  const file = join(home, 'cabinet.json');
  writeFileSync(file, JSON.stringify(change(JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>)));
}
