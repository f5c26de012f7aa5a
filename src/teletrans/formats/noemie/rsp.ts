/**
 * Reads the entities of a NOEMIE file as the return of a payer: invoices, what became of their AMO and AMC parts, and why (spec/noemie.md § 2, § 3 and § 4).
 * Pure; foreign data: never throws. Break levels are data in the file and are not relied upon: what follows an invoice speaks of it until the next one.
 */
import type { FileFault } from '../port';
import type { NoemieEntity, NoemieFile } from './reader';
import type { RejectionCodes } from './rejection-codes';
import type { Rsp, RspInvoice, RspOtherAmount, RspPart, RspRejection, RspSource, RspState, RspTransfer } from './rsp-model';

type Values = NoemieEntity['values'];

interface Rejected {
  readonly part: 'amo' | 'amc' | 'both';
  readonly code: string;
  refined: string | null;
  readonly label: string;
  readonly level: RspRejection['level'];
  readonly line: number | null;
}

/** An invoice on its way. */
interface Open {
  readonly head: Omit<RspInvoice, 'amo' | 'amc' | 'comments' | 'otherRejections'>;
  amo: NoemieEntity | null;
  amc: NoemieEntity | null;
  readonly rejected: Rejected[];
  readonly comments: string[];
}

function text(values: Values, field: string): string {
  return (values[field] ?? '').trim();
}

function textOrNull(values: Values, field: string): string | null {
  const found = text(values, field);
  return /^0*$/.test(found) ? null : found;
}

/** Digits as a number; 0 when the field is absent or damaged (a fault reported by the reader). */
function number(values: Values, field: string): number {
  const found = text(values, field);
  return /^\d+$/.test(found) ? Number(found) : 0;
}

/** Centimes, negative with the sign N. */
function signed(values: Values, field: string): number {
  return text(values, 'sign') === 'N' ? -number(values, field) : number(values, field);
}

/** The 9 digits of a practitioner in the 15 of a payee; a longer number is kept whole. */
function billingNumberOf(values: Values): string | null {
  const found = textOrNull(values, 'payee_no');
  return found === null ? null : found.replace(/^0+/, '').padStart(9, '0');
}

function stateOf(letter: string, requested: number, paid: number, sign: 'P' | 'N'): RspState {
  if (sign === 'N') return 'recovered';
  switch (letter) {
    case 'P':
      return paid === requested ? 'paid' : 'part-paid';
    case 'R':
      return 'rejected';
    case 'D':
      return 'deferred';
    case '':
      return 'unprocessed';
    default:
      return 'unknown';
  }
}

