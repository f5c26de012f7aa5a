/** The practice's mail provider and its insurer in one: two servers that behave as the row says, and remember what is true. */
import type * as net from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { createHash } from 'node:crypto';
import { arlMail } from '../../../src/demonstration/insurer/arl-answer';
import { stuffed } from '../../../src/demonstration/insurer/pop3-session';
import { answer } from '../../support/arl-maker';
import { scripted, type ScriptedServer } from '../../teletrans/network/scripted-server';
import { DEATH_POINTS, type Act, type Behaviour, type DeathPoint, type Pop3Point, type SmtpPoint } from './behaviours';
import { openMessage, Truth, type Dialogue, type Kept } from './truth';

/** How long the program waits for an answer while a server misbehaves. */
export const PATIENCE_MS = 1000;
const LATE_MS = PATIENCE_MS + 1000;
const SLOW_MS = 200;
const GARBAGE = '\u0000\u00ff<html>\u001b[2J\r\n';

interface Mail {
  readonly id: string;
  readonly bytes: Buffer;
}

export class FarSide {
  readonly truth = new Truth();
  readonly mailbox: Mail[] = [];
  behaviour: Behaviour = { name: 'faultless' };
  /** Called once, when a dialogue comes to this point. */
  death: { readonly at: DeathPoint; readonly kill: () => void } | null = null;
  private readonly points = new Set<string>();
  private readonly heldBack: Mail[] = [];
  private arls = 0;
  private sessions = 0;

  private constructor(
    private readonly smtp: ScriptedServer,
    private readonly pop3: ScriptedServer,
  ) {}

  static async start(): Promise<FarSide> {
    let far: FarSide | null = null;
    const alive = (): FarSide => {
      if (far === null) throw new Error('not started');
      return far;
    };
    far = new FarSide(
      await scripted((socket, next) => alive().speakSmtp(socket, next)),
      await scripted((socket, next) => alive().speakPop3(socket, next)),
    );
    return far;
  }

  get ports(): { readonly smtpPort: number; readonly pop3Port: number } {
    return { smtpPort: this.smtp.port, pop3Port: this.pop3.port };
  }

  /** The points of the dialogues come to so far. */
  met(): readonly DeathPoint[] {
    return DEATH_POINTS.filter(({ side, at }) => this.points.has(`${side} ${at}`));
  }

  /** From now on everything works, and what was late arrives. */
  mend(): void {
    const { arl } = this.behaviour;
    this.behaviour = { name: 'faultless', ...(arl === 'lost' ? { arl } : {}) };
    this.mailbox.push(...this.heldBack.splice(0));
  }

  async stop(): Promise<void> {
    await this.smtp.close();
    await this.pop3.close();
  }

  private async speakSmtp(socket: net.Socket, next: () => Promise<string>): Promise<void> {
    const dialogue: Dialogue = { goAhead: false, definite: null, slow: false };
    this.truth.dialogues.push(dialogue);
    const opened = Date.now();
    socket.once('close', () => (dialogue.slow ||= Date.now() - opened > PATIENCE_MS / 2));
    /** @returns true when the right answer was given, in time or not. */
    const at = async (point: SmtpPoint, right: string): Promise<boolean> => {
      this.meet('smtp', point);
      const fault = this.behaviour.smtp;
      if (fault?.at !== point) {
        if (right !== '') socket.write(`${right}\r\n`);
        return true;
      }
      if (typeof fault.act === 'object') dialogue.definite = Number(fault.act.say.slice(0, 3));
      await act(socket, fault.act, right);
      return typeof fault.act === 'string' && ['late', 'slow'].includes(fault.act);
    };
    await at('greeting', '220 far side');
    for (;;) {
      const line = await next();
      const verb = line.slice(0, 4).toUpperCase();
      if (verb === 'EHLO') await at('EHLO', '250-far side\r\n250 8BITMIME');
      else if (verb === 'MAIL') await at('MAIL', '250 sender');
      else if (verb === 'RCPT') await at('RCPT', '250 recipient');
      else if (verb === 'QUIT') socket.end('221 bye\r\n');
      else if (verb === 'DATA') {
        if (this.behaviour.smtp?.at === 'DATA') await at('DATA', '');
        else {
          dialogue.goAhead = true;
          await at('DATA', '354 go on');
          await this.receive(next, dialogue, at);
        }
      } else socket.write('502 what\r\n');
    }
  }

