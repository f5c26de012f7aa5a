/** The legal delay of an invoice (CSS R161-47 I 1°; spec/regulation.md § 1-3, contract § 5). */
import { addWorkingDays, type PracticeCalendar } from './calendar';
import type { Invoice, LocalDate } from './invoice';

/** Jours ouvrés: 3 when the patient paid, 8 with dispense d'avance de frais. */
export function legalDelay(thirdParty: Invoice['thirdParty']): 3 | 8 {
  return thirdParty === 'none' ? 3 : 8;
}

/** Last day on which the invoice is sent in time. Starts at `deadlineFrom`, else `completedOn`; never guessed from the acts. */
export function legalDeadline(
  invoice: Pick<Invoice, 'completedOn' | 'deadlineFrom' | 'thirdParty'>,
  calendar: PracticeCalendar,
): LocalDate {
  return addWorkingDays(invoice.deadlineFrom ?? invoice.completedOn, legalDelay(invoice.thirdParty), calendar);
}
