/** Prints through the host's print service, when a person chooses so. The host takes a whole document in one message: what is larger stays a file. */
import { isBridgeError } from '../../host-bridge/bridge-error';
import type { HostApi } from '../../host-bridge/host-api';
import { VitaleError } from '../../teletrans/domain/errors';
import type { PrintDocument, PrintService } from '../../teletrans/print/print-service';
import type { Printed } from '../../teletrans/print/prints';

/** Bytes of PDF: in base64, with room for the rest of the message, no more than the 4 MiB that host and add-in agree on unless they say otherwise. */
const MOST_BYTES = 3_000_000;

/** The bridge's refusals, in our words. A document that timed out may be on paper all the same: HOT-015 says to look first. */
function explained(error: unknown): unknown {
  if (!isBridgeError(error)) return error;
  if (error.code === 'capability' || error.code === 'not-contributed') return new VitaleError('HOT-005', { operation: 'impression' });
  if (error.code === 'too-large') return new VitaleError('HOT-016');
  return new VitaleError(error.details['code'] === 'no-printer' ? 'HOT-014' : 'HOT-015');
}

async function wholeOf({ pdf }: Printed): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of pdf) {
    const bytes = part as Buffer;
    size += bytes.length;
    // Leaving the loop ends the stream.
    if (size > MOST_BYTES) throw new VitaleError('HOT-016');
    parts.push(bytes);
  }
  return Buffer.concat(parts);
}

export class HostPrints implements PrintService {
  readonly name = 'LOGOSw';

  constructor(private readonly host: Pick<HostApi, 'print'>) {}

  async print(document: PrintDocument, printed: Printed): Promise<void> {
    const bytes = await wholeOf(printed);
    try {
      await this.host.print({ document, title: printed.title, mediaType: 'application/pdf', bytes });
    } catch (error) {
      throw explained(error);
    }
  }
}
