/** A lot, or a file, as a row of a list. */
import type { ListedFile, ListedLot } from '../../application/lists/port';
import type { Explained, LotView, Overview } from '../../application/port';
import type { FileState, LotState } from '../../domain/states';
import type { StateWord, StateWords } from '../state-words';
import { formatDate, formatDateTime, plural, practitionerName } from './format';
import { practitionerNames } from './practitioners';

/** An ARL result as the payer wrote it, and when it came. */
export interface AckView {
  readonly code: string;
  readonly label: string;
  readonly at: string;
  /** `L008 LOT DEJA RECU, le 20/11/2026`. */
  readonly short: string;
}

export function ackView(ack: LotView['ack']): AckView | null {
  if (ack === null) return null;
  return {
    code: ack.code,
    label: ack.label,
    at: formatDateTime(ack.at),
    short: `${ack.code} ${ack.label}, le ${formatDateTime(ack.at).slice(0, 10)}`,
  };
}

export interface LotRow {
  readonly id: string;
  readonly number: string;
  readonly date: string;
  readonly kind: 'FSE' | 'DRE';
  readonly practitioner: string;
  readonly payer: string;
  readonly count: number;
  readonly state: StateWord;
  readonly code: LotState;
  readonly todo: string;
  /** Null before an ARL. */
  readonly ack: AckView | null;
  readonly releasable: boolean;
  /** The 6 digits of its file. */
  readonly file: string | null;
  /** Our id of it. */
  readonly fileKey: string | null;
  /** Centimes. */
  readonly amo: number;
  readonly amc: number;
}

export function lotRowOf(day: Pick<Overview, 'practitioners'>, words: StateWords): (lot: ListedLot) => LotRow {
  const names = practitionerNames(day);
  return (lot) => {
    const state = words.lot[lot.state];
    return {
      id: lot.id,
      number: lot.number,
      date: formatDate(lot.lotDate),
      kind: lot.kind,
      practitioner: names.get(lot.practitioner) ?? practitionerName(null, lot.practitioner),
      payer: lot.payer,
      count: lot.count,
      state,
      code: lot.state,
      todo: lot.releasable ? 'Corriger si besoin, puis remettre à envoyer.' : state.person ? state.todo : '',
      ack: ackView(lot.ack),
      releasable: lot.releasable,
      file: lot.fileNumber,
      fileKey: lot.fileNumber === null ? null : lot.fileId,
      amo: lot.amo,
      amc: lot.amc,
    };
  };
}

/** What happens when a refused lot is released; asked before it is done. */
export function releaseQuestion(lot: Pick<LotRow, 'number' | 'count' | 'payer'>): {
  readonly title: string;
  readonly lines: readonly string[];
} {
  return {
    title: `Remettre à envoyer les factures du lot ${lot.number} ?`,
    lines: [
      `${plural(lot.count, 'facture')} de ce lot (${lot.payer}) ${lot.count >= 2 ? 'reviendront' : 'reviendra'} dans « À envoyer ».`,
      `Le lot ${lot.number} ne partira plus et son numéro ne resservira pas : un nouveau lot sera formé au prochain envoi, avec votre carte.`,
      'Si la cause du refus vient de la facture, corrigez-la d’abord dans le logiciel de gestion : sinon le nouveau lot sera refusé de même.',
    ],
  };
}

export interface FileRow {
  readonly id: string;
  readonly number: string;
  readonly kind: 'FSE' | 'DRE';
  /** Of the one whose lots it carries: file numbers are counted for each. */
  readonly practitioner: string;
  readonly payer: string;
  readonly lots: string;
  readonly count: number;
  readonly state: StateWord;
  readonly code: FileState;
  readonly todo: string;
  readonly created: string;
  /** When the mail server took it, or what is known instead. */
  readonly handedOver: string;
  readonly attempts: number;
  readonly failure: Explained | null;
  /** When the program tries again by itself, null when it does not. */
  readonly nextTry: string | null;
  /** Refused for good: a person who has mended the cause may let it leave again. */
  readonly retryable: boolean;
  /** It may have arrived: a person may decide to send the same bytes again. */
  readonly resendable: boolean;
}

/** What to say of a file without a date of handing over, where it is not just waiting. */
const NOT_HANDED_OVER: Readonly<Partial<Record<FileState, string>>> = {
  UNCERTAIN: 'remise non confirmée',
  ACKED: 'remise prouvée par l’ARL',
  REJECTED: 'remise prouvée par l’ARL',
  MIXED: 'remise prouvée par l’ARL',
  CANCELLED: 'jamais remis',
};

export function fileRowOf(day: Pick<Overview, 'practitioners'>, words: StateWords): (file: ListedFile) => FileRow {
  const names = practitionerNames(day);
  return (file) => {
    const state = words.file[file.state];
    const { practitioner } = file;
    return {
      id: file.id,
      number: file.fileId,
      kind: file.kind,
      practitioner: practitioner === null ? '–' : (names.get(practitioner) ?? practitionerName(null, practitioner)),
      payer: file.payer,
      lots: file.lots.join(', '),
      count: file.count,
      state,
      code: file.state,
      todo: file.failure?.action ?? (state.person ? state.todo : ''),
      created: formatDateTime(file.createdAt),
      handedOver:
        file.handedOverAt === null ? (NOT_HANDED_OVER[file.state] ?? 'pas encore remis') : `remis le ${formatDateTime(file.handedOverAt)}`,
      attempts: file.attempts,
      failure: file.failure,
      nextTry: file.nextTryAt === null ? null : formatDateTime(file.nextTryAt),
      retryable: file.state === 'PERM_FAILED',
      resendable: file.resendable,
    };
  };
}

/** What happens when a refused file is taken up again; asked before it is done. */
export function retryQuestion(file: Pick<FileRow, 'number' | 'payer'>): { readonly title: string; readonly lines: readonly string[] } {
  return {
    title: `Reprendre l’envoi du fichier ${file.number} ?`,
    lines: [
      `Le fichier pour ${file.payer} partira à la prochaine transmission, sans le moindre changement.`,
      'Réparez d’abord la cause du refus (adresse, mot de passe, taille) : sinon il sera refusé de même.',
    ],
  };
}
