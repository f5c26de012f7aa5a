/**
 * What the insurer is asked to play instead of answering as it would: rules as data (spec/arl.md § 3.5). Several rules may hold for one mail; each adds its
 * effect.
 */
import { LABELS, type FileCode, type FileVerdict, type InvoiceCode, type LotCode, type LotVerdict } from './codes';

/** Which mails a rule is for; all that is given must hold, nothing given means every mail. */
export interface RuleMatch {
  /** Rank of the mail, from 1, counted since the insurer started (for SMTP faults before the data: rank of the connection). */
  readonly nth?: number;
  /** Mailbox of the front end. */
  readonly recipient?: string;
  /** Lot number, 3 digits. */
  readonly lot?: string;
  /** Invoice number, 9 digits. */
  readonly invoice?: string;
  /** Billing number of the practitioner of a lot. */
  readonly practitioner?: string;
}

export type SmtpStep = 'greeting' | 'mail' | 'rcpt' | 'dot';

export type RuleEffect =
  | { readonly play: 'negative-file'; readonly code: FileCode }
  | { readonly play: 'negative-lot'; readonly code: LotCode }
  | { readonly play: 'negative-invoice'; readonly code: InvoiceCode }
  | { readonly play: 'notice'; readonly level: 'file' | 'lot' }
  | { readonly play: 'late'; readonly delayMs: number }
  | { readonly play: 'lost' | 'duplicated' | 'before-reply' | 'unknown-lot' | 'truncated' }
  | { readonly play: 'smtp-refuse'; readonly step: SmtpStep; readonly code: number }
  | { readonly play: 'smtp-cut-after-dot' }
  | { readonly play: 'smtp-hang-after-dot'; readonly ms: number };

export interface Rule {
  readonly when?: RuleMatch;
  readonly do: RuleEffect;
  /** Most times it is played; without, every time. */
  readonly times?: number;
}

/** What a rule is matched against. */
export interface MailFacts {
  readonly nth: number;
  readonly recipient: string | null;
  readonly lots: readonly Pick<LotVerdict, 'billingNumber' | 'lotNumber' | 'invoiceNumbers'>[];
}

type Played = RuleEffect['play'];

function lotFits(match: RuleMatch, lot: MailFacts['lots'][number]): boolean {
  return (
    (match.lot === undefined || match.lot === lot.lotNumber) &&
    (match.practitioner === undefined || match.practitioner === lot.billingNumber) &&
    (match.invoice === undefined || lot.invoiceNumbers.includes(match.invoice))
  );
}

function fits(match: RuleMatch, facts: MailFacts): boolean {
  if (match.nth !== undefined && match.nth !== facts.nth) return false;
  if (match.recipient !== undefined && match.recipient.toLowerCase() !== facts.recipient) return false;
  const aboutLots = match.lot !== undefined || match.invoice !== undefined || match.practitioner !== undefined;
  return !aboutLots || facts.lots.some((lot) => lotFits(match, lot));
}

/** The rules in force, with the number of times each was played. */
export class Scenario {
  private rules: readonly { readonly rule: Rule; played: number }[] = [];

  constructor(rules: readonly Rule[]) {
    this.replace(rules);
  }

  replace(rules: readonly Rule[]): void {
    this.rules = rules.map((rule) => ({ rule, played: 0 }));
  }

  /** The rules of these kinds that hold, each counted as played once. */
  take(kinds: readonly Played[], facts: MailFacts, only: (effect: RuleEffect) => boolean = () => true): readonly Rule[] {
    const found = this.rules.filter(
      ({ rule, played }) =>
        kinds.includes(rule.do.play) && only(rule.do) && played < (rule.times ?? Number.POSITIVE_INFINITY) && fits(rule.when ?? {}, facts),
    );
    for (const entry of found) entry.played += 1;
    return found.map(({ rule }) => rule);
  }
}

function withLot(verdict: FileVerdict, rule: Rule, change: (lot: LotVerdict) => LotVerdict): FileVerdict {
  const match = rule.when ?? {};
  const named = match.lot !== undefined || match.invoice !== undefined || match.practitioner !== undefined;
  return { ...verdict, lots: verdict.lots.map((lot, rank) => ((named ? lotFits(match, lot) : rank === 0) ? change(lot) : lot)) };
}

/** The verdict a rule puts in the place of the insurer's own. Without a lot or invoice named, the first one of the file. */
export function playVerdict(verdict: FileVerdict, rule: Rule): FileVerdict {
  const effect = rule.do;
  if (effect.play === 'negative-file') return { code: effect.code, lots: verdict.lots };
  if (effect.play === 'negative-lot') return withLot(verdict, rule, (lot) => ({ ...lot, code: effect.code, invoices: [] }));
  if (effect.play === 'notice') {
    if (effect.level === 'file') return { ...verdict, code: 'W001' };
    return withLot(verdict, rule, (lot) => ({ ...lot, code: 'W001', invoices: [] }));
  }
  if (effect.play === 'negative-invoice') {
    return withLot(verdict, rule, (lot) => {
      const number = rule.when?.invoice ?? lot.invoiceNumbers[0] ?? '';
      const others = lot.invoices.filter((invoice) => invoice.number !== number);
      const all = [...others, { number, codes: [effect.code] }];
      all.sort((a, b) => lot.invoiceNumbers.indexOf(a.number) - lot.invoiceNumbers.indexOf(b.number));
      return { ...lot, code: 'L008', invoices: all };
    });
  }
  return verdict;
}

const NUMBERS = ['nth', 'delayMs', 'code', 'ms', 'times'];

/** Checks rules that come from outside. Throws an Error naming the faulty rule. */
export function parseRules(value: unknown): readonly Rule[] {
  if (!Array.isArray(value)) throw new Error('rules: an array is expected');
  return value.map((entry: unknown, rank) => {
    const rule = entry as { readonly when?: Record<string, unknown>; readonly do?: Record<string, unknown>; readonly times?: unknown };
    const effect = rule.do;
    const sound =
      typeof effect === 'object' &&
      effectShape(effect) &&
      [rule.when ?? {}, effect, { times: rule.times }].every((part) =>
        Object.entries(part).every(
          ([name, field]) => field === undefined || !NUMBERS.includes(name) || typeof field === 'number' || typeof field === 'string',
        ),
      );
    if (!sound) throw new Error(`rules: rule ${rank + 1} is not understood`);
    return rule as unknown as Rule;
  });
}

function effectShape(effect: Record<string, unknown>): boolean {
  const { play, code } = effect as { play?: unknown; code?: unknown };
  switch (play) {
    case 'negative-file':
    case 'negative-lot':
    case 'negative-invoice': {
      const letter = play === 'negative-file' ? 'F' : play === 'negative-lot' ? 'L' : 'I';
      return typeof code === 'string' && code.startsWith(letter) && code in LABELS;
    }
    case 'notice':
      return effect['level'] === 'file' || effect['level'] === 'lot';
    case 'late':
      return typeof effect['delayMs'] === 'number' && effect['delayMs'] >= 0;
    case 'smtp-refuse':
      return typeof code === 'number' && code >= 400 && code < 600 && ['greeting', 'mail', 'rcpt', 'dot'].includes(String(effect['step']));
    case 'smtp-hang-after-dot':
      return typeof effect['ms'] === 'number';
    default:
      return ['lost', 'duplicated', 'before-reply', 'unknown-lot', 'truncated', 'smtp-cut-after-dot'].includes(String(play));
  }
}
