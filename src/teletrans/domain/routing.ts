/**
 * Where an invoice goes: the routing tables `amo_recipients.tsv` and `amc_recipients.tsv` (spec/lots-and-files.md § 5), dated and replaceable without code.
 * `*` matches anything; the most specific row wins; a key without a row has no route.
 */
import { VitaleError } from './errors';
import type { Invoice, LocalDate } from './invoice';

/** Where a lot and its file go: one recipient. */
export interface Recipient {
  /** B2 000: 26-27. */
  readonly type: string;
  /** 14 digits, B2 000: 28-41. */
  readonly number: string;
  /** 3 digits, record 1: 17-19. */
  readonly body: string;
  /** Two digits; `00` for a complementary insurer. */
  readonly regime: string;
  readonly mailbox: string;
  readonly route: 'direct' | 'oct';
  readonly label: string;
}

export interface AmoRow {
  readonly validFrom: LocalDate;
  readonly regime: string;
  readonly fund: string;
  readonly centre: string;
  readonly type: string;
  readonly body: string;
  readonly dataCentre: string;
  readonly route: 'direct' | 'oct';
  readonly mailbox: string;
  readonly label: string;
}

export interface AmcRow {
  /** 9 digits with key. */
  readonly number: string;
  readonly name: string;
  readonly regimePattern: string;
  readonly fundPattern: string;
  /** `DRE`, or `FSE enriched` when the insurer takes no DRE. */
  readonly flow: string;
  readonly route: string;
  readonly mailbox: string;
}

const AMO_COLUMNS = [
  'valid_from',
  'regime',
  'fund',
  'centre',
  'recipient_type',
  'body',
  'data_centre',
  'route',
  'mailbox',
  'label',
] as const;
const AMC_COLUMNS = ['amc_no', 'name', 'regime_pattern', 'fund_pattern', 'flow', 'route', 'host', 'domain', 'mailbox'] as const;

/** Rows of a tab-separated table whose header line is exactly `columns`. Errors: LOT-014 naming the table and the line. */
function readRows<C extends string>(text: string, columns: readonly C[], table: string): readonly Readonly<Record<C, string>>[] {
  const [header, ...lines] = text.split(/\r?\n/).filter((line) => line !== '');
  if (header !== columns.join('\t')) throw new VitaleError('LOT-014', { table, detail: 'ligne de titre' });
  return lines.map((line, index) => {
    const cells = line.split('\t');
    if (cells.length !== columns.length) throw new VitaleError('LOT-014', { table, detail: `ligne ${index + 2}` });
    return Object.fromEntries(columns.map((column, rank) => [column, cells[rank]])) as Record<C, string>;
  });
}

function routeOf(route: string, table: string): 'direct' | 'oct' {
  if (route !== 'direct' && route !== 'oct') throw new VitaleError('LOT-014', { table, detail: 'route' });
  return route;
}

