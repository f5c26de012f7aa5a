/** What an ARL says, once translated (spec/arl.md § 2). */
export type ArlLevel = 'file' | 'lot' | 'invoice';
export type ArlClass = 'positive' | 'negative' | 'notice' | 'unknown';

/** One result of an ARL file: about the file, a lot, or an invoice of a lot. */
export interface ArlResult {
  readonly level: ArlLevel;
  readonly class: ArlClass;
  /** `0000`, `F002`, `L008`, `I002`… */
  readonly code: string;
  /** The label that travelled in the file, trimmed. */
  readonly label: string;
  /** 9 digits; on lot and invoice results. */
  readonly billingNumber?: string;
  /** 3 digits; on lot and invoice results. */
  readonly lotNumber?: string;
  /** Calendar date; on lot and invoice results. */
  readonly lotDate?: string;
  /** 9 digits; on invoice results. */
  readonly invoiceNumber?: string;
}

/** One ARL file, translated. */
export interface Acknowledgement {
  readonly arlFileId: string;
  readonly arlDate: string;
  /** Marking of the acknowledged file. */
  readonly marking: 'T' | 'D' | 'R';
  /** The front end that answers: type and number of the acknowledged file's recipient. */
  readonly recipientType: string;
  readonly recipientNumber: string;
  /** The practice: type and number of the acknowledged file's sender. */
  readonly senderType: string;
  readonly senderNumber: string;
  /** Null when the acknowledged file was unreadable. */
  readonly ackedFileId: string | null;
  readonly ackedFileDate: string | null;
  /** 19 digits of the acknowledged message. */
  readonly compostage: string;
  /** Sum in centimes of the fees of the accepted lots, as the emitter states it. */
  readonly acceptedFees: number;
  /** In file order: the file result, then each lot followed by its invoices. */
  readonly results: readonly ArlResult[];
}
