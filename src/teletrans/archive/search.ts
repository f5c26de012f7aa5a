/** What a person types to find an archived invoice: its number, the patient's name, or a NIR. Pure. */
import { childOf, type XmlElement } from './xml/element';

/** Upper case, without accents, with single blanks: names are compared so. */
function folded(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLocaleUpperCase('fr')
    .replace(/[^A-Z0-9]+/g, ' ')
    .trim();
}

/** @returns null for a text with nothing to look for. */
export function matcherOf(asked: string): ((invoice: XmlElement) => boolean) | null {
  const digits = asked.replace(/\s/g, '');
  if (/^\d{13}(\d{2})?$/.test(digits)) return (invoice) => hasNir(invoice, digits.slice(0, 13));
  if (/^\d{1,9}$/.test(digits)) return (invoice) => invoice.attributes['numero'] === digits.padStart(9, '0');
  const words = folded(asked)
    .split(' ')
    .filter((word) => word !== '');
  if (words.length === 0) return null;
  return (invoice) => {
    const patient = childOf(invoice, 'beneficiaire')?.attributes;
    const name = ` ${folded(`${patient?.['nom'] ?? ''} ${patient?.['prenom'] ?? ''}`)}`;
    return words.every((word) => name.includes(` ${word}`));
  };
}

function hasNir(invoice: XmlElement, nir: string): boolean {
  return childOf(invoice, 'assure')?.attributes['nir'] === nir || childOf(invoice, 'beneficiaire')?.attributes['nir'] === nir;
}
