/** Reads what was sent and received again, from the store alone: no connection, no change. */
import { createHash, X509Certificate } from 'node:crypto';
import { VitaleError } from '../domain/errors';
import { fieldByField } from '../formats/field-by-field';
import type { Asked } from '../formats/field-view';
import type { MailReader } from '../network/port';
import { fileBytes, type FileBytesSources } from '../sending/file-bytes';
import type { Store, StoredFile, StoredLot, StoredReturn, StoreSession } from '../store/port';
import type { FileProofs, Inspected, Inspection, LotProof, ReturnRow } from './inspection-port';

export interface InspectionSources extends FileBytesSources {
  readonly store: Store;
  readonly reader: MailReader;
}

export class StoreInspection implements Inspection {
  constructor(private readonly sources: InspectionSources) {}

  async file(id: string, asked: Asked): Promise<Inspected> {
    const bytes = await this.sources.store.read(async (session) => fileBytes(session, await fileOf(session, id), this.sources));
    return inspected(bytes, asked);
  }

  async returned(id: string, asked: Asked): Promise<Inspected> {
    const mail = await this.sources.store.read(async (session) => {
      if ((await session.returns.get(id)) === null) throw new VitaleError('FEN-010');
      if ((await session.archives.of('return', id)) !== null) throw new VitaleError('FEN-010');
      return session.returns.mail(id);
    });
    const content = await this.sources.reader.read(mail);
    return inspected(content.kind === 'ARL' || content.kind === 'RSP' ? content.bytes : null, asked);
  }

  proofs(fileId: string): Promise<FileProofs> {
    return this.sources.store.read(async (session) => {
      const file = await fileOf(session, fileId);
      const lots: LotProof[] = [];
      for (const lotId of file.lotIds) {
        const lot = await session.lots.get(lotId);
        if (lot !== null) lots.push(lotProof(lot));
      }
      const attempts = await session.attempts.ofFile(fileId);
      const returns = await session.returns.list({ fileId });
      const { id, compostage, sha256, messageId, envelope, encrypted, profile, recipient } = file;
      return {
        id,
        fileId: file.fileId,
        payer: recipient.label,
        compostage,
        sha256,
        messageId,
        envelope,
        encrypted,
        profile,
        lots,
        attempts: attempts.map(({ rank, startedAt, endedAt, phase, outcome, reply }) => ({
          rank,
          startedAt,
          endedAt,
          phase,
          outcome,
          reply,
        })),
        returns: returns.map((entry) => returnRow(entry, file)),
        decisions: (await session.decisions.of(fileId)).map(({ at, by, reason, stated }) => ({ at, by, reason, stated })),
      };
    });
  }

  returns(from: number, count: number): ReturnType<Inspection['returns']> {
    return this.sources.store.read(async (session) => {
      const all = await session.returns.list();
      const page = [...all].reverse().slice(from, from + count);
      const rows: ReturnRow[] = [];
      for (const entry of page) rows.push(returnRow(entry, entry.fileId === null ? null : await session.files.get(entry.fileId)));
      return { total: all.length, rows };
    });
  }
}

async function fileOf(session: StoreSession, id: string): Promise<StoredFile> {
  const file = await session.files.get(id);
  if (file === null) throw new VitaleError('FEN-010');
  return file;
}

function inspected(bytes: Buffer | null, asked: Asked): Inspected {
  if (bytes === null) throw new VitaleError('FEN-010');
  return { ...fieldByField(bytes, asked), sha256: createHash('sha256').update(bytes).digest('hex') };
}

function lotProof({ number, proof, sha256, records, ack }: StoredLot): LotProof {
  const certificate = proof === null ? null : certificateOf(proof.certificate);
  return {
    number,
    sealedAt: proof?.sealedAt ?? null,
    sha256,
    signer: certificate?.subject.replaceAll('\n', ', ') ?? null,
    certificate: certificate?.serialNumber ?? null,
    records,
    ack: ack === null ? null : { code: ack.code, label: ack.label, at: ack.at },
  };
}

/** Null for what is no certificate: a proof that cannot be read is not shown as one. */
function certificateOf(pem: string): X509Certificate | null {
  try {
    return new X509Certificate(pem);
  } catch {
    return null;
  }
}

function returnRow({ id, kind, state, receivedAt, contentSha256 }: StoredReturn, file: StoredFile | null): ReturnRow {
  return { id, kind, state, receivedAt, contentSha256, file: file === null ? null : { id: file.id, number: file.fileId } };
}
