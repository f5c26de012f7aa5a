/** Dovecot from a throw-away configuration (spec/transport.md § 7): POP3 and POP3S on loopback over Maildirs, and the login that Postfix asks. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DOVECOT } from './means';
import { ServerProcess } from './server-process';

export interface DovecotSettings {
  readonly folder: string;
  readonly tls: { readonly cert: string; readonly key: string };
  readonly mail: string;
  readonly owner: number;
  /** The one password of every mailbox. */
  readonly password: string;
  readonly ports: { readonly pop3: number; readonly pop3s: number; readonly login: number };
}

export async function startDovecot(settings: DovecotSettings): Promise<ServerProcess> {
  const { folder, ports } = settings;
  for (const name of ['base', 'state']) mkdirSync(join(folder, name), { recursive: true });
  const file = join(folder, 'dovecot.conf');
  writeFileSync(file, configuration(settings), { mode: 0o600 });
  const server = ServerProcess.start('dovecot', DOVECOT, ['-F', '-c', file]);
  await server.accepting([ports.pop3, ports.pop3s, ports.login]).catch(async (error: unknown) => {
    await server.stop();
    throw error;
  });
  return server;
}

function configuration({ folder, tls, mail, owner, password, ports }: DovecotSettings): string {
  return `base_dir = ${join(folder, 'base')}
state_dir = ${join(folder, 'state')}
log_path = ${join(folder, 'dovecot.log')}
protocols = pop3
listen = 127.0.0.1
ssl = required
ssl_cert = <${tls.cert}
ssl_key = <${tls.key}
ssl_min_protocol = TLSv1.2
disable_plaintext_auth = yes
auth_mechanisms = plain login
auth_failure_delay = 0
mail_location = maildir:${mail}/%d/%n
mail_uid = ${owner}
mail_gid = ${owner}
first_valid_uid = ${owner}
mail_max_userip_connections = 50
pop3_uidl_format = %g
pop3_no_flag_updates = yes
passdb {
  driver = static
  args = password=${password}
}
userdb {
  driver = static
  args = uid=${owner} gid=${owner} home=${mail}/%d/%n
}
service pop3-login {
  inet_listener pop3 {
    port = ${ports.pop3}
  }
  inet_listener pop3s {
    port = ${ports.pop3s}
    ssl = yes
  }
}
service anvil {
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
service auth {
  inet_listener {
    port = ${ports.login}
  }
}
`;
}
