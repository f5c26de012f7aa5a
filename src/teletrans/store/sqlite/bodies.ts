import { VitaleError } from '../../domain/errors';
import { EnvelopeError, type Envelope } from '../keys/envelope';

/** Opens a body of the database: one that does not open means damaged data (STO-003). */
export function openBody(envelope: Envelope, sealed: Buffer, place: string): Buffer {
  try {
    return envelope.open(sealed, place);
  } catch (error) {
    throw error instanceof EnvelopeError ? new VitaleError('STO-003', {}, { cause: error }) : error;
  }
}
