/** Postfix from a throw-away configuration (spec/transport.md § 7): submission on loopback with login and TLS, delivery into Maildirs, nothing leaves the machine. */
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { POSTFIX, POSTFIX_DAEMONS } from './means';
import { ServerProcess } from './server-process';

export interface PostfixSettings {
  /** Folder of its own. */
  readonly folder: string;
  readonly tls: { readonly cert: string; readonly key: string };
  /** Root of the Maildirs, `domain/user/`, owned by {@link PostfixSettings.owner}. */
  readonly mail: string;
  readonly owner: number;
  readonly mailboxes: readonly string[];
  /** A domain taken in and never delivered: its mails come back as delivery reports. */
  readonly bouncing: string;
  readonly ports: { readonly submission: number; readonly smtps: number; readonly refusing: number; readonly login: number };
}

const INTERNAL = `
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
showq unix n - n - - showq
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
smtp unix - - n - - smtp
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
postlog unix-dgram n - n - 1 postlogd
`;

export async function startPostfix(settings: PostfixSettings): Promise<ServerProcess> {
  const { folder, ports } = settings;
  const at = (name: string): string => join(folder, name);
  for (const name of ['etc', 'queue', 'data']) mkdirSync(at(name), { recursive: true });
  chmodSync(folder, 0o711);
  execFileSync('chown', ['postfix', at('data')]);
  writeFileSync(at('etc/mailboxes'), settings.mailboxes.map((address) => `${address} ${maildirOf(address)}\n`).join(''));
  writeFileSync(at('etc/transport'), `${settings.bouncing} smtp:[127.0.0.1]:${ports.refusing}\n`);
  writeFileSync(at('etc/main.cf'), mainCf(settings));
  writeFileSync(
    at('etc/master.cf'),
    `127.0.0.1:${ports.submission} inet n - n - - smtpd\n127.0.0.1:${ports.smtps} inet n - n - - smtpd -o smtpd_tls_wrappermode=yes\n127.0.0.1:${ports.refusing} inet n - n - - smtpd -o myhostname=${settings.bouncing} -o smtpd_recipient_restrictions=reject\n${INTERNAL}`,
  );
  execFileSync(POSTFIX, ['-c', at('etc'), 'check'], { stdio: 'pipe' }); // makes the folders of the queue
  const server = ServerProcess.start('postfix', join(POSTFIX_DAEMONS, 'master'), ['-c', at('etc'), '-d']);
  await server.accepting([ports.submission, ports.smtps]).catch(async (error: unknown) => {
    await server.stop();
    throw error;
  });
  return server;
}

/** Place of an address under the root of the mails; the last stroke makes it a Maildir. */
function maildirOf(address: string): string {
  const [user = '', domain = ''] = address.split('@');
  return `${domain}/${user}/`;
}

function mainCf({ folder, tls, mail, owner, mailboxes, bouncing, ports }: PostfixSettings): string {
  const domains = new Set(mailboxes.map((address) => address.slice(address.indexOf('@') + 1)));
  const at = (name: string): string => join(folder, name);
  return `compatibility_level = 3.6
queue_directory = ${at('queue')}
data_directory = ${at('data')}
command_directory = /usr/sbin
daemon_directory = ${POSTFIX_DAEMONS}
mail_owner = postfix
setgid_group = postdrop
maillog_file = ${at('mail.log')}
maillog_file_prefixes = ${folder}
myhostname = mta.test.invalid
mydestination =
local_transport = error:no local delivery
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
alias_maps =
virtual_mailbox_domains = ${[...domains].join(' ')}
relay_domains = ${bouncing}
virtual_mailbox_maps = texthash:${at('etc/mailboxes')}
virtual_mailbox_base = ${mail}
virtual_uid_maps = static:${owner}
virtual_gid_maps = static:${owner}
virtual_transport = virtual
transport_maps = texthash:${at('etc/transport')}
default_transport = error:outbound disabled
relay_transport = error:outbound disabled
mailbox_size_limit = 0
virtual_mailbox_limit = 0
message_size_limit = 10485760
smtpd_tls_cert_file = ${tls.cert}
smtpd_tls_key_file = ${tls.key}
smtpd_tls_security_level = may
smtpd_tls_auth_only = yes
smtpd_tls_mandatory_protocols = >=TLSv1.2
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = inet:127.0.0.1:${ports.login}
smtpd_relay_restrictions = permit_sasl_authenticated, reject
smtpd_recipient_restrictions = permit_sasl_authenticated, reject
smtpd_client_connection_rate_limit = 0
smtpd_client_connection_count_limit = 0
in_flow_delay = 0
`;
}
