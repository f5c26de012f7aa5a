/** Codes of an ARL0 with the label that travels (spec/arl.md § 3.4). */
export const LABELS = {
  W001: 'TRAITEMENT SUSPENDU NE PAS RENVOYER',
  F001: 'MESSAGE ILLISIBLE',
  F002: 'STRUCTURE DU FICHIER INVALIDE',
  F003: 'ENTETE ET FIN INCOHERENTS',
  F004: 'DESTINATAIRE INCORRECT',
  F005: 'EMETTEUR INCONNU',
  F006: 'FICHIER DEJA RECU CONTENU DIFFERENT',
  F007: 'MARQUAGE INCOMPATIBLE',
  F008: 'VERSION DE NORME NON TRAITEE',
  L001: 'NUMERO OU DATE DE LOT INVALIDE',
  L002: 'LOT DATE DE PLUS DE 90 JOURS',
  L003: 'LOT POSTDATE',
  L004: 'SCELLEMENT INVALIDE',
  L005: 'TOTAUX DU LOT INCOHERENTS',
  L006: 'LOT DEJA RECU CONTENU DIFFERENT',
  L007: 'LOT NON HOMOGENE',
  L008: 'LOT REFUSE A CAUSE DE FACTURES',
  L009: 'CAISSE NON GEREE PAR CE FRONTAL',
  L010: 'PRATICIEN SANS CONVENTION A CETTE DATE',
  I001: 'NUMERO DE FACTURE INVALIDE',
  I002: 'NUMERO DE FACTURE DEJA RECU',
  I003: 'CLE NIR INVALIDE',
  I004: 'TOTAUX DE FACTURE INCOHERENTS',
  I005: 'DATE D ACTE INCOHERENTE',
  I006: 'SIGNATURE DE FACTURE INVALIDE',
  I007: 'DETAIL CCAM ABSENT OU INVALIDE',
  I008: 'DONNEE OBLIGATOIRE ABSENTE',
} as const;

export type Code = keyof typeof LABELS;
export type FileCode = Extract<Code, `F${string}`>;
export type LotCode = Extract<Code, `L${string}`>;
export type InvoiceCode = Extract<Code, `I${string}`>;

/** What the insurer thinks of a lot. */
export interface LotVerdict {
  readonly billingNumber: string;
  readonly lotNumber: string;
  /** AAMMJJ as read. */
  readonly lotDate: string;
  /** Record 1: 81. */
  readonly security: string;
  /** SHA-256 of records 1 to 6. */
  readonly sha256: string;
  readonly invoiceNumbers: readonly string[];
  /** Centimes, record 6: 25-33. */
  readonly fees: number;
  /** Null when accepted; `W001` leaves the state as it is. */
  readonly code: LotCode | 'W001' | null;
  /** With L008: the refused invoices, in file order, each with all its codes. */
  readonly invoices: readonly { readonly number: string; readonly codes: readonly InvoiceCode[] }[];
}

/** What the insurer thinks of a file: refused as a whole, or each lot judged. */
export interface FileVerdict {
  /** Null when the file was read. */
  readonly code: FileCode | 'W001' | null;
  readonly lots: readonly LotVerdict[];
}
