import { VitaleError } from '../../domain/errors';
import { PcscError, type PcscFault } from '../pcsc/transport';
import { CardStatusError } from './channel';

/** Code of each failure while a card is talked to. */
const CODES: Readonly<Record<PcscFault, string>> = {
  'service-stopped': 'LEC-002',
  'no-reader': 'LEC-003',
  'sharing-violation': 'LEC-005',
  'no-card': 'LEC-004',
  'mute-card': 'CPS-002',
  removed: 'LEC-004',
  reset: 'LEC-004',
  // What the card did is unknown: as if it had been taken out.
  'transaction-failed': 'LEC-004',
  'unsupported-control': 'LEC-012',
};

/** The error of the port behind one of the transport or of the card; others are given back as they are. */
export function asCardError(error: unknown): unknown {
  if (error instanceof PcscError) return new VitaleError(CODES[error.fault], {}, { cause: error });
  // An answer without status is a card that was taken out while it answered.
  if (error instanceof CardStatusError && error.status === 0) return new VitaleError('LEC-004', {}, { cause: error });
  return error;
}
