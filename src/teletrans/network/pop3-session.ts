/** Opens a mailbox: connection, TLS, account. What is done in it then is the business of whoever opened it. */
import type { MailServer } from '../domain/practice';
import { Pop3Connection, Pop3Failure } from './pop3-connection';
import { readAuthorities, readPassword } from './secrets';

export interface Pop3Account extends MailServer {
  readonly minTls: 'TLSv1.2' | 'TLSv1.3';
  /** For the connection and for each answer. */
  readonly commandTimeoutMs: number;
  /** Folder that relative names of the password and authority files start from. */
  readonly home: string;
}

export const MAX_LIST_BYTES = 8 * 1024 * 1024;
/** Answers of RFC 2449 and 3206 that are no refusal of the password. */
const NOT_THE_PASSWORD = /^\[(IN-USE|LOGIN-DELAY|SYS\/TEMP|SYS\/PERM)\]/i;

/** Errors: {@link Pop3Failure}. */
export async function openMailbox(account: Pop3Account): Promise<Pop3Connection> {
  const password = await readPassword(account.password, account.home).catch((cause: unknown) => {
    throw new Pop3Failure('auth', { cause });
  });
  const ca = await readAuthorities(account).catch((cause: unknown) => {
    throw new Pop3Failure('tls', { cause });
  });
  const { user } = account;
  if (user === null || password === null || /[\r\n\0]/.test(user + password)) throw new Pop3Failure('auth');
  const connection = await Pop3Connection.open({ ...account, ca, timeoutMs: account.commandTimeoutMs });
  try {
    await connection.answer();
    if (account.security === 'starttls') await startTls(connection);
    await login(connection, user, password);
    return connection;
  } catch (error) {
    connection.close();
    throw error;
  }
}

/** Without STLS there is no session: the password never goes in clear. */
async function startTls(connection: Pop3Connection): Promise<void> {
  try {
    await connection.askLines('CAPA', MAX_LIST_BYTES);
  } catch (error) {
    if (!(error instanceof Pop3Failure && error.reason === 'refused')) throw error; // CAPA is optional, STLS is not
  }
  try {
    await connection.ask('STLS');
  } catch (error) {
    if (error instanceof Pop3Failure && error.reason === 'refused') throw new Pop3Failure('tls', { cause: error });
    throw error;
  }
  await connection.secure();
}

async function login(connection: Pop3Connection, user: string, password: string): Promise<void> {
  try {
    await connection.ask(`USER ${user}`);
    await connection.ask(`PASS ${password}`);
  } catch (error) {
    const refused = error instanceof Pop3Failure && error.reason === 'refused';
    if (refused && !NOT_THE_PASSWORD.test(String(error.cause))) throw new Pop3Failure('auth');
    throw error;
  }
}