  private async receive(
    next: () => Promise<string>,
    dialogue: Dialogue,
    at: (point: SmtpPoint, right: string) => Promise<boolean>,
  ): Promise<void> {
    const lines: string[] = [];
    for (let line = await next(); line !== '.'; line = await next()) {
      lines.push(line.startsWith('.') ? line.slice(1) : line);
      if (lines.length === 10 && !(await at('body', ''))) return;
    }
    const fault = this.behaviour.smtp;
    const keeps = fault?.at === 'dot' ? fault.keeps === true : true;
    const kept = openMessage(Buffer.from(`${lines.join('\r\n')}\r\n`, 'latin1'));
    if (keeps) this.keep(kept);
    if (!(await at('dot', '250 2.0.0 kept'))) return;
    if (!keeps) throw new Error('accepted without being kept');
    dialogue.definite ??= 250;
    if (this.behaviour.smtp?.at === 'after-reply') await sleep(20); // the reply before the cut
    await at('after-reply', '');
  }

  /** On the disk of the server: from here on the message is delivered, and answered. */
  private keep(kept: Kept): void {
    this.truth.kept.push(kept);
    const arl = answer(kept.b2, kept.compostage, { arlFileId: String(++this.arls).padStart(6, '0') });
    const mailOf = (bytes: Buffer): Buffer =>
      arlMail(bytes, {
        from: 'frontal@frontal.test.invalid',
        to: 'cabinet@cabinet.test.invalid',
        compostage: kept.compostage,
        messageId: `<arl.${String(this.arls)}@frontal.test.invalid>`,
        date: new Date('2026-11-20T18:00:00Z'),
      });
    const whole = mailOf(arl);
    const post = (...mails: readonly Buffer[]): void =>
      void this.mailbox.push(...mails.map((bytes) => ({ id: idOf(bytes, this.mailbox.length), bytes })));
    const { arl: fate = 'sent' } = this.behaviour;
    if (fate !== 'lost') this.truth.answered.add(kept.compostage);
    switch (fate) {
      case 'lost':
        break;
      case 'late':
        this.heldBack.push({ id: idOf(whole, 0), bytes: whole });
        break;
      case 'twice':
        post(whole, whole);
        break;
      case 'truncated':
        post(mailOf(arl.subarray(0, arl.length - 128)), whole);
        break;
      case 'of-another':
        post(mailOf(answer(kept.b2, '2000010100000000001', { change: { ackedFileId: '999999' } })), whole);
        break;
      case 'among-strange-mails':
        post(Buffer.from('Subject: Bonjour\r\n\r\n..\r\n.\r\n', 'latin1'), whole, Buffer.from('\u0000\u00ff\r\n', 'latin1'));
        break;
      case 'after-a-delivery-report':
        post(deliveryReport(kept.mail), whole);
        break;
      case 'sent':
        post(whole);
    }
  }

