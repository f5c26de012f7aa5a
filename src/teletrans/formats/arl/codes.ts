/** The codes of ARL0 (spec/arl.md § 3.4): data, so that a screen, a rule and the simulated front end say the same. */
import type { ArlClass, ArlLevel } from '../../domain/acknowledgement';

/**
 * May the invoices be put in a new lot or file? `yes` by the software once the cause is fixed; `person` only after somebody looked, phoned or updated;
 * `no` never; `renumber` the invoice comes back under a new number; `resign` the invoice must be signed again; `none` there is nothing to rebuild.
 */
export type RebuildAllowed = 'yes' | 'no' | 'person' | 'renumber' | 'resign' | 'none';

export interface ArlCode {
  readonly code: string;
  readonly class: Exclude<ArlClass, 'unknown'>;
  readonly level: ArlLevel;
  /** The label on the wire. */
  readonly label: string;
  /** French, for people. */
  readonly cause: string;
  readonly rebuild: RebuildAllowed;
}

export const ARL_CODES: readonly ArlCode[] = [
  {
    code: '0000',
    class: 'positive',
    level: 'file',
    label: 'FICHIER LU',
    cause: 'La structure et l’en-tête sont corrects, les lots ont été examinés.',
    rebuild: 'none',
  },
  { code: '0000', class: 'positive', level: 'lot', label: 'LOT ACCEPTE', cause: 'Le lot est accepté.', rebuild: 'none' },
  {
    code: 'W001',
    class: 'notice',
    level: 'file',
    label: 'TRAITEMENT SUSPENDU NE PAS RENVOYER',
    cause: 'L’organisme ne peut pas contrôler pour le moment.',
    rebuild: 'no',
  },
  {
    code: 'W001',
    class: 'notice',
    level: 'lot',
    label: 'TRAITEMENT SUSPENDU NE PAS RENVOYER',
    cause: 'L’organisme ne peut pas contrôler ce lot pour le moment.',
    rebuild: 'no',
  },
  {
    code: 'F001',
    class: 'negative',
    level: 'file',
    label: 'MESSAGE ILLISIBLE',
    cause: 'Le message n’a pas pu être déchiffré, décompressé ou lu.',
    rebuild: 'yes',
  },
  {
    code: 'F002',
    class: 'negative',
    level: 'file',
    label: 'STRUCTURE DU FICHIER INVALIDE',
    cause: 'La longueur, l’ordre ou le type des enregistrements est incorrect.',
    rebuild: 'yes',
  },
  {
    code: 'F003',
    class: 'negative',
    level: 'file',
    label: 'ENTETE ET FIN INCOHERENTS',
    cause: 'L’en-tête et la fin du fichier diffèrent, ou le volume ou le nombre de lots est faux.',
    rebuild: 'yes',
  },
  {
    code: 'F004',
    class: 'negative',
    level: 'file',
    label: 'DESTINATAIRE INCORRECT',
    cause: 'Ce fichier n’est pas destiné à ce frontal ; l’acheminement est à revoir.',
    rebuild: 'yes',
  },
  {
    code: 'F005',
    class: 'negative',
    level: 'file',
    label: 'EMETTEUR INCONNU',
    cause: 'Le praticien n’est pas connu de l’organisme ; il faut le contacter.',
    rebuild: 'person',
  },
  {
    code: 'F006',
    class: 'negative',
    level: 'file',
    label: 'FICHIER DEJA RECU CONTENU DIFFERENT',
    cause: 'Un fichier de même identité a déjà été reçu avec un autre contenu.',
    rebuild: 'person',
  },
  {
    code: 'F007',
    class: 'negative',
    level: 'file',
    label: 'MARQUAGE INCOMPATIBLE',
    cause: 'Un fichier de test est arrivé dans une boîte réelle, ou l’inverse.',
    rebuild: 'yes',
  },
  {
    code: 'F008',
    class: 'negative',
    level: 'file',
    label: 'VERSION DE NORME NON TRAITEE',
    cause: 'La version de la norme n’est pas traitée ; une mise à jour est nécessaire.',
    rebuild: 'person',
  },
  {
    code: 'L001',
    class: 'negative',
    level: 'lot',
    label: 'NUMERO OU DATE DE LOT INVALIDE',
    cause: 'Le numéro du lot n’est pas entre 001 et 999, ou sa date manque.',
    rebuild: 'yes',
  },
  {
    code: 'L002',
    class: 'negative',
    level: 'lot',
    label: 'LOT DATE DE PLUS DE 90 JOURS',
    cause: 'Le lot est daté de plus de 90 jours avant sa réception.',
    rebuild: 'person',
  },
  {
    code: 'L003',
    class: 'negative',
    level: 'lot',
    label: 'LOT POSTDATE',
    cause: 'Le lot est daté de plus de 2 jours après sa réception.',
    rebuild: 'yes',
  },
  {
    code: 'L004',
    class: 'negative',
    level: 'lot',
    label: 'SCELLEMENT INVALIDE',
    cause: 'Le scellement du lot ou d’une facture est faux ; le lot est à sceller de nouveau.',
    rebuild: 'yes',
  },
  {
    code: 'L005',
    class: 'negative',
    level: 'lot',
    label: 'TOTAUX DU LOT INCOHERENTS',
    cause: 'Les nombres ou les totaux de fin de lot sont faux.',
    rebuild: 'yes',
  },
  {
    code: 'L006',
    class: 'negative',
    level: 'lot',
    label: 'LOT DEJA RECU CONTENU DIFFERENT',
    cause: 'Un lot de même praticien, numéro et date a déjà été reçu avec un autre contenu.',
    rebuild: 'person',
  },
  {
    code: 'L007',
    class: 'negative',
    level: 'lot',
    label: 'LOT NON HOMOGENE',
    cause: 'Les factures du lot ne peuvent pas partager un lot.',
    rebuild: 'yes',
  },
  {
    code: 'L008',
    class: 'negative',
    level: 'lot',
    label: 'LOT REFUSE A CAUSE DE FACTURES',
    cause: 'Le lot est refusé à cause des factures indiquées ; les autres peuvent repartir.',
    rebuild: 'yes',
  },
  {
    code: 'L009',
    class: 'negative',
    level: 'lot',
    label: 'CAISSE NON GEREE PAR CE FRONTAL',
    cause: 'La caisse n’est pas gérée par ce frontal ; l’acheminement est à revoir.',
    rebuild: 'yes',
  },
  {
    code: 'L010',
    class: 'negative',
    level: 'lot',
    label: 'PRATICIEN SANS CONVENTION A CETTE DATE',
    cause: 'La situation du praticien est refusée à cette date ; il faut contacter l’organisme.',
    rebuild: 'person',
  },
  {
    code: 'I001',
    class: 'negative',
    level: 'invoice',
    label: 'NUMERO DE FACTURE INVALIDE',
    cause: 'Le numéro de facture est nul ou n’a pas 9 chiffres.',
    rebuild: 'renumber',
  },
  {
    code: 'I002',
    class: 'negative',
    level: 'invoice',
    label: 'NUMERO DE FACTURE DEJA RECU',
    cause: 'Ce numéro de facture a déjà été accepté ; vérifiez les retours avant toute chose.',
    rebuild: 'no',
  },
  {
    code: 'I003',
    class: 'negative',
    level: 'invoice',
    label: 'CLE NIR INVALIDE',
    cause: 'La clé du NIR de l’assuré est fausse.',
    rebuild: 'renumber',
  },
  {
    code: 'I004',
    class: 'negative',
    level: 'invoice',
    label: 'TOTAUX DE FACTURE INCOHERENTS',
    cause: 'Les totaux de la facture ne correspondent pas à ses actes.',
    rebuild: 'renumber',
  },
  {
    code: 'I005',
    class: 'negative',
    level: 'invoice',
    label: 'DATE D ACTE INCOHERENTE',
    cause: 'Un acte est postérieur à la facture ou dans le futur.',
    rebuild: 'renumber',
  },
  {
    code: 'I006',
    class: 'negative',
    level: 'invoice',
    label: 'SIGNATURE DE FACTURE INVALIDE',
    cause: 'La signature de la facture est fausse ; elle est à signer de nouveau.',
    rebuild: 'resign',
  },
  {
    code: 'I007',
    class: 'negative',
    level: 'invoice',
    label: 'DETAIL CCAM ABSENT OU INVALIDE',
    cause: 'Le détail CCAM d’un acte manque ou est mal formé.',
    rebuild: 'renumber',
  },
  {
    code: 'I008',
    class: 'negative',
    level: 'invoice',
    label: 'DONNEE OBLIGATOIRE ABSENTE',
    cause: 'Une donnée obligatoire est vide.',
    rebuild: 'renumber',
  },
];

/** The row of a code at a level, or undefined for a code this table does not hold. */
export function arlCode(code: string, level: ArlLevel): ArlCode | undefined {
  return ARL_CODES.find((row) => row.code === code && row.level === level);
}

/** The class of any code, known or not: its first character decides (spec/arl.md § 3.4). */
export function arlClass(code: string): ArlClass {
  if (code.startsWith('0')) return 'positive';
  if (code.startsWith('W')) return 'notice';
  return /^[FLI]/.test(code) ? 'negative' : 'unknown';
}

/** A person may release the invoices of a lot refused with this code for a new lot or file. */
export function allowsRelease(code: string): boolean {
  return ARL_CODES.some((row) => row.code === code && row.level !== 'invoice' && (row.rebuild === 'yes' || row.rebuild === 'person'));
}

/** The invoice refused with this code must be corrected and come back under a new number. */
export function needsNewNumber(code: string): boolean {
  return ARL_CODES.some((row) => row.code === code && row.rebuild === 'renumber');
}