/** A pattern with `*` for any run of characters. */
function matches(pattern: string, value: string): boolean {
  if (!pattern.includes('*')) return pattern === value;
  if (pattern === '*') return true;
  const parts = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`).test(value);
}

/** Number of characters a pattern fixes: more is more specific. */
const specificity = (...patterns: readonly string[]): number =>
  patterns.reduce((sum, pattern) => sum + pattern.replace(/\*/g, '').length, 0);

export class RoutingTables {
  constructor(
    private amo: readonly AmoRow[],
    private amc: readonly AmcRow[],
  ) {}

  /** The tables were updated: whoever holds this one goes by the rows of `newer` from now on. */
  takeOver(newer: RoutingTables): void {
    this.amo = newer.amo;
    this.amc = newer.amc;
  }

  /** Reads both tables. Errors: LOT-014. */
  static parse(amoText: string, amcText: string): RoutingTables {
    const amo = readRows(amoText, AMO_COLUMNS, 'amo_recipients.tsv').map((row) => ({
      validFrom: row.valid_from,
      regime: row.regime,
      fund: row.fund,
      centre: row.centre,
      type: row.recipient_type,
      body: row.body,
      dataCentre: row.data_centre,
      route: routeOf(row.route, 'amo_recipients.tsv'),
      mailbox: row.mailbox,
      label: row.label,
    }));
    const amc = readRows(amcText, AMC_COLUMNS, 'amc_recipients.tsv').map((row) => ({
      number: row.amc_no,
      name: row.name,
      regimePattern: row.regime_pattern,
      fundPattern: row.fund_pattern,
      flow: row.flow,
      route: row.route,
      mailbox: row.mailbox,
    }));
    return new RoutingTables(amo, amc);
  }

  /**
   * The recipient of an invoice on a given day: the AMO fund for an FSE, the complementary insurer for a DRE.
   * @returns null when no row fits: the invoice is held back.
   */
  recipientOf(invoice: Pick<Invoice, 'kind' | 'amo' | 'amc'>, today: LocalDate): Recipient | null {
    return invoice.kind === 'FSE' ? this.fundOf(invoice.amo, today) : this.insurerOf(invoice);
  }

  /** How many rows hold on this day, when the newest began, and every mailbox they name. */
  summary(today: LocalDate): {
    readonly amo: number;
    readonly amc: number;
    readonly newest: LocalDate | null;
    readonly mailboxes: readonly string[];
  } {
    const amo = this.amo.filter((row) => row.validFrom <= today);
    const newest = amo.reduce<LocalDate | null>(
      (latest, { validFrom }) => (latest === null || validFrom > latest ? validFrom : latest),
      null,
    );
    return { amo: amo.length, amc: this.amc.length, newest, mailboxes: [...new Set([...amo, ...this.amc].map(({ mailbox }) => mailbox))] };
  }

  /** Label of a sender or recipient as B2 and NOEMIE name it (type and 14 digits), null when no table has it. */
  labelOf(type: string, number: string): string | null {
    const fund = this.amo.find((row) => row.type === type && `${row.regime}${row.body}${row.dataCentre}`.padStart(14, '0') === number);
    return fund?.label ?? this.insurerName(number.slice(-9));
  }

  /** The recipient of an AMO fund on a given day, null when the table has no row for it. */
  fundRecipient(regime: string, fund: string, centre: string, today: LocalDate): Recipient | null {
    return this.fundOf({ regime, fund, centre }, today);
  }

  /** Name of a complementary insurer, null when the table does not know it. */
  insurerName(number: string): string | null {
    return this.amc.find((row) => row.number === number)?.name ?? null;
  }

  private fundOf(amo: Pick<Invoice['amo'], 'regime' | 'fund' | 'centre'>, today: LocalDate): Recipient | null {
    const [row] = this.amo
      .filter((r) => r.validFrom <= today && matches(r.regime, amo.regime) && matches(r.fund, amo.fund) && matches(r.centre, amo.centre))
      .sort(
        (a, b) =>
          specificity(b.regime, b.fund, b.centre) - specificity(a.regime, a.fund, a.centre) || b.validFrom.localeCompare(a.validFrom),
      );
    if (row === undefined) return null;
    const number = `${amo.regime}${row.body}${row.dataCentre}`.padStart(14, '0');
    return { type: row.type, number, body: row.body, regime: amo.regime, mailbox: row.mailbox, route: row.route, label: row.label };
  }

  private insurerOf(invoice: Pick<Invoice, 'amo' | 'amc'>): Recipient | null {
    const { amc, amo } = invoice;
    if (amc === undefined) return null;
    const [row] = this.amc
      .filter(
        (r) => r.number === amc.number && r.flow === 'DRE' && matches(r.regimePattern, amo.regime) && matches(r.fundPattern, amo.fund),
      )
      .sort((a, b) => specificity(b.regimePattern, b.fundPattern) - specificity(a.regimePattern, a.fundPattern));
    if (row === undefined) return null;
    const route = routeOf(row.route, 'amc_recipients.tsv');
    return {
      type: route === 'oct' ? 'OT' : 'OC',
      number: amc.number.padStart(14, '0'),
      body: '000',
      regime: '00',
      mailbox: row.mailbox,
      route,
      label: row.name,
    };
  }
}
