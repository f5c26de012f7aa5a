import { encodeEntity, encodeNoemieFile } from '../../src/teletrans/formats/noemie/writer';

const ENDS = {
  sender_type: 'CP',
  sender_no: '00000001999999',
  recipient_type: 'TP',
  recipient_no: '00000999000011',
  application: 'ZZ',
  file_id: '000301',
};

/** The return of an invented payer about one invoice with its AMO part paid and its AMC part rejected. */
export function sampleReturn(): Buffer {
  const level = { break_level: '03' };
  const entities = [
    encodeEntity('020', { break_level: '01', payee_no: '999000011' }),
    encodeEntity('040', { break_level: '02', payee_no: '999000011' }),
    encodeEntity('071', { break_level: '02', transfer_date: '261130', transfer_label1: 'VIREMENT FICTIF' }),
    encodeEntity('080', { ...level, lot_date: '261123', lot_no: '007' }),
    encodeEntity('102', {
      ...level,
      invoice_no: '000000101',
      lot_no: '007',
      lot_date: '261123',
      invoice_kind: 'F',
      invoice_date: '261123',
    }),
    encodeEntity('103', {
      ...level,
      nir: '1700275123456',
      nir_key: '81',
      birth_name: 'FICTIF',
      first_name: 'EVE',
      birth_date: '700214',
      birth_rank: 1,
      beneficiary_name: 'FICTIF',
    }),
    encodeEntity('198', { ...level, requested: 10010, state: 'P', paid: 10010, sign: 'P' }),
    encodeEntity('199', { ...level, requested: 2129, state: 'R', paid: 0, sign: 'P', amc_no: '0810000018' }),
    encodeEntity('294', { ...level, code: '2600', label: 'CODE ASSOCIATION DIFFERENT', level: 'F', part: 'C' }),
    encodeEntity('990', { break_level: '99', level_id: 'FIN', lower_level_count: 1, lower_level_total: 10010, sign: 'P' }),
  ];
  return encodeNoemieFile(
    { ...ENDS, file_date: '261130', exchange_ref: '0930', currency: 'U', flow_kind: 'T', record_length: 128 },
    entities,
    { ...ENDS, flow_kind: 'T', lot_count: 1, file_total: 10010, sign: 'P' },
  );
}
