/** Dates, counts and names as a French reader expects them. */
import { localStamp } from '../../domain/clock';
import type { LocalDate } from '../../domain/invoice';

import { formatEuros } from '../../domain/money';

export { formatEuros };

const NBSP = '\u00a0';

/** `AAAA-MM-JJ` → `jj/mm/aaaa`. */
export function formatDate(date: LocalDate): string {
  return date.split('-').reverse().join('/');
}

/** ISO date-time → `jj/mm/aaaa à hh h mm`, legal time of Paris. */
export function formatDateTime(iso: string): string {
  const stamp = localStamp(new Date(iso));
  return `${formatStampDate(stamp)} à ${formatStampTime(stamp)}`;
}

/** ISO date-time → `hh h mm`, legal time of Paris. */
export function formatTime(iso: string): string {
  return formatStampTime(localStamp(new Date(iso)));
}

const WEEKDAYS = ['dimanche', 'lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi'] as const;
const MONTHS = [
  'janvier',
  'février',
  'mars',
  'avril',
  'mai',
  'juin',
  'juillet',
  'août',
  'septembre',
  'octobre',
  'novembre',
  'décembre',
] as const;

/** ISO date-time → `vendredi 20 novembre 2026`, legal date of Paris. */
export function formatLongDate(iso: string): string {
  const stamp = localStamp(new Date(iso));
  const [year, month, day] = [stamp.slice(0, 4), Number(stamp.slice(4, 6)), Number(stamp.slice(6, 8))];
  const weekday = new Date(`${year}-${stamp.slice(4, 6)}-${stamp.slice(6, 8)}T00:00:00Z`).getUTCDay();
  return `${WEEKDAYS[weekday] ?? ''} ${day === 1 ? '1er' : day}${NBSP}${MONTHS[month - 1] ?? ''} ${year}`;
}

/** `1 facture`, `2 factures`, `0 facture`: French counts from two. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)}${NBSP}${count >= 2 ? many : one}`;
}

/** Thousands parted by a narrow space. */
export function formatCount(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, '\u202f');
}

const capitalised = (word: string): string => word.replace(/\p{L}+/gu, (part) => part.charAt(0) + part.slice(1).toLocaleLowerCase('fr'));

/** `DUPONT CLAIRE` → `Dupont Claire`; a billing number where the practice gives no name. */
export function practitionerName(name: string | null, billingNumber: string): string {
  return name === null ? `N°${NBSP}${billingNumber}` : capitalised(name);
}

/** Keeps `:`, `;`, `?`, `!`, `»` and `€` with the word before them, and `«` with the one after, as French typography asks. */
export function typography(text: string): string {
  return text.replace(/ (?=[:;?!»€](?:\s|$|\)))/g, NBSP).replace(/« /g, `«${NBSP}`);
}

/** `Carte bloquée. Rien n’est perdu.` → `Carte bloquée.`; the point of an initial ends nothing. */
export const firstSentence = (text: string): string => /^.*?(?<![\s.-]\p{Lu})[.?!](?=\s|$)/u.exec(text)?.[0] ?? text;

/** Invoice and file numbers without the zeros that fill their field. */
export function shortNumber(number: string): string {
  return number.replace(/^0+(?=\d)/, '');
}

function formatStampDate(stamp: string): string {
  return `${stamp.slice(6, 8)}/${stamp.slice(4, 6)}/${stamp.slice(0, 4)}`;
}

function formatStampTime(stamp: string): string {
  return `${stamp.slice(8, 10)}${NBSP}h${NBSP}${stamp.slice(10, 12)}`;
}

/** What some invoices add up to, centimes. */
export function amountsLine({ fees, amo, amc }: { readonly fees: number; readonly amo: number; readonly amc: number }): string {
  return `Montant ${formatEuros(fees)}, part AMO ${formatEuros(amo)}, part AMC ${formatEuros(amc)}`;
}
