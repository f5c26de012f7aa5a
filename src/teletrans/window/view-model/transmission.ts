/** Before, during and after a transmission, in words. */
import type { Explained, Preflight, Progress, ReturnsReport } from '../../application/port';
import type { WorkView } from '../protocol';
import type { Shape, StateWords, Tone } from '../state-words';
import type { CardView } from './card-view';
import { firstSentence, plural, practitionerName } from './format';

export interface PreflightView {
  readonly lines: Preflight['payers'];
  readonly totals: { readonly invoices: number; readonly amo: number; readonly amc: number };
  /** Where the legal clock stands for what leaves. */
  readonly deadline: { readonly tone: Tone; readonly shape: Shape; readonly text: string } | null;
  readonly held: Preflight['held'];
  readonly heldText: string | null;
  /** Invoices that wait for another person's card: they are not counted here. */
  readonly elsewhere: readonly { readonly signer: string; readonly name: string; readonly text: string; readonly reason: Explained }[];
  /** Files sealed earlier that leave without a code. */
  readonly waitingText: string | null;
  /** What the card that is open cannot seal, one sentence for each reason. */
  readonly unsealable: readonly string[];
  readonly empty: boolean;
}

export function preflightView(preflight: Preflight): PreflightView {
  const { payers, invoices, late, dueToday, held, waitingFiles } = preflight;
  const sum = (pick: (line: Preflight['payers'][number]) => number): number => payers.reduce((total, line) => total + pick(line), 0);
  return {
    lines: payers,
    totals: { invoices, amo: sum((line) => line.amo), amc: sum((line) => line.amc) },
    deadline: invoices === 0 ? null : deadlineOf(late, dueToday),
    held,
    elsewhere: preflight.elsewhere.map(({ signer, name, invoices: count, reason }) => ({
      signer,
      name: practitionerName(name, signer),
      text: `${plural(count, 'facture attend', 'factures attendent')} la carte du remplaçant (${practitionerName(name, signer)}) et ${count >= 2 ? 'restent' : 'reste'} dans sa file.`,
      reason,
    })),
    unsealable: preflight.unsealable.map(
      ({ invoices: count, reason }) =>
        `${plural(count, 'facture ne part pas', 'factures ne partent pas')} avec cette carte. ${reason.message} ${reason.action}`,
    ),
    heldText:
      held.length === 0 ? null : `${plural(held.length, 'facture reste retenue', 'factures restent retenues')} ; les autres partent.`,
    waitingText:
      waitingFiles === 0
        ? null
        : `${plural(waitingFiles, 'fichier déjà sécurisé attend', 'fichiers déjà sécurisés attendent')} : aucun code n’est nécessaire pour l’envoyer.`.replace(
            'l’envoyer',
            waitingFiles >= 2 ? 'les envoyer' : 'l’envoyer',
          ),
    empty: invoices === 0 && waitingFiles === 0 && preflight.unsealable.length === 0,
  };
}

function deadlineOf(late: number, dueToday: number): NonNullable<PreflightView['deadline']> {
  if (late > 0) {
    const today = dueToday > 0 ? `, ${dueToday} à envoyer avant ce soir` : '';
    return { tone: 'alert', shape: 'clock', text: `${plural(late, 'facture')} en retard${today} : l’envoi reste possible et utile.` };
  }
  if (dueToday > 0) return { tone: 'attention', shape: 'clock', text: `Le délai légal de ${plural(dueToday, 'facture')} finit ce soir.` };
  return { tone: 'good', shape: 'check', text: 'Tous les délais légaux sont respectés.' };
}

export interface SendView {
  readonly label: string;
  readonly possible: boolean;
  /** Why the button does nothing now; null when it works. */
  readonly why: string | null;
}

export interface SendConditions {
  /** The program answers. */
  readonly connected: boolean;
  readonly card: CardView;
  /** What to say of a card that seems to be somebody else's, null when it does not. */
  readonly otherCard: string | null;
  /** A work asked for in this window runs. */
  readonly running: boolean;
  /** One asked for elsewhere in the program runs. */
  readonly busy: boolean;
}

