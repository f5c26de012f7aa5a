/** Puts records in their places, one after the other, and says which are out of place (spec/b2.md § 2). */
import { b2Fault, type B2Fault } from './fault';
import type { B2Act, B2Invoice, B2Lot, B2Record } from './model';

interface OpenAct extends B2Act {
  readonly complements: B2Record[];
  readonly ccam: B2Record[];
}
interface OpenInvoice extends B2Invoice {
  readonly complements: B2Record[];
  readonly acts: OpenAct[];
  readonly records: B2Record[];
  trailer: B2Record | null;
}
interface OpenLot extends B2Lot {
  readonly invoices: OpenInvoice[];
  readonly records: B2Record[];
  trailer: B2Record | null;
  isWhole: boolean;
}

/** The order of complements: those of an invoice (A), those of an act (C). */
const COMPLEMENT_ORDER = ['2S', '2M', '2P', '2B', '2C', '4S', '4E', '4M', '4D'];
const NO_LOTS: readonly B2Lot[] = [];
/** Complements that may come several times. */
const REPEATED = new Set(['4M', '4D']);

export class TreeBuilder {
  #faults: B2Fault[] = [];
  #header: B2Record | null = null;
  #trailer: B2Record | null = null;
  /** Lots not taken yet; the one that is open is the last. */
  #lots: OpenLot[] = [];
  #lotCount = 0;
  #lot: OpenLot | null = null;
  #invoice: OpenInvoice | null = null;
  #act: OpenAct | null = null;
  #previous: B2Record | null = null;
  /** Where each record goes; the others complete a type 2 or 4. */
  readonly #places: Partial<Record<B2Record['type'], (record: B2Record) => void>> = {
    '000': (record) => this.#fileHeader(record),
    '1': (record) => this.#lotHeader(record),
    '2': (record) => this.#invoiceHeader(record),
    '4': (record) => this.#actLine(record),
    '5': (record) => this.#invoiceTrailer(record),
    '6': (record) => this.#lotTrailer(record),
    '999': (record) => this.#fileTrailer(record),
  };

  add(record: B2Record): void {
    if (this.#trailer !== null && record.type !== '000')
      this.#report('after-trailer', record, 'rien n’est attendu après l’enregistrement 999.');
    else this.#place(record);
    this.#previous = record;
  }

  #place(record: B2Record): void {
    if (record.type === '?') this.#unknown(record);
    else (this.#places[record.type] ?? ((one: B2Record) => this.#complement(one, one.type)))(record);
  }

  #report(kind: B2Fault['kind'], record: B2Record, message: string): void {
    this.#faults.push(b2Fault(kind, record.index, message));
  }

  #order(record: B2Record, message: string): void {
    this.#report('order', record, message);
  }

  #fileHeader(record: B2Record): void {
    if (this.#header !== null) {
      this.#report('duplicate-header', record, 'un second en-tête 000 : un seul est attendu par fichier.');
      return;
    }
    if (record.index !== 1) this.#order(record, 'l’en-tête 000 est attendu en premier.');
    this.#header = record;
  }

  #lotHeader(record: B2Record): void {
    this.#closeLot(record);
    this.#openLot(record);
  }

  #openLot(header: B2Record | null): OpenLot {
    this.#lot = { header, invoices: [], records: header === null ? [] : [header], trailer: null, isWhole: true };
    this.#lots.push(this.#lot);
    this.#lotCount += 1;
    return this.#lot;
  }

  #invoiceHeader(record: B2Record): void {
    this.#closeInvoice(record);
    if (this.#lot === null) this.#order(record, 'facture hors d’un lot : un enregistrement 1 est attendu avant.');
    const lot = this.#lot ?? this.#openLot(null);
    this.#invoice = { header: record, complements: [], acts: [], trailer: null, records: [record] };
    lot.invoices.push(this.#invoice);
    lot.records.push(record);
  }

  #complement(record: B2Record, type: string): void {
    if (type.startsWith('2') ? this.#invoice === null : this.#act === null) {
      this.#order(record, `enregistrement ${type} sans l’enregistrement ${type.charAt(0)} qu’il complète.`);
      return;
    }
    this.#keep(record);
    if (type.startsWith('2')) {
      if (this.#act !== null) this.#order(record, `l’enregistrement ${type} est attendu avant les lignes d’actes.`);
      this.#checkOrder(record, type, this.#invoice?.complements.at(-1)?.type);
      this.#invoice?.complements.push(record);
    } else {
      this.#checkOrder(record, type, this.#previous?.type);
      (type === '4M' ? this.#act?.ccam : this.#act?.complements)?.push(record);
    }
  }

  #checkOrder(record: B2Record, type: string, before: string | undefined): void {
    const rank = COMPLEMENT_ORDER.indexOf(type);
    const rankBefore = COMPLEMENT_ORDER.indexOf(before ?? '');
    if (rankBefore > rank) this.#order(record, `l’enregistrement ${type} est attendu avant l’enregistrement ${before ?? ''}.`);
    else if (rankBefore === rank && !REPEATED.has(type)) this.#order(record, `un seul enregistrement ${type} est attendu.`);
    else if (type === '4E' && before !== '4S')
      this.#order(record, 'l’enregistrement 4E est attendu directement après un enregistrement 4S.');
  }

  #actLine(record: B2Record): void {
    if (this.#invoice === null) {
      this.#order(record, 'ligne d’acte hors d’une facture : un enregistrement 2 est attendu avant.');
      return;
    }
    this.#act = { line: record, complements: [], ccam: [] };
    this.#invoice.acts.push(this.#act);
    this.#keep(record);
  }

  #invoiceTrailer(record: B2Record): void {
    if (this.#invoice === null) {
      this.#order(record, 'fin de facture sans facture ouverte.');
      return;
    }
    if (this.#invoice.acts.length === 0) this.#order(record, 'au moins une ligne d’acte (4) est attendue avant la fin de la facture.');
    this.#invoice.trailer = record;
    this.#keep(record);
    this.#invoice = null;
    this.#act = null;
  }

  #lotTrailer(record: B2Record): void {
    this.#closeInvoice(record);
    if (this.#lot === null) {
      this.#order(record, 'fin de lot sans lot ouvert.');
      return;
    }
    if (this.#lot.invoices.length === 0) this.#order(record, 'au moins une facture est attendue avant la fin du lot.');
    this.#lot.trailer = record;
    this.#lot.records.push(record);
    this.#lot = null;
  }

  #fileTrailer(record: B2Record): void {
    this.#closeLot(record);
    if (this.#lotCount === 0) this.#order(record, 'au moins un lot est attendu avant la fin du fichier.');
    this.#trailer = record;
  }

  #unknown(record: B2Record): void {
    this.#report('unknown-record', record, 'type d’enregistrement inconnu de la norme.');
    this.#keep(record);
  }

  /** Files a record under the lot and invoice it stands in. */
  #keep(record: B2Record): void {
    this.#lot?.records.push(record);
    this.#invoice?.records.push(record);
  }

  /** The faults found since they were last taken. */
  takeFaults(): readonly B2Fault[] {
    const found = this.#faults;
    if (found.length > 0) this.#faults = [];
    return found;
  }

  /** The lots that have ended since they were last taken; the tree then forgets them. */
  takeLots(): readonly B2Lot[] {
    const ended = this.#lots.length - (this.#lot === null ? 0 : 1);
    return ended === 0 ? NO_LOTS : this.#lots.splice(0, ended);
  }

  /** Forgets what the open lot holds: it is no longer whole. */
  emptyLot(): void {
    if (this.#lot === null) return;
    this.#lot.isWhole = false;
    this.#lot.invoices.length = 0;
    this.#lot.records.length = 0;
    for (const list of [this.#invoice?.complements, this.#invoice?.acts, this.#invoice?.records, this.#act?.complements, this.#act?.ccam])
      if (list !== undefined) list.length = 0;
  }

  /** Something opens or ends while an invoice waits for its record 5. */
  #closeInvoice(record: B2Record): void {
    if (this.#invoice !== null) this.#order(record, 'la fin de la facture (5) est attendue avant.');
    this.#invoice = null;
    this.#act = null;
  }

  #closeLot(record: B2Record): void {
    this.#closeInvoice(record);
    if (this.#lot !== null) this.#order(record, 'la fin du lot (6) est attendue avant.');
    this.#lot = null;
  }

  /** The tree; reports what is missing at either end. */
  end(): { readonly header: B2Record | null; readonly lots: readonly B2Lot[]; readonly trailer: B2Record | null } {
    if (this.#header === null) this.#faults.push(b2Fault('missing-header', 1, 'l’en-tête 000 manque.'));
    if (this.#trailer === null)
      this.#faults.push(
        b2Fault('missing-trailer', Math.max(1, this.#previous?.index ?? 1), 'la fin de fichier 999 manque : le fichier est coupé.'),
      );
    this.#lot = null;
    return { header: this.#header, lots: this.#lots, trailer: this.#trailer };
  }
}
