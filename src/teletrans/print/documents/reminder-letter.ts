/** A reminder to a payer, in the words of `addin/tables/third-party.json`. It names invoices by number and dates: no patient. Pure. */
import type { ReminderLetter } from '../../application/third-party-port';
import type { Practitioner } from '../../domain/practice';
import type { ReminderTexts } from '../../third-party/rules';
import { date, euros } from '../words';
import { writerOf, type Letter } from './letter-document';

/** @param practitioner null when the practice's description does not name them any more. */
export function reminderLetter(reminder: ReminderLetter, texts: ReminderTexts, practitioner: Practitioner | null): Letter {
  const { claims, total, penalty, part, payer, date: day } = reminder;
  const words = texts[part];
  const values: Readonly<Record<string, string>> = {
    n: claims.length === 1 ? 'la facture ci-dessous,' : `les ${claims.length} factures ci-dessous,`,
    reste: euros(total.due),
    penalite: penalty > 0 ? words.penalty.replace('{penalite}', euros(penalty)) : '',
  };
  const late = part === 'amo';
  const optional = (value: string | null): string => (value === null ? '–' : date(value));
  return {
    ...writerOf(reminder.practitioner, practitioner),
    to: [payer, 'Service du tiers payant'],
    place: null,
    day,
    subject: words.subject,
    paragraphs: words.paragraphs
      .map((text) => text.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? ''))
      .filter((text) => text !== ''),
    table: {
      columns: [
        { label: 'Facture', width: 0.13 },
        { label: 'Du', width: 0.12 },
        { label: 'Transmise le', width: 0.13 },
        { label: 'Accusée le', width: 0.13 },
        { label: 'Attendu', width: 0.13, align: 'right' },
        { label: 'Payé', width: 0.12, align: 'right' },
        { label: 'Reste dû', width: 0.12, align: 'right' },
        { label: late ? 'Pénalité' : 'Relances', width: 0.12, align: 'right' },
      ],
      rows: [
        ...claims.map((claim) => [
          claim.number,
          date(claim.date),
          optional(claim.sentOn),
          optional(claim.ackedOn),
          euros(claim.expected),
          euros(claim.paid + claim.adjusted),
          euros(claim.due),
          late ? euros(claim.penalty) : String(claim.reminders),
        ]),
        ['Total', '', '', '', euros(total.expected), euros(total.paid + total.adjusted), euros(total.due), late ? euros(penalty) : ''],
      ],
    },
    closing: words.closing,
  };
}
