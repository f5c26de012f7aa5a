/** The lot-break rules as data: `addin/tables/lot-rules.json` (spec/lots-and-files.md § 2-4). */
import type { StoredInvoice } from '../store/port';
import type { Recipient } from '../domain/routing';

/** Names of the homogeneity criteria, each a column of {@link criterionValue}. */
export type Criterion =
  | 'billingNumber'
  | 'situation'
  | 'flow'
  | 'recipient'
  | 'security'
  | 'marking'
  | 'replacement'
  | 'insuranceGroup'
  | 'currency'
  | 'pivotFund';

export interface LotRules {
  /** In order: also the sort order of the lots. */
  readonly criteria: readonly Criterion[];
  /** Insurance natures that go apart as work accidents. */
  readonly workAccidentNatures: readonly string[];
  readonly maxInvoicesPerLot: number;
  readonly maxActLinesPerLot: number;
  readonly maxType2PerLot: number;
  /** Centimes, for each total of record 6. */
  readonly maxLotTotal: number;
  readonly maxLotsPerFile: number;
  /** Records of a file, 000 and 999 included. */
  readonly maxRecordsPerFile: number;
  /** A lot number is not used again for so many days. */
  readonly reuseGuardDays: number;
  readonly maxInvoiceAgeDays: number;
}

/** What a criterion compares. */
export interface LotCandidate {
  readonly invoice: StoredInvoice;
  readonly recipient: Recipient;
  readonly insuranceGroup: string;
}

/** Value of a criterion for an invoice: two invoices may share a lot only when every value is equal. */
export function criterionValue(criterion: Criterion, { invoice, recipient, insuranceGroup }: LotCandidate): string {
  switch (criterion) {
    case 'billingNumber':
      return invoice.billingNumber;
    case 'situation':
      return invoice.situation;
    case 'flow':
      return invoice.kind;
    case 'recipient':
      return `${recipient.type}${recipient.number} ${recipient.body} ${recipient.mailbox}`;
    case 'security':
      return invoice.securing;
    case 'marking':
      return invoice.marking;
    case 'replacement':
      return invoice.replacement ?? '';
    case 'insuranceGroup':
      return insuranceGroup;
    case 'currency':
      return 'U';
    case 'pivotFund':
      return '';
  }
}

/** `accident` or `other`: the criterion of insurance nature. */
export function insuranceGroup(nature: string, rules: LotRules): string {
  return rules.workAccidentNatures.includes(nature) ? 'accident' : 'other';
}
