/** What proves a file, and the bytes of what was sent and received, field by field. */
import type { Asked, FieldByField } from '../formats/field-view';
import type { AttemptView } from './port';
import type { ReturnKind, ReturnState } from '../store/port';

export interface Inspected extends FieldByField {
  /** SHA-256 of the bytes shown, hexadecimal. Those of a file are shown only where they are the ones that were frozen. */
  readonly sha256: string;
}

/** What proves one lot. */
export interface LotProof {
  readonly number: string;
  readonly sealedAt: string | null;
  /** Of the sealed bytes. */
  readonly sha256: string | null;
  /** Holder of the card's certificate, as it names them. */
  readonly signer: string | null;
  /** Serial number of the certificate. */
  readonly certificate: string | null;
  readonly records: number | null;
  readonly ack: { readonly code: string; readonly label: string; readonly at: string } | null;
}

/** Everything that proves what became of a file. */
export interface FileProofs {
  readonly id: string;
  /** 6 digits. */
  readonly fileId: string;
  readonly payer: string;
  readonly compostage: string;
  readonly sha256: string | null;
  readonly messageId: string | null;
  readonly envelope: { readonly from: string; readonly to: string } | null;
  readonly encrypted: boolean;
  /** Identifier and version of the transport profile. */
  readonly profile: string;
  readonly lots: readonly LotProof[];
  readonly attempts: readonly AttemptView[];
  /** Returns that answer it. */
  readonly returns: readonly ReturnRow[];
  /** What persons decided about it. */
  readonly decisions: readonly { readonly at: string; readonly by: string; readonly reason: string; readonly stated: readonly string[] }[];
}

/** A mail that came back. */
export interface ReturnRow {
  readonly id: string;
  readonly kind: ReturnKind;
  readonly state: ReturnState;
  readonly receivedAt: string;
  /** SHA-256 of the file inside, null when there is none. */
  readonly contentSha256: string | null;
  /** The file it answers: our id and its 6 digits. */
  readonly file: { readonly id: string; readonly number: string } | null;
}

export interface Inspection {
  /** The B2 bytes of a file. Errors: FEN-010 when they are not here. */
  file(id: string, asked: Asked): Promise<Inspected>;
  /** The ARL or RSP inside a return. Errors: FEN-010 when it holds none that can be read. */
  returned(id: string, asked: Asked): Promise<Inspected>;
  /** Errors: FEN-010 when there is no such file. */
  proofs(fileId: string): Promise<FileProofs>;
  /** The returns received, the newest first. @param count at the most. */
  returns(from: number, count: number): Promise<{ readonly total: number; readonly rows: readonly ReturnRow[] }>;
}
