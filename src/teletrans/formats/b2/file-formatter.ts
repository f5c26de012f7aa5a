/** Sealed lots as one B2 file (spec/b2.md § 2 and § 8). */
import { VitaleError } from '../../domain/errors';
import type { FileFormatter, FileHeader } from '../port';
import { checkB2 } from './check';
import { PLACEHOLDER_PROFILE, type B2Profile } from './choices';
import { B2_CODECS, RECORD_LENGTH } from './codecs';
import { shortDate } from './dates';

export class B2FileFormatter implements FileFormatter {
  constructor(private readonly profile: B2Profile = PLACEHOLDER_PROFILE) {}

  /** Errors: LOT-010 when what was written, read again, has any fault; nothing that fails its own check may leave. */
  encodeFile(header: FileHeader, lots: readonly Buffer[]): Buffer {
    const lotBytes = lots.reduce((total, lot) => total + lot.length, 0);
    const file = Buffer.concat([
      this.encodeHeader(header),
      ...lots,
      this.encodeTrailer(header, Math.ceil(lotBytes / RECORD_LENGTH) + 2, lots.length),
    ]);
    const faults = checkB2(file, { wire: true });
    const [first] = faults;
    if (first !== undefined)
      throw new VitaleError('LOT-010', {
        n: faults.length,
        record: first.record,
        field: first.field ?? '',
        position: first.position ?? 0,
        libelle: first.message,
      });
    return file;
  }

  /** Record 000. */
  encodeHeader(header: FileHeader): Buffer {
    return B2_CODECS['000'].encode({
      ...this.#ends(header),
      frontend_received_date: 0,
      file_date: shortDate(header.fileDate),
      norm_code: this.profile.normCode,
    });
  }

  /** Record 999. @param volume records of the file, 000 and 999 included. */
  encodeTrailer(header: FileHeader, volume: number, lots: number): Buffer {
    return B2_CODECS['999'].encode({ ...this.#ends(header), file_volume: volume, count_lots: lots });
  }

  /** What 000 and 999 both say. */
  #ends(header: FileHeader): Record<'sender_type' | 'sender_no' | 'recipient_type' | 'recipient_no' | 'application' | 'file_id', string> {
    return {
      sender_type: header.senderType,
      sender_no: header.senderNumber,
      recipient_type: header.recipientType,
      recipient_no: header.recipientNumber,
      application: this.profile.application,
      file_id: header.fileId,
    };
  }
}
