/** The fault matrix of spec/transport.md § 4, and what mailboxes do to returns: one row, one server behaviour. Data. */

/** Where a server is in a dialogue when it misbehaves; `body` in the middle of a message, `dot` at its end, before the reply. */
export type SmtpPoint = 'greeting' | 'EHLO' | 'MAIL' | 'RCPT' | 'DATA' | 'body' | 'dot' | 'after-reply';
export type Pop3Point = 'connection' | 'USER' | 'PASS' | 'LIST' | 'UIDL' | 'RETR' | 'half-RETR' | 'DELE' | 'QUIT' | 'quit-done';

/** What it does there; `late` answers right, after the other side has given up; `slow` within its patience; `half` breaks off in the middle of a reply. */
export type Act = 'reset' | 'close' | 'silence' | 'drip' | 'garbage' | 'half' | 'late' | 'slow' | { readonly say: string };

/** What becomes of the ARL to a message that was kept. */
export type ArlFate = 'sent' | 'lost' | 'twice' | 'late' | 'truncated' | 'of-another' | 'among-strange-mails' | 'after-a-delivery-report';

export interface Behaviour {
  readonly name: string;
  readonly smtp?: {
    readonly at: SmtpPoint;
    readonly act: Act;
    /** At the dot: the message is on the server's disk whatever it answers. */
    readonly keeps?: boolean;
  };
  readonly pop3?: { readonly at: Pop3Point; readonly act: Act };
  readonly arl?: ArlFate;
  /** The same mail has another UIDL in each session. */
  readonly changingUidl?: boolean;
  /** Once the ARL window is over, a person decides to send again what is in doubt. */
  readonly decided?: boolean;
}

const smtp = (name: string, at: SmtpPoint, act: Act, keeps = false): Behaviour => ({
  name,
  smtp: { at, act, ...(keeps ? { keeps } : {}) },
});
const pop3 = (name: string, at: Pop3Point, act: Act): Behaviour => ({ name, pop3: { at, act } });
const say = (text: string): Act => ({ say: text });

export const BEHAVIOURS: readonly Behaviour[] = [
  { name: 'faultless' },
  smtp('no greeting', 'greeting', 'silence'),
  smtp('reset after connect', 'greeting', 'reset'),
  smtp('closed after connect', 'greeting', 'close'),
  smtp('421 as greeting', 'greeting', say('421 busy')),
  smtp('554 as greeting', 'greeting', say('554 go away')),
  smtp('garbage as greeting', 'greeting', 'garbage'),
  smtp('cut at EHLO', 'EHLO', 'reset'),
  smtp('drip at EHLO', 'EHLO', 'drip'),
  smtp('452 at MAIL', 'MAIL', say('452 4.3.1 full')),
  smtp('550 at MAIL', 'MAIL', say('550 5.1.8 not you')),
  smtp('cut at MAIL', 'MAIL', 'reset'),
  smtp('450 at RCPT', 'RCPT', say('450 4.2.0 greylisted')),
  smtp('550 at RCPT', 'RCPT', say('550 5.1.1 unknown')),
  smtp('hang at RCPT', 'RCPT', 'silence'),
  smtp('451 at DATA', 'DATA', say('451 4.3.0 later')),
  smtp('554 at DATA', 'DATA', say('554 5.5.1 no')),
  smtp('cut at DATA', 'DATA', 'reset'),
  smtp('garbage at DATA', 'DATA', 'garbage'),
  smtp('reset in the middle of the message', 'body', 'reset'),
  smtp('closed in the middle of the message', 'body', 'close'),
  smtp('421 in the middle of the message', 'body', say('421 4.3.2 closing')),
  smtp('451 after the dot', 'dot', say('451 4.3.0 later')),
  smtp('421 after the dot', 'dot', say('421 4.3.2 closing')),
  smtp('552 after the dot', 'dot', say('552 5.3.4 too big')),
  smtp('554 after the dot', 'dot', say('554 5.7.1 refused')),
  smtp('reset after the dot, kept', 'dot', 'reset', true),
  smtp('reset after the dot, not kept', 'dot', 'reset'),
  smtp('closed after the dot, kept', 'dot', 'close', true),
  smtp('closed after the dot, not kept', 'dot', 'close'),
  smtp('hang after the dot, kept', 'dot', 'silence', true),
  smtp('late 250, kept', 'dot', 'late', true),
  smtp('slow 250, kept', 'dot', 'slow', true),
  smtp('garbage after the dot, kept', 'dot', 'garbage', true),
  smtp('half a reply after the dot, kept', 'dot', 'half', true),
  smtp('cut after the 250', 'after-reply', 'reset'),
  { ...smtp('reset after the dot, kept, ARL lost', 'dot', 'reset', true), arl: 'lost' },
  { ...smtp('reset after the dot, kept, ARL lost, sent again by decision', 'dot', 'reset', true), arl: 'lost', decided: true },
  { ...smtp('reset after the dot, not kept, sent again by decision', 'dot', 'reset'), decided: true },
  { name: 'ARL lost', arl: 'lost' },
  { name: 'ARL twice', arl: 'twice' },
  { name: 'ARL late', arl: 'late' },
  { name: 'ARL truncated, then whole', arl: 'truncated' },
  { name: 'ARL of another file beside', arl: 'of-another' },
  { name: 'ARL among strange mails', arl: 'among-strange-mails' },
  { name: 'delivery report before the ARL', arl: 'after-a-delivery-report' },
  { name: 'a UIDL that changes', changingUidl: true },
  pop3('mailbox: cut at connection', 'connection', 'reset'),
  pop3('mailbox: refused login', 'PASS', say('-ERR [IN-USE] later')),
  pop3('mailbox: hang at LIST', 'LIST', 'silence'),
  pop3('mailbox: garbage at UIDL', 'UIDL', 'garbage'),
  pop3('mailbox: cut at RETR', 'RETR', 'reset'),
  pop3('mailbox: cut in the middle of a mail', 'half-RETR', 'reset'),
  pop3('mailbox: -ERR at DELE', 'DELE', say('-ERR no')),
  pop3('mailbox: cut at DELE', 'DELE', 'reset'),
  pop3('mailbox: cut at QUIT, nothing deleted', 'QUIT', 'reset'),
  pop3('mailbox: -ERR at QUIT, nothing deleted', 'QUIT', say('-ERR some messages not removed')),
  pop3('mailbox: cut at QUIT, all deleted', 'quit-done', 'reset'),
];

/** Where a far side can see the program killed. */
export type DeathPoint = { readonly side: 'smtp'; readonly at: SmtpPoint } | { readonly side: 'pop3'; readonly at: Pop3Point };
const SMTP_POINTS: readonly SmtpPoint[] = ['greeting', 'EHLO', 'MAIL', 'RCPT', 'DATA', 'body', 'dot', 'after-reply'];
const POP3_POINTS: readonly Pop3Point[] = ['connection', 'PASS', 'LIST', 'UIDL', 'RETR', 'half-RETR', 'DELE', 'QUIT', 'quit-done'];
export const DEATH_POINTS: readonly DeathPoint[] = [
  ...SMTP_POINTS.map((at): DeathPoint => ({ side: 'smtp', at })),
  ...POP3_POINTS.map((at): DeathPoint => ({ side: 'pop3', at })),
];
