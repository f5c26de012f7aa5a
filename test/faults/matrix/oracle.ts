/**
 * Judges a run from what the far side really kept (truth.ts) and what the program says at the end. The program's own words are never taken as proof that something
 * was sent or not: they are what is judged. Pure.
 */
import type { PartState } from '../../../src/teletrans/domain/states';
import type { Report, ReportedFile } from './protocol';
import type { Truth } from './truth';

export interface Facts {
  readonly truth: Pick<Truth, 'dialogues' | 'kept' | 'answered'>;
  /** Invoices the program acknowledged, in any life. */
  readonly taken: ReadonlySet<string>;
  /** The program died, or its disk failed it, in the middle: one attempt may have been left open. */
  readonly interrupted: boolean;
  /** Null: the last life did not come to its end. */
  readonly report: Report | null;
}

/** One sentence for each fault found. */
export interface Verdict {
  readonly lost: readonly string[];
  readonly twice: readonly string[];
  readonly wrong: readonly string[];
}

/** States that say: the insurer has it. */
const SAID_TO_HAVE_ARRIVED: ReadonlySet<PartState> = new Set<PartState>([
  'SENT',
  'ACKED',
  'NACKED',
  'NO_ACK_EXPECTED',
  'ACK_OVERDUE',
  'CLOSED_NO_RSP',
  'PAID',
  'ARCHIVED',
]);
const ACKNOWLEDGED: ReadonlySet<PartState> = new Set<PartState>(['ACKED', 'CLOSED_NO_RSP']);

export function judge({ truth, taken, interrupted, report }: Facts): Verdict {
  const lost: string[] = [];
  const twice: string[] = [];
  const wrong: string[] = [];
  if (report === null) return { lost: ['the last life told nothing'], twice, wrong };
  const fileOf = new Map(report.files.map((file) => [file.id, file]));
  const states = new Map(report.invoices.map((invoice) => [invoice.number, invoice]));
  for (const number of new Set([...taken, ...truth.kept.flatMap(({ invoices }) => invoices)])) {
    const invoice = states.get(number);
    if (invoice === undefined) {
      lost.push(`${number} is nowhere`);
      continue;
    }
    const kept = truth.kept.filter(({ invoices }) => invoices.includes(number));
    const file = invoice.fileId === null ? undefined : fileOf.get(invoice.fileId);
    const { state } = invoice;
    if (kept.length === 0 && SAID_TO_HAVE_ARRIVED.has(state)) lost.push(`${number} is said ${state} and never arrived`);
    if (kept.length > 1 + (file?.decisions ?? 0)) twice.push(`${number} arrived ${kept.length} times`);
    const fault =
      kept.length > 0 ? faultOfArrived(state, kept.at(-1)?.compostage ?? '', truth.answered) : faultOfUnsent(state, file, truth);
    if (fault !== null) wrong.push(`${number} ${fault}`);
  }
  for (const file of report.files) wrong.push(...faultsOfAttempts(file, truth));
  const doubts = report.files.flatMap(({ attempts }) => attempts.filter(({ outcome }) => outcome === 'UNCERTAIN')).length;
  const reasons =
    truth.dialogues.filter(({ goAhead, definite, slow }) => slow || (goAhead && definite === null)).length + (interrupted ? 1 : 0);
  if (doubts > reasons) wrong.push(`${doubts} attempts in doubt for ${reasons} reasons to doubt`);
  return { lost, twice, wrong };
}

/** The insurer has it: with its ARL in the mailbox it is acknowledged, without it is sent or in doubt; never is it anything that may leave again. */
function faultOfArrived(state: PartState, compostage: string, answered: ReadonlySet<string>): string | null {
  if (answered.has(compostage)) return ACKNOWLEDGED.has(state) ? null : `arrived and answered, is said ${state}`;
  return state === 'SENT' || state === 'UNCERTAIN' ? null : `arrived and not answered, is said ${state}`;
}

/** The insurer does not have it, and the last life had a server without fault: it is in doubt, or the server refused it for good. */
function faultOfUnsent(state: PartState, file: ReportedFile | undefined, { dialogues }: Facts['truth']): string | null {
  if (state === 'UNCERTAIN') return null;
  const refused = dialogues.some(({ definite }) => definite !== null && definite >= 500);
  return file?.state === 'PERM_FAILED' && refused ? null : `never left: ${state}, file ${file?.state ?? 'none'}`;
}

/** As many messages were kept as attempts say they may have been. */
function faultsOfAttempts({ compostage, attempts }: ReportedFile, { kept }: Facts['truth']): readonly string[] {
  const arrived = kept.filter((message) => message.compostage === compostage).length;
  const handedOver = attempts.filter(({ outcome }) => outcome === 'HANDED_OVER').length;
  const open = attempts.filter(({ outcome }) => outcome === 'UNCERTAIN' || outcome === null).length;
  if (handedOver > arrived) return [`${compostage}: ${handedOver} attempts handed over, ${arrived} arrived`];
  if (arrived > handedOver + open) return [`${compostage}: ${arrived} arrived, ${handedOver + open} attempts say so or doubt`];
  return [];
}
