/** Lots and files as rows of a list. */
import type { Explained, FileView, LotView, Overview } from '../../application/port';
import type { FileState, LotState } from '../../domain/states';
import type { StateWord, StateWords } from '../state-words';
import { formatDate, formatDateTime, plural, practitionerName } from './format';
import { practitionerNames } from './practitioners';
import type { SortValue } from './tables';

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
  readonly dateIso: string;
  readonly kind: 'FSE' | 'DRE';
  readonly billingNumber: string;
  readonly practitioner: string;
  readonly situation: string;
  readonly payer: string;
  readonly securing: string;
  readonly count: number;
  readonly invoices: readonly string[];
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
  readonly fees: number;
  readonly amo: number;
  readonly amc: number;
}

const SECURING: Readonly<Record<string, string>> = {
  S: 'Sécurisé',
  F: 'Sécurisé sans carte Vitale',
  D: 'Dégradé',
  ' ': 'Non sécurisé',
};

/** A file by either of its two identifiers. */
function fileOf(reference: string | null, files: readonly FileView[]): FileView | null {
  return files.find((file) => file.id === reference || file.fileId === reference) ?? null;
}

export function lotRows(overview: Pick<Overview, 'lots' | 'files' | 'practitioners'>, words: StateWords): readonly LotRow[] {
  const names = practitionerNames(overview);
  return overview.lots.map((lot): LotRow => {
    const state = words.lot[lot.state];
    const file = fileOf(lot.fileId, overview.files);
    return {
      id: lot.id,
      number: lot.number,
      date: formatDate(lot.lotDate),
      dateIso: lot.lotDate,
      kind: lot.kind,
      billingNumber: lot.practitioner,
      practitioner: names.get(lot.practitioner) ?? practitionerName(null, lot.practitioner),
      situation: lot.situation,
      payer: lot.payer,
      securing: SECURING[lot.security] ?? lot.security,
      count: lot.invoices.length,
      invoices: lot.invoices,
      state,
      code: lot.state,
      todo: lot.releasable ? 'Corriger si besoin, puis remettre à envoyer.' : state.person ? state.todo : '',
      ack: ackView(lot.ack),
      releasable: lot.releasable,
      file: file?.fileId ?? null,
      fileKey: file?.id ?? null,
      fees: lot.fees,
      amo: lot.amo,
      amc: lot.amc,
    };
  });
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

export type LotColumn = 'number' | 'date' | 'kind' | 'practitioner' | 'payer' | 'count' | 'amo' | 'amc' | 'state' | 'file';

export function lotSortValue(row: LotRow, column: LotColumn): SortValue {
  if (column === 'state') return row.state.word;
  if (column === 'date') return row.dateIso;
  return row[column];
}

export interface FileRow {
  readonly id: string;
  readonly number: string;
  readonly kind: 'FSE' | 'DRE';
  /** Of the practitioner whose lots it carries: file numbers are counted for each. */
  readonly billingNumber: string;
  readonly practitioner: string;
  readonly payer: string;
  readonly recipient: string;
  readonly lots: string;
  readonly count: number;
  readonly state: StateWord;
  readonly code: FileState;
  readonly todo: string;
  readonly created: string;
  readonly createdIso: string;
  /** When the mail server took it, or what is known instead. */
  readonly handedOver: string;
  readonly attempts: number;
  readonly failure: Explained | null;
  /** When the program tries again by itself, null when it does not. */
  readonly nextTry: string | null;
  readonly encrypted: boolean;
  readonly sha256: string | null;
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

export function fileRows(overview: Pick<Overview, 'files' | 'lots' | 'practitioners'>, words: StateWords): readonly FileRow[] {
  const names = practitionerNames(overview);
  const owners = new Map(overview.lots.map((lot) => [lot.fileId, lot.practitioner]));
  return overview.files.map((file): FileRow => {
    const state = words.file[file.state];
    const billingNumber = owners.get(file.id) ?? owners.get(file.fileId) ?? '';
    return {
      id: file.id,
      number: file.fileId,
      kind: file.kind,
      billingNumber,
      practitioner: names.get(billingNumber) ?? (billingNumber === '' ? '–' : practitionerName(null, billingNumber)),
      payer: file.payer,
      recipient: file.recipient,
      lots: file.lots.map((lot) => lot.number).join(', '),
      count: file.lots.reduce((sum, lot) => sum + lot.invoices.length, 0),
      state,
      code: file.state,
      todo: file.failure?.action ?? (state.person ? state.todo : ''),
      created: formatDateTime(file.createdAt),
      createdIso: file.createdAt,
      handedOver:
        file.handedOverAt === null ? (NOT_HANDED_OVER[file.state] ?? 'pas encore remis') : `remis le ${formatDateTime(file.handedOverAt)}`,
      attempts: file.attempts,
      failure: file.failure,
      nextTry: file.nextTryAt === null ? null : formatDateTime(file.nextTryAt),
      encrypted: file.encrypted,
      sha256: file.sha256,
      retryable: file.state === 'PERM_FAILED',
      resendable: file.resendable,
    };
  });
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

export type FileColumn = 'number' | 'kind' | 'practitioner' | 'payer' | 'lots' | 'count' | 'state' | 'created' | 'attempts';

export function fileSortValue(row: FileRow, column: FileColumn): SortValue {
  if (column === 'state') return row.state.word;
  if (column === 'created') return row.createdIso;
  return row[column];
}
