/**
 * Tells a payer that invoices could not leave in their legal time (spec/regulation.md § 1: a fund asks to be told), in the words of `addin/tables/late-notice.json`.
 * The cause is left to be written: the program does not know it. It names invoices by number and dates: no patient. Pure.
 */
import type { InvoiceView } from '../../application/port';
import type { LocalDate } from '../../domain/invoice';
import type { Practitioner } from '../../domain/practice';
import { date, euros } from '../words';
import { writerOf, type Letter } from './letter-document';

export interface LateNoticeTexts {
  readonly subject: string;
  /** `{n}`: which invoices. */
  readonly paragraphs: readonly string[];
  readonly closing: string;
}

export interface LateNotice {
  /** All of one practitioner and one payer. */
  readonly invoices: readonly InvoiceView[];
  /** Null while no table knows the payer. */
  readonly payer: string | null;
  /** Billing number. */
  readonly billingNumber: string;
  readonly day: LocalDate;
}

/** @param practitioner null when the practice's description does not name them any more. */
export function lateNoticeLetter(
  { invoices, payer, billingNumber, day }: LateNotice,
  texts: LateNoticeTexts,
  practitioner: Practitioner | null,
): Letter {
  const which = invoices.length === 1 ? 'la facture ci-dessous' : `les ${invoices.length} factures ci-dessous`;
  const sum = (of: (invoice: InvoiceView) => number): string => euros(invoices.reduce((total, invoice) => total + of(invoice), 0));
  return {
    ...writerOf(billingNumber, practitioner),
    to: [payer ?? 'Organisme : ……………………………………'],
    place: null,
    day,
    subject: texts.subject,
    paragraphs: texts.paragraphs.map((text) => text.replace('{n}', which)),
    table: {
      columns: [
        { label: 'Facture', width: 0.16 },
        { label: 'Type', width: 0.1 },
        { label: 'Terminée le', width: 0.16 },
        { label: 'Délai légal', width: 0.16 },
        { label: 'Montant', width: 0.14, align: 'right' },
        { label: 'Part AMO', width: 0.14, align: 'right' },
        { label: 'Part AMC', width: 0.14, align: 'right' },
      ],
      rows: [
        ...invoices.map((invoice) => [
          invoice.number,
          invoice.kind,
          date(invoice.completedOn),
          date(invoice.deadline),
          euros(invoice.fees),
          euros(invoice.amoAmount),
          euros(invoice.amcAmount),
        ]),
        ['Total', '', '', '', sum(({ fees }) => fees), sum(({ amoAmount }) => amoAmount), sum(({ amcAmount }) => amcAmount)],
      ],
    },
    closing: texts.closing,
  };
}
