/** From the books to what the faces show of third-party payments. Pure. */
import type { LocalDate } from '../domain/invoice';
import type { RoutingTables } from '../domain/routing';
import type { ClaimRow, FollowUp, LedgerEntry, LineSums, StoredLine, StoredRemittance } from '../store/third-party/port';
import { dueOf, type AgeingOn } from '../third-party/ageing';
import { valueDateOf } from '../third-party/applying';
import type { BankRow } from '../third-party/bank-export';
import type { Candidate } from '../third-party/candidates';
import type { ThirdPartyRules } from '../third-party/rules';
import type { CandidateView, ClaimView, HistoryView, OpenLineView, RemittanceView } from './third-party-port';

const COLLATOR = new Intl.Collator('fr', { numeric: true, sensitivity: 'base' });

/** Names payers; remembers what the tables said. */
export class PayerNames {
  private readonly known = new Map<string, string>();

  constructor(
    private readonly routes: RoutingTables,
    private readonly today: LocalDate,
  ) {}

  /** @param payer as in {@link NewClaim}. */
  of(payer: string): string {
    let name = this.known.get(payer);
    if (name === undefined) this.known.set(payer, (name = this.lookUp(payer)));
    return name;
  }

  /** The names of some payers, each once, in order. */
  sorted(payers: readonly string[]): readonly string[] {
    return [...new Set(payers.map((payer) => this.of(payer)))].sort(COLLATOR.compare);
  }

  /** Those that have a name. */
  called(name: string, payers: readonly string[]): readonly string[] {
    return payers.filter((payer) => this.of(payer) === name);
  }

  /** Some payers in the order of their names. */
  inOrder(payers: readonly string[]): readonly string[] {
    return [...payers].sort((a, b) => COLLATOR.compare(this.of(a), this.of(b)));
  }

  /** Of a remittance: the sender as our own routing knows it. */
  ofSender({ senderType, senderNumber }: Pick<StoredRemittance, 'senderType' | 'senderNumber'>): string {
    return this.routes.labelOf(senderType, senderNumber) ?? `${senderType} ${senderNumber.replace(/^0+/, '')}`;
  }

  private lookUp(payer: string): string {
    const [, regime, fund, centre] = /^(\d\d)(\d{3})(\d{4})$/.exec(payer) ?? [];
    const insurer = this.routes.insurerName(payer);
    if (insurer !== null) return insurer;
    if (regime !== undefined && fund !== undefined && centre !== undefined) {
      const recipient = this.routes.fundRecipient(regime, fund, centre, this.today);
      if (recipient !== null) return recipient.label;
    }
    return payer === '' ? 'Payeur non précisé' : `Organisme ${payer}`;
  }
}

export function claimView(row: ClaimRow, ageing: AgeingOn, names: PayerNames): ClaimView {
  const { days, label, late, sentOn, ackedOn, remindedOn, remind, forclusionOn } = ageing.of(row);
  return {
    invoiceId: row.invoiceId,
    part: row.part,
    number: row.number,
    kind: row.kind,
    practitioner: row.billingNumber,
    payer: names.of(row.payer),
    date: row.completedOn,
    sentOn,
    ackedOn,
    state: row.state,
    expected: row.expected,
    paid: row.paid,
    adjusted: row.adjusted,
    due: dueOf(row),
    age: days,
    ageClass: label,
    lateDays: late?.workingDays ?? null,
    penalty: late?.penalty ?? 0,
    remind,
    reminders: row.reminders,
    remindedOn,
    forclusionOn,
    owner: row.owner,
  };
}

export function openLineView(
  line: StoredLine,
  remittance: StoredRemittance | undefined,
  names: PayerNames,
  causes: ThirdPartyRules['causes'],
): OpenLineView {
  const { detail } = line;
  return {
    id: line.id,
    kind: line.kind,
    remittance: remittance?.fileId ?? '',
    payer: remittance === undefined ? '' : names.ofSender(remittance),
    date: remittance === undefined ? '' : valueDateOf(line, remittance),
    practitioner: line.billingNumber,
    number: line.number,
    lot: line.lotNumber,
    part: line.part,
    amount: line.amount,
    answer: line.answer,
    cause: line.cause === null ? '' : causes[line.cause],
    said: [
      ...(detail?.rejections ?? []).map(({ code, refined, label }) => [code, refined, label].filter(Boolean).join(' ')),
      ...(detail?.code == null ? [] : [detail.code]),
      ...(detail?.reference == null ? [] : [detail.reference]),
    ],
  };
}

export function candidateView(candidate: Candidate, payer: string, likely: ThirdPartyRules['likely']): CandidateView {
  const { invoice, part, state, due, difference, bookable } = candidate;
  return {
    invoiceId: invoice.id,
    part,
    number: invoice.number,
    kind: invoice.kind,
    practitioner: invoice.billingNumber,
    payer,
    date: invoice.completedOn,
    state,
    due,
    difference,
    likely: candidate.likely.map((cause) => likely[cause]),
    bookable,
  };
}

export function remittanceView(remittance: StoredRemittance, sums: LineSums | undefined, names: PayerNames): RemittanceView {
  const { matched = 0, open = 0, setAside = 0, difference = false } = sums ?? {};
  return {
    id: remittance.id,
    fileId: remittance.fileId,
    payer: names.ofSender(remittance),
    date: remittance.transfers[0]?.date ?? remittance.fileDate,
    labels: remittance.transfers.map(({ label }) => label),
    lines: remittance.lines,
    total: remittance.total,
    matched,
    open,
    setAside,
    stated: difference ? remittance.stated : null,
  };
}

export function historyOf(entries: readonly LedgerEntry[], followUps: readonly FollowUp[]): readonly HistoryView[] {
  const undone = new Set(entries.map(({ undoOf }) => undoOf));
  const booked = entries.map((entry): HistoryView => ({
    at: entry.at,
    kind: entry.kind,
    amount: entry.amount,
    undo: entry.undoOf !== null,
    undone: undone.has(entry.id),
    batch: entry.undoOf === null && !undone.has(entry.id) ? entry.batch : null,
    words: entry.note,
  }));
  const followed = followUps.map(({ at, kind, text }): HistoryView => ({
    at,
    kind,
    amount: 0,
    undo: false,
    undone: false,
    batch: null,
    words: text,
  }));
  return [...booked, ...followed].sort((a, b) => a.at.localeCompare(b.at));
}

const STATUS: Readonly<Record<StoredLine['status'], string>> = { matched: 'rapproché', open: 'à rapprocher', 'set-aside': 'écarté' };
const KINDS: Readonly<Record<StoredLine['kind'], string>> = {
  part: '',
  debt: 'Créance ou retenue',
  lump: 'Forfait',
  difference: 'Différence',
};

export function bankRow(line: StoredLine, remittance: StoredRemittance, names: PayerNames, causes: ThirdPartyRules['causes']): BankRow {
  const transfer = line.transfer === null ? undefined : remittance.transfers[line.transfer];
  return {
    transferDate: valueDateOf(line, remittance),
    transferLabel: transfer?.label ?? '',
    payer: names.ofSender(remittance),
    file: remittance.fileId,
    practitioner: line.billingNumber ?? '',
    invoice: line.number ?? '',
    part: line.part?.toUpperCase() ?? '',
    status: STATUS[line.status],
    reason: [KINDS[line.kind], line.cause === null ? '' : causes[line.cause]].filter((text) => text !== '').join(' : '),
    amount: line.amount,
  };
}
