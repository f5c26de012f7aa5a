/** Writes ARL0 (spec/arl.md § 3), the provisional format of the simulator; never a real ARL. Used by the simulated front end and by tests. */
import type { Acknowledgement, ArlResult } from '../../domain/acknowledgement';
import { NOEMIE_CODECS } from '../noemie/codecs';
import { BLOCK_LENGTH, writeBlocks } from '../noemie/physical';
import { shortDate } from '../b2/dates';
import { ARL0, MESSAGE_ZONE_CODEC, UNREADABLE } from './message-zone';
import { groupResults, type LotResults, type PractitionerResults } from './grammar';

/** `application`: 000: 48-49 of the acknowledged file; blank by itself when that file was unreadable. */
export interface Arl0Options {
  readonly application?: string;
}

function resultEntity(level: '01' | '03' | '04', line: number, result: ArlResult): Buffer {
  return NOEMIE_CODECS['290'].encode({ break_level: level, line_no: line, code: result.code, label: result.label });
}

function lotEntities(lot: LotResults): Buffer[] {
  const invoices = lot.invoices.flatMap((results) => [
    NOEMIE_CODECS['100'].encode({ break_level: '04', invoice_no: results[0]?.invoiceNumber ?? '' }),
    ...results.map((result, index) => resultEntity('04', index + 1, result)),
  ]);
  return [
    NOEMIE_CODECS['080'].encode({ break_level: '03', lot_date: shortDate(lot.result.lotDate ?? ''), lot_no: lot.result.lotNumber ?? '' }),
    resultEntity('03', 1, lot.result),
    ...invoices,
  ];
}

function practitionerEntities(group: PractitionerResults): Buffer[] {
  return [NOEMIE_CODECS['040'].encode({ break_level: '02', payee_no: group.billingNumber }), ...group.lots.flatMap(lotEntities)];
}

/**
 * The bytes of one ARL0 file. Results must follow the grammar of spec/arl.md § 3.2 (an `Error` says what is out of place); lots of one practitioner are
 * brought together, in order of first appearance. Errors: FAC-011 when a code, label or number does not fit.
 */
export function encodeArl0(acknowledgement: Acknowledgement, options: Arl0Options = {}): Buffer {
  const { file, practitioners } = groupResults(acknowledgement.results);
  const lots = practitioners.reduce((count, group) => count + group.lots.length, 0);
  const control = NOEMIE_CODECS['990'].encode({
    break_level: '99',
    level_id: ARL0.reference,
    lower_level_count: lots,
    lower_level_total: acknowledgement.acceptedFees,
    sign: ARL0.sign,
  });
  const stream = Buffer.concat([resultEntity('01', 1, file), ...practitioners.flatMap(practitionerEntities), control]);
  const ends = endsOf(acknowledgement, options);
  const header = NOEMIE_CODECS['000'].encode({
    ...ends,
    file_date: shortDate(acknowledgement.arlDate),
    exchange_ref: ARL0.reference,
    version: ARL0.version,
    encryption: ARL0.encryption,
    currency: ARL0.currency,
    flow_kind: acknowledgement.marking,
    record_length: BLOCK_LENGTH,
    message_zone: messageZone(acknowledgement),
  });
  const blocks = 2 + Math.ceil(stream.length / (BLOCK_LENGTH - 1));
  const trailer = NOEMIE_CODECS['999'].encode({
    ...ends,
    record_count: blocks,
    flow_kind: acknowledgement.marking,
    lot_count: lots,
    file_total: acknowledgement.acceptedFees,
    sign: ARL0.sign,
  });
  return writeBlocks(header, stream, trailer);
}

function endsOf(
  acknowledgement: Acknowledgement,
  options: Arl0Options,
): Record<'sender_type' | 'sender_no' | 'recipient_type' | 'recipient_no' | 'application' | 'file_id', string> {
  return {
    sender_type: acknowledgement.recipientType,
    sender_no: acknowledgement.recipientNumber,
    recipient_type: acknowledgement.senderType,
    recipient_no: acknowledgement.senderNumber,
    application: acknowledgement.ackedFileId === null ? '' : (options.application ?? 'ZZ'),
    file_id: acknowledgement.arlFileId,
  };
}

function messageZone(acknowledgement: Acknowledgement): string {
  return MESSAGE_ZONE_CODEC.encode({
    acked_file_id: acknowledgement.ackedFileId ?? UNREADABLE,
    acked_file_date: acknowledgement.ackedFileDate === null ? UNREADABLE : shortDate(acknowledgement.ackedFileDate),
    compostage: acknowledgement.compostage,
  }).toString('latin1');
}
