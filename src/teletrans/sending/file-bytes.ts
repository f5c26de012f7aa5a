/** The B2 bytes of a file, made again from its sealed lots. */
import { createHash } from 'node:crypto';
import { isVitaleError } from '../domain/errors';
import type { FileFormatter } from '../formats/port';
import type { StoredFile, StoreSession } from '../store/port';

export interface FileBytesSources {
  readonly formatter: FileFormatter;
  /** B2 000: 4-5. */
  readonly senderType: string;
}

/** Null unless they are those that were frozen, by their SHA-256, or when a lot's bytes are not here any more. */
export async function fileBytes(
  session: StoreSession,
  file: StoredFile,
  { formatter, senderType }: FileBytesSources,
): Promise<Buffer | null> {
  const lots: Buffer[] = [];
  for (const lotId of file.lotIds) {
    const bytes = await session.lots.bytes(lotId);
    if (bytes === null) return null;
    lots.push(bytes);
  }
  const { senderNumber, recipient, fileId, fileDate } = file;
  try {
    const b2 = formatter.encodeFile(
      { senderType, senderNumber, recipientType: recipient.type, recipientNumber: recipient.number, fileId, fileDate },
      lots,
    );
    return createHash('sha256').update(b2).digest('hex') === file.sha256 ? b2 : null;
  } catch (error) {
    if (!isVitaleError(error)) throw error;
    return null;
  }
}
