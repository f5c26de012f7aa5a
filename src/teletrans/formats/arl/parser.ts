/** The entities of an ARL0 as results, by the grammar of spec/arl.md § 3.2; order and levels are fixed. */
import type { ArlLevel, ArlResult } from '../../domain/acknowledgement';
import { longDate } from '../b2/dates';
import type { NoemieEntity } from '../noemie/reader';
import { ArlUnreadable } from '../port';
import { arlClass } from './codes';
import { REFUSED_BY_INVOICES } from './grammar';
import { ARL0 } from './message-zone';

export interface ParsedArl {
  readonly results: readonly ArlResult[];
  /** Number of 080. */
  readonly lots: number;
  /** Centimes, as the 990 states them. */
  readonly acceptedFees: number;
}

type Place = Pick<ArlResult, 'billingNumber' | 'lotNumber' | 'lotDate' | 'invoiceNumber'>;

class EntityQueue {
  #at = 0;
  constructor(private readonly entities: readonly NoemieEntity[]) {}

  /** True when the next entity is this one at this level. */
  isNext(code: string, level: string): boolean {
    const entity = this.entities[this.#at];
    return entity?.code === code && entity.values['break_level'] === level;
  }

  take(code: string, level: string): Readonly<Record<string, string>> {
    const entity = this.entities[this.#at];
    if (!this.isNext(code, level))
      throw new ArlUnreadable(`entité ${entity?.index ?? this.#at + 2} : ${code} de niveau ${level} attendue.`);
    this.#at += 1;
    return entity?.values ?? {};
  }

  end(): void {
    if (this.#at < this.entities.length) throw new ArlUnreadable('rien n’est attendu après l’entité 990.');
  }
}

function takeResult(queue: EntityQueue, level: ArlLevel, breakLevel: string, line: number, place: Place): ArlResult {
  const values = queue.take('290', breakLevel);
  if (Number(values['line_no']) !== line) throw new ArlUnreadable(`numéro de ligne ${line} attendu dans une entité 290.`);
  const code = (values['code'] ?? '').trimEnd();
  return { level, class: arlClass(code), code, label: (values['label'] ?? '').trimEnd(), ...place };
}

function takeInvoices(queue: EntityQueue, place: Place): readonly ArlResult[] {
  const results: ArlResult[] = [];
  while (queue.isNext('100', '04')) {
    const invoiceNumber = queue.take('100', '04')['invoice_no'] ?? '';
    let line = 1;
    do results.push(takeResult(queue, 'invoice', '04', line++, { ...place, invoiceNumber }));
    while (queue.isNext('290', '04'));
  }
  return results;
}

function takeLot(queue: EntityQueue, billingNumber: string): readonly ArlResult[] {
  const values = queue.take('080', '03');
  const place: Place = { billingNumber, lotNumber: values['lot_no'] ?? '', lotDate: longDate(values['lot_date'] ?? '') };
  const lot = takeResult(queue, 'lot', '03', 1, place);
  const invoices = takeInvoices(queue, place);
  if ((lot.code === REFUSED_BY_INVOICES) !== invoices.length > 0)
    throw new ArlUnreadable(`des factures sont attendues sous le code ${REFUSED_BY_INVOICES}, et sous lui seul.`);
  return [lot, ...invoices];
}

function takeBillingNumber(queue: EntityQueue): string {
  const padded = queue.take('040', '02')['payee_no'] ?? '';
  if (!padded.startsWith('000000')) throw new ArlUnreadable('le numéro de facturation dépasse 9 chiffres.');
  return padded.slice(-9);
}

/** Errors: {@link ArlUnreadable} at the first entity out of place or control that differs. */
export function parseResults(entities: readonly NoemieEntity[]): ParsedArl {
  const queue = new EntityQueue(entities);
  const file = takeResult(queue, 'file', '01', 1, {});
  const results: ArlResult[] = [file];
  let lots = 0;
  while (queue.isNext('040', '02')) {
    const billingNumber = takeBillingNumber(queue);
    do {
      results.push(...takeLot(queue, billingNumber));
      lots += 1;
    } while (queue.isNext('080', '03'));
  }
  const control = queue.take('990', '99');
  queue.end();
  if (file.class === 'negative' && lots > 0) throw new ArlUnreadable('un fichier refusé n’a pas de résultat de lot.');
  if ((control['level_id'] ?? '').trimEnd() !== ARL0.reference || control['sign'] !== ARL0.sign)
    throw new ArlUnreadable('entité 990 inattendue.');
  if (Number(control['lower_level_count']) !== lots) throw new ArlUnreadable('le nombre de lots de l’entité 990 est faux.');
  return { results, lots, acceptedFees: Number(control['lower_level_total']) };
}