/** The button: what it says, and whether it may be pressed. */
export function sendView(preflight: Preflight | null, { connected, card, otherCard, running, busy }: SendConditions): SendView {
  const no = (label: string, why: string): SendView => ({ label, possible: false, why });
  if (!connected) return no('Transmettre', 'Le module de télétransmission ne répond plus.');
  if (running) return no('Transmettre', 'Un envoi ou une relève est en cours.');
  if (busy) return no('Transmettre', 'Un envoi demandé ailleurs est en cours. Attendez qu’il ait fini.');
  if (preflight === null) return no('Transmettre', 'Choisissez d’abord un praticien.');
  const files = preflight.waitingFiles;
  if (preflight.invoices > 0 && card.kind === 'opened')
    return { label: `Transmettre ${plural(preflight.invoices, 'facture')}`, possible: true, why: null };
  if (files > 0)
    return { label: `Envoyer ${plural(files, 'fichier sécurisé', 'fichiers sécurisés')} sans code`, possible: true, why: null };
  if (preflight.invoices > 0) return no('Transmettre', whyNoSeal(card, otherCard));
  return no('Transmettre', 'Rien à envoyer pour ce praticien.');
}

/** What stands between the person and the seal of the card: no code is asked for where none can be given. */
function whyNoSeal(card: CardView, otherCard: string | null): string {
  if (card.kind === 'stopped') return `${firstSentence(card.problem.message)} ${card.problem.action}`;
  if (otherCard !== null) return 'Mettez la carte de ce praticien dans le lecteur, ou choisissez un autre praticien.';
  return card.kind === 'ask' && card.typing ? 'Le lecteur attend le code porteur sur son clavier.' : 'Validez d’abord le code porteur.';
}

/**
 * Of two views of the program's work, the one to show. They come by different ways (the answer to a request, the event stream) and may cross: a work that
 * has ended never runs again.
 * @param next null: the program knows of no work, so that none can be under way.
 */
export function newerWork(before: WorkView | null, next: WorkView | null): WorkView | null {
  if (before === null) return next;
  if (next === null) return before.endedAt === null ? null : before;
  if (next.startedAt === before.startedAt && next.id === before.id) return before.endedAt === null ? next : before;
  return next.startedAt >= before.startedAt ? next : before;
}

const STEPS: Readonly<Record<Progress['step'], { readonly doing: string; readonly one: string; readonly many: string }>> = {
  collecting: { doing: 'Relève des retours', one: 'retour relevé', many: 'retours relevés' },
  checking: { doing: 'Contrôle des factures', one: 'facture contrôlée', many: 'factures contrôlées' },
  grouping: { doing: 'Mise en lots', one: 'lot formé', many: 'lots formés' },
  sealing: { doing: 'Sécurisation par la carte', one: 'lot sécurisé', many: 'lots sécurisés' },
  freezing: { doing: 'Écriture des fichiers', one: 'fichier écrit', many: 'fichiers écrits' },
  sending: { doing: 'Envoi', one: 'fichier remis', many: 'fichiers remis' },
};

export const STEP_ORDER = Object.keys(STEPS) as readonly Progress['step'][];

export interface ProgressView {
  /** `3/7 lots sécurisés`; the step alone where there is nothing to count. */
  readonly text: string;
  readonly doing: string;
  readonly done: number;
  readonly total: number;
}

export function progressView(progress: Progress | null): ProgressView {
  if (progress === null) return { text: 'Préparation…', doing: 'Préparation', done: 0, total: 0 };
  const { doing, one, many } = STEPS[progress.step];
  const { done, total } = progress;
  return { doing, done, total, text: total === 0 ? `${doing}…` : `${done}/${total}\u00a0${total >= 2 ? many : one}` };
}

/** Name of a step, for the list of steps. */
export const stepName = (step: Progress['step']): string => STEPS[step].doing;

export interface ResultView {
  readonly tone: Tone;
  readonly shape: Shape;
  readonly title: string;
  readonly lines: readonly string[];
  /** Files that did not leave well, with their state and reason. */
  readonly troubles: readonly { readonly label: string; readonly word: string; readonly reason: Explained | null; readonly todo: string }[];
  readonly held: readonly { readonly number: string; readonly message: string }[];
  readonly reason: Explained | null;
}