  private async speakPop3(socket: net.Socket, next: () => Promise<string>): Promise<void> {
    const session = ++this.sessions;
    const mails = [...this.mailbox];
    const doomed = new Set<Mail>();
    const at = async (point: Pop3Point, right: string | Buffer): Promise<void> => {
      // the end of a session that deletes nothing is no place to die
      if (!point.toLowerCase().startsWith('quit') || doomed.size > 0) this.meet('pop3', point);
      const fault = this.behaviour.pop3;
      if (fault?.at === point) await act(socket, fault.act, '');
      else if (right.length > 0) socket.write(right);
    };
    const list = (show: (mail: Mail) => string): string =>
      `+OK\r\n${mails.map((mail, rank) => (doomed.has(mail) ? '' : `${String(rank + 1)} ${show(mail)}\r\n`)).join('')}.\r\n`;
    await at('connection', '+OK far side\r\n');
    for (;;) {
      const [verb = '', argument = ''] = (await next()).split(' ');
      const mail = mails[Number(argument) - 1];
      if (verb === 'LIST')
        await at(
          'LIST',
          list(({ bytes }) => String(bytes.length)),
        );
      else if (verb === 'UIDL')
        await at(
          'UIDL',
          list(({ id }) => (this.behaviour.changingUidl === true ? `${id}-${String(session)}` : id)),
        );
      else if (verb === 'RETR' && mail !== undefined) {
        const wire = Buffer.concat([Buffer.from('+OK\r\n'), Buffer.from(stuffed(mail.bytes), 'latin1')]);
        await at('RETR', wire.subarray(0, 40));
        await at('half-RETR', wire.subarray(40));
      } else if (verb === 'DELE' && mail !== undefined) {
        if (this.behaviour.pop3?.at !== 'DELE') doomed.add(mail);
        await at('DELE', '+OK\r\n');
      } else if (verb === 'QUIT') {
        await at('QUIT', '');
        if (this.behaviour.pop3?.at === 'QUIT') continue;
        this.mailbox.splice(0, this.mailbox.length, ...this.mailbox.filter((kept) => !doomed.has(kept)));
        await at('quit-done', '+OK\r\n');
        socket.end();
      } else if (verb === 'USER' || verb === 'PASS') await at(verb, '+OK\r\n');
      else socket.write('-ERR what\r\n');
    }
  }

  private meet(side: DeathPoint['side'], point: SmtpPoint | Pop3Point): void {
    const { death } = this;
    this.points.add(`${side} ${point}`);
    if (death?.at.side !== side || death.at.at !== point) return;
    this.death = null;
    death.kill();
  }
}

/** A mail's stable name in the mailbox. */
const idOf = (bytes: Buffer, rank: number): string => createHash('sha256').update(bytes).update(String(rank)).digest('hex').slice(0, 32);

async function act(socket: net.Socket, what: Act, right: string): Promise<void> {
  if (typeof what === 'object') {
    // 421 announces the end of the connection
    if (what.say.startsWith('421')) socket.end(`${what.say}\r\n`);
    else socket.write(`${what.say}\r\n`);
    return;
  }
  switch (what) {
    case 'reset':
      socket.resetAndDestroy();
      break;
    case 'close':
      socket.end();
      break;
    case 'silence':
      await new Promise<void>((resolve) => socket.once('close', resolve));
      break;
    case 'drip':
      while (socket.writable) {
        socket.write('2');
        await sleep(100);
      }
      break;
    case 'garbage':
      socket.write(GARBAGE, 'latin1');
      break;
    case 'half':
      socket.end('250-kep');
      break;
    case 'late':
    case 'slow':
      await sleep(what === 'late' ? LATE_MS : SLOW_MS);
      if (socket.writable) socket.write(`${right}\r\n`);
  }
}

/** A report that a message is delayed, as a server on the way sends it. */
function deliveryReport(original: Buffer): Buffer {
  const messageId = /^Message-ID: (.*)\r$/m.exec(original.toString('latin1'))?.[1] ?? '';
  return Buffer.from(
    [
      'From: MAILER-DAEMON@mta.test.invalid',
      'To: cabinet@cabinet.test.invalid',
      'Subject: Delayed Mail',
      'MIME-Version: 1.0',
      'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
      '',
      '--b',
      'Content-Type: message/delivery-status',
      '',
      'Reporting-MTA: dns; mta.test.invalid',
      '',
      'Final-Recipient: rfc822; 01999@999.01.test.invalid',
      'Action: delayed',
      'Status: 4.4.1',
      '',
      '--b',
      'Content-Type: text/rfc822-headers',
      '',
      `Message-ID: ${messageId}`,
      '',
      '--b--',
      '',
    ].join('\r\n'),
    'latin1',
  );
}
