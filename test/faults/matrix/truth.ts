/** What really happened, as the far side saw it: nothing here comes from the program's own state. */
import { gunzipSync } from 'node:zlib';
import { readB2 } from '../../../src/demonstration/insurer/b2-reading';

/** One SMTP connection. */
export interface Dialogue {
  /** 354 was said: from then on the message may have begun to arrive. */
  goAhead: boolean;
  /** A refusal, or an acceptance after the dot, was said while the other side was there to hear it. */
  definite: number | null;
  /** It lasted so long that the other side may have given up before it was answered. */
  slow: boolean;
}

/** A message that is on the server's disk. */
export interface Kept {
  readonly mail: Buffer;
  readonly compostage: string;
  readonly b2: Buffer;
  readonly invoices: readonly string[];
}

export class Truth {
  readonly dialogues: Dialogue[] = [];
  readonly kept: Kept[] = [];
  /** Compostages of the files whose ARL was put into the mailbox, at once or later. */
  readonly answered = new Set<string>();
}

/** Reads a message of the program the way an insurer does, by its own means. */
export function openMessage(mail: Buffer): Kept {
  const text = mail.toString('latin1');
  const end = text.indexOf('\r\n\r\n');
  const compostage = /^Subject: IR[^/\r]*\/\d{14}\/(\d{19})\//m.exec(text.slice(0, end))?.[1] ?? '';
  const b2 = gunzipSync(Buffer.from(text.slice(end + 4), 'base64'));
  const invoices = readB2(b2)?.lots.flatMap((lot) => lot.invoices.map((invoice) => invoice.key.invoiceNumber)) ?? [];
  if (compostage === '' || invoices.length === 0) throw new Error('a message the insurer cannot read');
  return { mail, compostage, b2, invoices };
}