export function returnsLine(returns: ReturnsReport): string {
  const { positive, negative } = returns.arl;
  const parts = [
    plural(positive, 'lot accepté', 'lots acceptés'),
    ...(negative > 0 ? [plural(negative, 'lot refusé', 'lots refusés')] : []),
    ...(returns.rsp > 0 ? [plural(returns.rsp, 'retour de paiement', 'retours de paiement')] : []),
    ...(returns.unmatched > 0 ? [plural(returns.unmatched, 'retour sans lot correspondant', 'retours sans lot correspondant')] : []),
    ...(returns.quarantined > 0 ? [plural(returns.quarantined, 'message illisible mis de côté', 'messages illisibles mis de côté')] : []),
  ];
  const nothing = positive + negative + returns.rsp + returns.unmatched + returns.quarantined === 0;
  return nothing ? 'Aucun nouveau retour.' : `Retours : ${parts.join(', ')}.`;
}

/** The transmission was cancelled by a person before anything was sealed. */
const CANCELLED = 'TRA-043';

const TITLES: Readonly<Record<string, { readonly tone: Tone; readonly shape: Shape; readonly title: string }>> = {
  sent: { tone: 'good', shape: 'check', title: 'Tout est parti.' },
  nothing: { tone: 'neutral', shape: 'circle', title: 'Il n’y avait rien à envoyer.' },
  'needs-card': { tone: 'attention', shape: 'lock', title: 'La carte est nécessaire.' },
  partial: { tone: 'attention', shape: 'scale', title: 'Une partie est partie.' },
  incident: { tone: 'alert', shape: 'cross', title: 'Rien n’est parti.' },
};

/** What a finished work led to; null while it runs. */
export function resultView(work: WorkView, words: StateWords): ResultView | null {
  const none = { troubles: [], held: [], reason: null };
  if (work.endedAt === null) return null;
  if (work.error?.code === CANCELLED)
    return { ...none, tone: 'neutral', shape: 'cross-circle', title: 'Envoi annulé.', lines: [work.error.message, work.error.action] };
  if (work.error !== null)
    return {
      ...none,
      tone: 'alert',
      shape: 'cross',
      title: work.kind === 'transmit' ? 'L’envoi s’est arrêté.' : 'La relève s’est arrêtée.',
      lines: [],
      reason: work.error,
    };
  if (work.returns !== null)
    return {
      ...none,
      tone: work.returns.arl.negative > 0 ? 'attention' : 'good',
      shape: 'check',
      title: 'Retours relevés.',
      lines: [returnsLine(work.returns)],
    };
  if (work.report === null) return null;
  const { result, files, held, returns, reason } = work.report;
  const left = files.filter((file) => file.state === 'HANDED_OVER');
  const invoices = left.reduce((sum, file) => sum + file.lots.reduce((count, lot) => count + lot.invoices.length, 0), 0);
  const base = TITLES[result] ?? TITLES['incident'];
  const heldOnly = result === 'partial' && left.length === files.length;
  return {
    tone: heldOnly ? 'good' : (base?.tone ?? 'alert'),
    shape: heldOnly ? 'check' : (base?.shape ?? 'cross'),
    title: heldOnly ? 'Tout ce qui pouvait partir est parti.' : (base?.title ?? ''),
    lines: [
      ...(left.length > 0
        ? [
            `${plural(invoices, 'facture')} dans ${plural(left.length, 'fichier remis', 'fichiers remis')} à la messagerie. Les accusés (ARL) arriveront avec les retours.`,
          ]
        : []),
      returnsLine(returns),
    ],
    troubles: files
      .filter((file) => file.state !== 'HANDED_OVER')
      .map((file) => ({
        label: `Fichier ${file.fileId} – ${file.payer}`,
        word: words.file[file.state].word,
        reason: file.failure,
        todo: words.file[file.state].todo,
      })),
    held: held.map(({ number, message }) => ({ number, message })),
    reason,
  };
}
