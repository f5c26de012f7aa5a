/** Numbers used once: of lots and of invoices, in one file (spec/b2.md § 8). Remembers no more of them than the norm lets a file hold. */
import type { B2Fault } from '../fault';
import type { B2Lot, B2Record } from '../model';
import { isRead, numberIn } from './numbers';
import { lacksLotNumber } from './own-faults';
import { fieldFault } from './reporter';

/** 999 lots, 999 invoices each (spec/b2.md § 9). */
const MOST_LOTS = 999;
const MOST_INVOICES = MOST_LOTS * 999;

export class UniqueNumbers {
  readonly #lots = new Set<string>();
  /** By billing number of the practitioner. */
  readonly #invoices = new Map<string, Set<number>>();
  #invoiceCount = 0;

  lot(lot: B2Lot): readonly B2Fault[] {
    return [
      ...(lot.header === null ? [] : this.#lotNumber(lot.header)),
      ...lot.invoices.flatMap(({ header }) => this.#invoiceNumber(header)),
    ];
  }

  #lotNumber(header: B2Record): readonly B2Fault[] {
    // What is missing or could not be read has its own fault.
    if (!isRead(header) || lacksLotNumber(header)) return [];
    const name = ['ps_billing_no', 'lot_no', 'lot_date'].map((field) => header.values[field] ?? '').join('|');
    if (this.#lots.has(name)) return [fieldFault('lot-number', header, 'lot_no', 'numéro déjà porté par un autre lot du fichier')];
    if (this.#lots.size === MOST_LOTS) return [fieldFault('count', header, 'lot_no', `${MOST_LOTS} lots au plus dans un fichier`)];
    this.#lots.add(name);
    return [];
  }

  #invoiceNumber(header: B2Record): readonly B2Fault[] {
    const number = isRead(header) ? numberIn(header, 'invoice_no') : null;
    // What is no number has its own fault.
    if (number === null) return [];
    const practitioner = header.values['ps_billing_no'] ?? '';
    const seen = this.#invoices.get(practitioner) ?? new Set<number>();
    if (seen.has(number)) return [fieldFault('invoice-number', header, 'invoice_no', 'numéro déjà porté par une autre facture du fichier')];
    if (this.#invoiceCount === MOST_INVOICES)
      return [fieldFault('count', header, 'invoice_no', `${MOST_INVOICES} factures au plus dans un fichier`)];
    this.#invoices.set(practitioner, seen.add(number));
    this.#invoiceCount += 1;
    return [];
  }
}
