/**
 * What the insurer received and answered, one line a mail in `received.ndjson`: the line is the commit point of a mail, and the memory is read from it at
 * start. It holds numbers and codes, never a patient's data.
 */
import { readFile } from 'node:fs/promises';
import { appendDurably } from './durable-files';
import type { Memory } from './judge';

export interface ReceivedLot {
  readonly billingNumber: string;
  readonly number: string;
  /** AAMMJJ. */
  readonly date: string;
  readonly sha256: string;
  readonly invoices: readonly string[];
  /** `0000` when accepted. */
  readonly code: string;
}

/** One mail received. */
export interface Received {
  /** Name of the mail in the spool. */
  readonly reception: string;
  /** ISO date-time. */
  readonly at: string;
  /** Mailbox of the front end. */
  readonly frontEnd: string;
  /** Envelope sender. */
  readonly from: string;
  readonly messageId: string | null;
  /** 19 digits of the subject, null when it has none. */
  readonly compostage: string | null;
  /** Of the B2 bytes; null when the mail was unreadable. */
  readonly sha256: string | null;
  /** Accepted: at least one lot. Duplicate: the same bytes as an earlier mail. */
  readonly verdict: 'accepted' | 'refused' | 'duplicate' | 'suspended';
  readonly fileCode: string;
  readonly encrypted: boolean;
  /** Sender number, file id, file date; null when the file was unreadable. */
  readonly identity: readonly [senderNumber: string, fileId: string, fileDate: string] | null;
  readonly lots: readonly ReceivedLot[];
  /** The ARL file, base64; null when none is owed (degraded lots). */
  readonly arl: string | null;
}

const lotKey = (billingNumber: string, number: string, date: string): string => `${billingNumber} ${number} ${date}`;

export class ReceivedJournal implements Memory {
  private readonly byReception = new Map<string, Received>();
  private readonly byContent = new Map<string, Received>();
  private readonly files = new Map<string, string>();
  private readonly lots = new Map<string, string>();
  private readonly invoices = new Set<string>();
  private readonly counters = new Map<string, number>();

  private constructor(private readonly file: string) {}

  /** Reads the journal again; a line cut by a crash is left out, its mail is still in the spool. */
  static async open(file: string): Promise<ReceivedJournal> {
    const journal = new ReceivedJournal(file);
    const text = await readFile(file, 'utf8').catch(() => '');
    for (const line of text.split('\n')) {
      if (line === '') continue;
      try {
        journal.remember(JSON.parse(line) as Received);
      } catch {
        continue;
      }
    }
    if (text !== '' && !text.endsWith('\n')) await appendDurably(file, '');
    return journal;
  }

  async append(entry: Received): Promise<void> {
    await appendDurably(this.file, JSON.stringify(entry));
    this.remember(entry);
  }

  ofReception(reception: string): Received | undefined {
    return this.byReception.get(reception);
  }

  /** The first mail with these B2 bytes. */
  ofContent(sha256: string): Received | undefined {
    return this.byContent.get(sha256);
  }

  /** Number of ARL files this front end has made. */
  arlCount(frontEnd: string): number {
    return this.counters.get(frontEnd) ?? 0;
  }

  fileOf(senderNumber: string, fileId: string, fileDate: string): string | undefined {
    return this.files.get(lotKey(senderNumber, fileId, fileDate));
  }

  lotOf(billingNumber: string, lotNumber: string, lotDate: string): string | undefined {
    return this.lots.get(lotKey(billingNumber, lotNumber, lotDate));
  }

  invoiceAccepted(billingNumber: string, invoiceNumber: string): boolean {
    return this.invoices.has(`${billingNumber} ${invoiceNumber}`);
  }

  private remember(entry: Received): void {
    this.byReception.set(entry.reception, entry);
    if (entry.verdict === 'duplicate' || entry.sha256 === null) {
      if (entry.arl !== null && entry.sha256 === null) this.count(entry.frontEnd);
      return;
    }
    this.byContent.set(entry.sha256, entry);
    if (entry.arl !== null) this.count(entry.frontEnd);
    if (entry.identity !== null) {
      const key = lotKey(...entry.identity);
      if (!this.files.has(key)) this.files.set(key, entry.sha256);
    }
    for (const lot of entry.lots) {
      const key = lotKey(lot.billingNumber, lot.number, lot.date);
      if (!this.lots.has(key)) this.lots.set(key, lot.sha256);
      if (lot.code === '0000') for (const invoice of lot.invoices) this.invoices.add(`${lot.billingNumber} ${invoice}`);
    }
  }

  private count(frontEnd: string): void {
    this.counters.set(frontEnd, this.arlCount(frontEnd) + 1);
  }
}