class RspBuilder {
  readonly invoices: RspInvoice[] = [];
  readonly transfers: RspTransfer[] = [];
  readonly otherAmounts: RspOtherAmount[] = [];
  readonly warnings: FileFault[] = [];
  #billingNumber: string | null = null;
  #lot: Values | null = null;
  #open: Open | null = null;
  readonly #places: Partial<Record<NoemieEntity['code'], (entity: NoemieEntity) => void>> = {
    '040': ({ values }) => {
      this.#close();
      this.#billingNumber = billingNumberOf(values);
      this.#lot = null;
    },
    '071': ({ index, values }) => {
      this.#close();
      const label = `${text(values, 'transfer_label1')} ${text(values, 'transfer_label2')}`.trim();
      this.transfers.push({ record: index, date: text(values, 'transfer_date'), label, payingBody: textOrNull(values, 'paying_body') });
    },
    '250': ({ index, values }) => {
      const code = `${text(values, 'debt_kind')} ${text(values, 'recovery_kind')}`.trim();
      this.#other({ record: index, kind: 'debt', code, reference: textOrNull(values, 'debt_ref'), amount: signed(values, 'amount') });
    },
    '261': ({ index, values }) => {
      this.#other({ record: index, kind: 'lump', code: text(values, 'lump_code'), reference: null, amount: signed(values, 'amount') });
    },
    '080': ({ values }) => {
      this.#close();
      this.#lot = values;
    },
    '100': (entity) => {
      this.#begin(entity, null);
    },
    '102': (entity) => {
      this.#begin(entity, text(entity.values, 'invoice_kind'));
    },
    '198': (entity) => {
      this.#part(entity, 'amo');
    },
    '199': (entity) => {
      this.#part(entity, 'amc');
    },
    '290': (entity) => {
      this.#shortNotice(entity);
    },
    '294': (entity) => {
      this.#rejection(entity);
    },
    '295': (entity) => {
      this.#inInvoice(entity)?.comments.push(text(entity.values, 'comment'));
    },
  };

  constructor(private readonly codes: RejectionCodes) {}

  add(entity: NoemieEntity): void {
    if (entity.code !== '?') this.#places[entity.code]?.(entity);
  }

  end(): void {
    this.#close();
  }

  #begin(entity: NoemieEntity, kind: string | null): void {
    this.#close();
    const { values } = entity;
    const lot = this.#lot;
    const head = {
      record: entity.index,
      billingNumber: this.#billingNumber,
      number: text(values, 'invoice_no'),
      lotNumber: textOrNull(values, 'lot_no') ?? (lot === null ? null : textOrNull(lot, 'lot_no')),
      lotDate: textOrNull(values, 'lot_date') ?? (lot === null ? null : textOrNull(lot, 'lot_date')),
      kind,
      transfer: this.#transfer(),
    };
    this.#open = { head, amo: null, amc: null, rejected: [], comments: [] };
  }

  /** Money that is no invoice's: what follows it speaks of it, not of the invoice before. */
  #other(amount: Omit<RspOtherAmount, 'billingNumber' | 'transfer'>): void {
    this.#close();
    this.otherAmounts.push({ ...amount, billingNumber: this.#billingNumber, transfer: this.#transfer() });
  }

  #transfer(): number | null {
    return this.transfers.length === 0 ? null : this.transfers.length - 1;
  }

  /** The invoice an entity speaks of; a warning when it stands under none. */
  #inInvoice(entity: NoemieEntity): Open | null {
    if (this.#open === null) this.#warn(entity, `l’entité ${entity.code} ne suit aucune facture.`);
    return this.#open;
  }

  #warn(entity: NoemieEntity, message: string): void {
    this.warnings.push({ record: entity.index, field: null, position: null, message });
  }

  #part(entity: NoemieEntity, part: 'amo' | 'amc'): void {
    const open = this.#inInvoice(entity);
    if (open === null) return;
    if (open[part] === null) {
      open[part] = entity;
      return;
    }
    // No money is dropped: the second part (a payment after a recovery, say) stands as an answer of its own about the same invoice.
    const { head } = open;
    this.#close();
    this.#open = { head, amo: null, amc: null, rejected: [], comments: [], [part]: entity };
  }

  /** 290 does not say which part it speaks of: the part it follows, or both. */
  #shortNotice(entity: NoemieEntity): void {
    const open = this.#inInvoice(entity);
    const { values } = entity;
    const part = open === null || (open.amo === null) === (open.amc === null) ? 'both' : open.amo === null ? 'amc' : 'amo';
    const line = number(values, 'line_no');
    open?.rejected.push({
      part,
      code: text(values, 'code'),
      refined: null,
      label: text(values, 'label'),
      level: null,
      line: line === 0 ? null : line,
    });
  }

  /** Level A refines the rejection before it; alone, it is kept as a rejection of its own. */
  #rejection(entity: NoemieEntity): void {
    const open = this.#inInvoice(entity);
    if (open === null) return;
    const { values } = entity;
    const part = text(values, 'part') === 'C' ? ('amc' as const) : ('amo' as const);
    const level = text(values, 'level');
    const last = open.rejected.at(-1);
    if (level === 'A' && last?.refined === null && last.part === part) {
      last.refined = text(values, 'code').replace(/^0(?=\d{3}$)/, '');
      return;
    }
    const line = number(values, 'line_no');
    const rejected = { part, code: text(values, 'code'), refined: null, label: text(values, 'label') };
    open.rejected.push({ ...rejected, level: level === 'L' ? 'line' : 'invoice', line: line === 0 ? null : line });
  }

  #close(): void {
    const open = this.#open;
    if (open === null) return;
    const shown = new Set([
      ...(open.amo === null ? [] : this.#reasons(open, 'amo', false)),
      ...(open.amc === null ? [] : this.#reasons(open, 'amc', text(open.amc.values, 'state') === 'R')),
    ]);
    this.invoices.push({
      ...open.head,
      otherRejections: open.rejected.filter((one) => !shown.has(one)).map((one) => this.#explained(one, null)),
      amo: open.amo === null ? null : this.#partOf(open, open.amo, 'amo'),
      amc: open.amc === null ? null : { ...this.#partOf(open, open.amc, 'amc'), amcNumber: text(open.amc.values, 'amc_no') },
      comments: open.comments,
    });
    this.#open = null;
  }

  #partOf(open: Open, { values }: NoemieEntity, part: 'amo' | 'amc'): RspPart {
    const requested = number(values, 'requested');
    const paid = number(values, 'paid');
    const sign = text(values, 'sign') === 'N' ? 'N' : 'P';
    const amc = part === 'amc' ? text(values, 'amc_no') : null;
    const rejections = this.#reasons(open, part, text(values, 'state') === 'R').map((one) => this.#explained(one, amc));
    return { requested, paid, sign, state: stateOf(text(values, 'state'), requested, paid, sign), rejections };
  }

  /** The letter O means AMO or both: a rejected AMC part without a reason of its own has those of AMO. */
  #reasons(open: Open, part: 'amo' | 'amc', isRejected: boolean): readonly Rejected[] {
    const own = open.rejected.filter((one) => one.part === part || one.part === 'both');
    return part === 'amc' && own.length === 0 && (isRejected || open.amo === null) ? open.rejected : own;
  }

  #explained({ code, refined, label, level, line }: Rejected, amc: string | null): RspRejection {
    const known = this.codes.find(code, refined, amc);
    return { code, refined, label: known?.label ?? label, advice: known?.advice ?? null, level, line };
  }
}

function sourceOf({ values }: NoemieEntity): RspSource {
  return {
    senderType: text(values, 'sender_type'),
    senderNumber: text(values, 'sender_no'),
    fileId: text(values, 'file_id'),
    fileDate: text(values, 'file_date'),
    exchangeRef: text(values, 'exchange_ref'),
    flowKind: text(values, 'flow_kind'),
  };
}

function statedTotalOf(file: NoemieFile): number | null {
  const closing = file.stream.find(({ code, values }) => code === '990' && values['break_level'] === '99');
  if (closing !== undefined) return signed(closing.values, 'lower_level_total');
  return file.trailer === null ? null : signed(file.trailer.values, 'file_total');
}

/** The return that a NOEMIE file holds. Faults and control warnings of the reader are passed on: with faults, nothing may be booked (spec/noemie.md § 1). */
export function readRsp(file: NoemieFile, codes: RejectionCodes): Rsp {
  const builder = new RspBuilder(codes);
  for (const entity of file.stream) builder.add(entity);
  builder.end();
  return {
    source: sourceOf(file.header),
    transfers: builder.transfers,
    invoices: builder.invoices,
    otherAmounts: builder.otherAmounts,
    statedTotal: statedTotalOf(file),
    warnings: [...file.warnings, ...builder.warnings],
    faults: file.faults,
  };
}
