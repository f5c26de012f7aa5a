/** Lots, files and returns as an archive tells them, with their exact bytes in base64 and the SHA-256 of those bytes. */
import type { JournalEntry, Recipient, StoredAttempt, StoredFile, StoredLot, StoredReturn } from '../../store/port';
import { element, type XmlElement } from './element';
import { sha256 } from './invoice-element';
import { timelineElement } from './timeline-element';

/** Bytes as they are, and what proves it. */
function bytesElement(name: string, bytes: Buffer | null): XmlElement | null {
  return bytes === null ? null : element(name, { sha256: sha256(bytes), taille: bytes.length }, bytes.toString('base64'));
}

function recipientElement({ type, number, label, mailbox, route }: Recipient): XmlElement {
  return element('destinataire', { type, numero: number, nom: label, adresse: mailbox, route });
}

/** @param numbers the number of each invoice of the lot. */
export function lotElement(lot: StoredLot, numbers: readonly string[], bytes: Buffer | null, journal: readonly JournalEntry[]): XmlElement {
  return element(
    'lot',
    {
      id: lot.id,
      numero: lot.number,
      date: lot.lotDate,
      type: lot.flow,
      praticien: lot.billingNumber,
      situation: lot.situation,
      remplacant: lot.replacement,
      securisation: lot.security.trim(),
      marque: lot.marking,
      etat: lot.state,
      fichier: lot.fileId,
      cree: lot.createdAt,
      honoraires: lot.totals.fees,
      amo: lot.totals.amo,
      amc: lot.totals.amc,
    },
    [
      recipientElement(lot.recipient),
      element(
        'contenu',
        {},
        lot.invoiceIds.map((id, index) => element('ref', { id, numero: numbers[index] })),
      ),
      lot.ack === null ? null : element('accuse', { le: lot.ack.at, code: lot.ack.code, sens: lot.ack.class, libelle: lot.ack.label }),
      lot.proof === null
        ? null
        : element('sceau', { le: lot.proof.sealedAt, sha256: lot.proof.sha256, signature: lot.proof.signature }, [
            element('certificat', {}, Buffer.from(lot.proof.certificate, 'utf8').toString('base64')),
          ]),
      bytesElement('octets', bytes),
      timelineElement(journal),
    ],
  );
}

/** What an archive keeps of a file. */
export interface FileContent {
  readonly file: StoredFile;
  readonly lots: readonly StoredLot[];
  readonly attempts: readonly StoredAttempt[];
  /** The B2 bytes; null when the lots they are made of are no longer all here. */
  readonly b2: Buffer | null;
  /** The mail as it left; null for a file that never was frozen. */
  readonly message: Buffer | null;
  readonly journal: readonly JournalEntry[];
}

export function fileElement({ file, lots, attempts, b2, message, journal }: FileContent): XmlElement {
  return element(
    'fichier',
    {
      id: file.id,
      identifiant: file.fileId,
      date: file.fileDate,
      type: file.flow,
      emetteur: file.senderNumber,
      marque: file.marking,
      etat: file.state,
      compostage: file.compostage,
      'message-id': file.messageId,
      de: file.envelope?.from,
      vers: file.envelope?.to,
      chiffre: file.encrypted,
      profil: file.profile,
      'sha256-b2': file.sha256,
      cree: file.createdAt,
      remis: file.handedOverAt,
      factures: file.invoices,
    },
    [
      recipientElement(file.recipient),
      element(
        'contenu',
        {},
        lots.map(({ id, number }) => element('ref', { id, numero: number })),
      ),
      element(
        'tentatives',
        {},
        attempts.map(({ rank, startedAt, endedAt, phase, outcome, reply }) =>
          element('tentative', { rang: rank, debut: startedAt, fin: endedAt, phase, issue: outcome, reponse: reply }),
        ),
      ),
      bytesElement('b2', b2),
      bytesElement('message', message),
      timelineElement(journal),
    ],
  );
}

export function returnElement(entry: StoredReturn, mail: Buffer, journal: readonly JournalEntry[]): XmlElement {
  return element(
    'retour',
    {
      id: entry.id,
      type: entry.kind,
      etat: entry.state,
      recu: entry.receivedAt,
      fichier: entry.fileId,
      'sha256-contenu': entry.contentSha256,
      motif: entry.reason?.code,
    },
    [bytesElement('courrier', mail), timelineElement(journal)],
  );
}
