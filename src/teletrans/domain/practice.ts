/** The practice's own description: `cabinet.json` (contract § 2). */
export type PracticeMode = 'demo' | 'test' | 'reel';

export interface Practitioner {
  readonly name: string;
  /** 9 digits with key. */
  readonly billingNumber: string;
  readonly rpps?: string;
}

export type LinkSecurity = 'none' | 'starttls' | 'tls';

export interface MailServer {
  readonly host: string;
  readonly port: number;
  readonly security: LinkSecurity;
  readonly user: string | null;
  readonly password: string | { readonly file: string } | null;
  /** PEM file, or null for the system's authorities. */
  readonly ca: string | null;
}

export interface Practice {
  readonly mode: PracticeMode;
  /** Département code. */
  readonly region: string;
  readonly goodFriday: boolean;
  readonly practitioners: readonly Practitioner[];
  readonly reader: { readonly kind: 'virtual'; readonly card: string } | { readonly kind: 'pcsc'; readonly name: string | null };
  readonly network: { readonly sender: string; readonly smtp: MailServer; readonly pop3: MailServer };
  /** How long settled invoices are kept before they are archived, in days; left out: the product's own rule. */
  readonly retention?: { readonly days: number };
  /** Automatic backups; left out: none are made. `folder` is an absolute path, `everyDays` the days between two, `keep` how many are kept. */
  readonly backup?: { readonly folder: string; readonly everyDays?: number; readonly keep?: number };
  /** Paths relative to the data folder; null for the tables shipped with the add-in. */
  readonly profile: string | null;
  readonly recipients: string | null;
}
