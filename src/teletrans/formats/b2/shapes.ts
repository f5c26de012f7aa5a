/** Made from the tables by scripts/generate-record-shapes.mjs; change the tables, not this file. */
import * as memory from '../fixed-width/record-memory';
import { ALL_PUT, type Shape } from '../fixed-width/shape';
import * as shortTexts from '../fixed-width/short-texts';

/** By names of this file: through its module each would be sought again at every field. */
const { digits, PUT, text } = memory;
const { one, two, three, four } = shortTexts;

/** How each record is read and written, by its name: `b` bytes and `t` their text, where the record starts at `s`; `v` the values of one, `last` those written last. */
export const B2_SHAPES: Readonly<Record<string, Shape>> = {
  '1': {
    cut: (b, t, s) => ({
      rec_type: one(b, s),
      ps_billing_no: t.substring(s + 1, s + 10),
      file_origin: t.substring(s + 10, s + 16),
      recipient_body: three(b, t, s + 16),
      lot_no: three(b, t, s + 19),
      ps_category: three(b, t, s + 22),
      legal_status: two(b, s + 25),
      tariff_mode: two(b, s + 27),
      ps_name: t.substring(s + 29, s + 69),
      norm_version: two(b, s + 69),
      lot_date: t.substring(s + 71, s + 77),
      filler: one(b, s + 77),
      norm_code: two(b, s + 78),
      lot_security: one(b, s + 80),
      norm_version_no: t.substring(s + 81, s + 87),
      currency: one(b, s + 87),
      pivot_regime: two(b, s + 88),
      pivot_fund: three(b, t, s + 90),
      ccp_flag: one(b, s + 93),
      filler2: t.substring(s + 94, s + 128),
    }),
    put(v, { record, last }) {
      if (v['ps_billing_no'] !== last[0]) {
        if (digits(record, v['ps_billing_no'], 1, 9, true) !== PUT) return 0;
        last[0] = v['ps_billing_no'];
      }
      if (v['file_origin'] !== last[1]) {
        if (text(record, v['file_origin'], 10, 6, false) !== PUT) return 1;
        last[1] = v['file_origin'];
      }
      if (v['recipient_body'] !== last[2]) {
        if (digits(record, v['recipient_body'], 16, 3, true) !== PUT) return 2;
        last[2] = v['recipient_body'];
      }
      if (v['lot_no'] !== last[3]) {
        if (digits(record, v['lot_no'], 19, 3, true) !== PUT) return 3;
        last[3] = v['lot_no'];
      }
      if (v['ps_category'] !== last[4]) {
        if (text(record, v['ps_category'], 22, 3, false) !== PUT) return 4;
        last[4] = v['ps_category'];
      }
      if (v['legal_status'] !== last[5]) {
        if (text(record, v['legal_status'], 25, 2, false) !== PUT) return 5;
        last[5] = v['legal_status'];
      }
      if (v['tariff_mode'] !== last[6]) {
        if (text(record, v['tariff_mode'], 27, 2, false) !== PUT) return 6;
        last[6] = v['tariff_mode'];
      }
      if (v['ps_name'] !== last[7]) {
        if (text(record, v['ps_name'], 29, 40, true) !== PUT) return 7;
        last[7] = v['ps_name'];
      }
      if (v['norm_version'] !== last[8]) {
        if (text(record, v['norm_version'], 69, 2, true) !== PUT) return 8;
        last[8] = v['norm_version'];
      }
      if (v['lot_date'] !== last[9]) {
        if (digits(record, v['lot_date'], 71, 6, true) !== PUT) return 9;
        last[9] = v['lot_date'];
      }
      if (v['filler'] !== last[10]) {
        if (text(record, v['filler'], 77, 1, false) !== PUT) return 10;
        last[10] = v['filler'];
      }
      if (v['norm_code'] !== last[11]) {
        if (text(record, v['norm_code'], 78, 2, true) !== PUT) return 11;
        last[11] = v['norm_code'];
      }
      if (v['lot_security'] !== last[12]) {
        if (text(record, v['lot_security'], 80, 1, false) !== PUT) return 12;
        last[12] = v['lot_security'];
      }
      if (v['norm_version_no'] !== last[13]) {
        if (digits(record, v['norm_version_no'], 81, 6, true) !== PUT) return 13;
        last[13] = v['norm_version_no'];
      }
      if (v['currency'] !== last[14]) {
        if (text(record, v['currency'], 87, 1, false) !== PUT) return 14;
        last[14] = v['currency'];
      }
      if (v['pivot_regime'] !== last[15]) {
        if (text(record, v['pivot_regime'], 88, 2, false) !== PUT) return 15;
        last[15] = v['pivot_regime'];
      }
      if (v['pivot_fund'] !== last[16]) {
        if (text(record, v['pivot_fund'], 90, 3, false) !== PUT) return 16;
        last[16] = v['pivot_fund'];
      }
      if (v['ccp_flag'] !== last[17]) {
        if (text(record, v['ccp_flag'], 93, 1, false) !== PUT) return 17;
        last[17] = v['ccp_flag'];
      }
      if (v['filler2'] !== last[18]) {
        if (text(record, v['filler2'], 94, 34, false) !== PUT) return 18;
        last[18] = v['filler2'];
      }
      return ALL_PUT;
    },
  },
  '2': {
    cut: (b, t, s) => ({
      rec_type: one(b, s),
      ps_billing_no: t.substring(s + 1, s + 10),
      filler: one(b, s + 10),
      insured_nir: t.substring(s + 11, s + 24),
      insured_nir_key: two(b, s + 24),
      invoice_no: t.substring(s + 26, s + 35),
      complement: one(b, s + 35),
      marking: one(b, s + 36),
      amo_forced: one(b, s + 37),
      operation_nature: one(b, s + 38),
      invoice_date: t.substring(s + 39, s + 45),
      split_flag: one(b, s + 45),
      invoice_type: one(b, s + 46),
      portable_device: one(b, s + 47),
      regime: two(b, s + 48),
      fund: three(b, t, s + 50),
      centre: four(b, t, s + 53),
      rights_proof: one(b, s + 57),
      prescriber_no: t.substring(s + 58, s + 67),
      prescription_date: t.substring(s + 67, s + 73),
      benefit_scheme: three(b, t, s + 73),
      insurance_nature: two(b, s + 76),
      exemption_code: one(b, s + 78),
      maternity_date: t.substring(s + 79, s + 85),
      accident_no: t.substring(s + 85, s + 94),
      replacement_card_used: one(b, s + 94),
      birth_date: t.substring(s + 95, s + 101),
      birth_rank: one(b, s + 101),
      beneficiary_rank: two(b, s + 102),
      member_no: t.substring(s + 104, s + 112),
      prescriber_specialty: two(b, s + 112),
      payee: two(b, s + 114),
      contract_type: two(b, s + 116),
      amc_no: t.substring(s + 118, s + 128),
    }),
    put(v, { record, last }) {
      if (v['ps_billing_no'] !== last[0]) {
        if (digits(record, v['ps_billing_no'], 1, 9, true) !== PUT) return 0;
        last[0] = v['ps_billing_no'];
      }
      if (v['filler'] !== last[1]) {
        if (text(record, v['filler'], 10, 1, false) !== PUT) return 1;
        last[1] = v['filler'];
      }
      if (v['insured_nir'] !== last[2]) {
        if (text(record, v['insured_nir'], 11, 13, true) !== PUT) return 2;
        last[2] = v['insured_nir'];
      }
      if (v['insured_nir_key'] !== last[3]) {
        if (digits(record, v['insured_nir_key'], 24, 2, true) !== PUT) return 3;
        last[3] = v['insured_nir_key'];
      }
      if (v['invoice_no'] !== last[4]) {
        if (digits(record, v['invoice_no'], 26, 9, true) !== PUT) return 4;
        last[4] = v['invoice_no'];
      }
      if (v['complement'] !== last[5]) {
        if (text(record, v['complement'], 35, 1, false) !== PUT) return 5;
        last[5] = v['complement'];
      }
      if (v['marking'] !== last[6]) {
        if (text(record, v['marking'], 36, 1, false) !== PUT) return 6;
        last[6] = v['marking'];
      }
      if (v['amo_forced'] !== last[7]) {
        if (text(record, v['amo_forced'], 37, 1, false) !== PUT) return 7;
        last[7] = v['amo_forced'];
      }
      if (v['operation_nature'] !== last[8]) {
        if (digits(record, v['operation_nature'], 38, 1, true) !== PUT) return 8;
        last[8] = v['operation_nature'];
      }
      if (v['invoice_date'] !== last[9]) {
        if (digits(record, v['invoice_date'], 39, 6, true) !== PUT) return 9;
        last[9] = v['invoice_date'];
      }
      if (v['split_flag'] !== last[10]) {
        if (text(record, v['split_flag'], 45, 1, false) !== PUT) return 10;
        last[10] = v['split_flag'];
      }
      if (v['invoice_type'] !== last[11]) {
        if (text(record, v['invoice_type'], 46, 1, false) !== PUT) return 11;
        last[11] = v['invoice_type'];
      }
      if (v['portable_device'] !== last[12]) {
        if (text(record, v['portable_device'], 47, 1, false) !== PUT) return 12;
        last[12] = v['portable_device'];
      }
      if (v['regime'] !== last[13]) {
        if (digits(record, v['regime'], 48, 2, true) !== PUT) return 13;
        last[13] = v['regime'];
      }
      if (v['fund'] !== last[14]) {
        if (digits(record, v['fund'], 50, 3, true) !== PUT) return 14;
        last[14] = v['fund'];
      }
      if (v['centre'] !== last[15]) {
        if (digits(record, v['centre'], 53, 4, true) !== PUT) return 15;
        last[15] = v['centre'];
      }
      if (v['rights_proof'] !== last[16]) {
        if (digits(record, v['rights_proof'], 57, 1, true) !== PUT) return 16;
        last[16] = v['rights_proof'];
      }
      if (v['prescriber_no'] !== last[17]) {
        if (digits(record, v['prescriber_no'], 58, 9, true) !== PUT) return 17;
        last[17] = v['prescriber_no'];
      }
      if (v['prescription_date'] !== last[18]) {
        if (digits(record, v['prescription_date'], 67, 6, true) !== PUT) return 18;
        last[18] = v['prescription_date'];
      }
      if (v['benefit_scheme'] !== last[19]) {
        if (text(record, v['benefit_scheme'], 73, 3, false) !== PUT) return 19;
        last[19] = v['benefit_scheme'];
      }
      if (v['insurance_nature'] !== last[20]) {
        if (digits(record, v['insurance_nature'], 76, 2, true) !== PUT) return 20;
        last[20] = v['insurance_nature'];
      }
      if (v['exemption_code'] !== last[21]) {
        if (text(record, v['exemption_code'], 78, 1, true) !== PUT) return 21;
        last[21] = v['exemption_code'];
      }
      if (v['maternity_date'] !== last[22]) {
        if (digits(record, v['maternity_date'], 79, 6, false) !== PUT) return 22;
        last[22] = v['maternity_date'];
      }
      if (v['accident_no'] !== last[23]) {
        if (digits(record, v['accident_no'], 85, 9, false) !== PUT) return 23;
        last[23] = v['accident_no'];
      }
      if (v['replacement_card_used'] !== last[24]) {
        if (digits(record, v['replacement_card_used'], 94, 1, true) !== PUT) return 24;
        last[24] = v['replacement_card_used'];
      }
      if (v['birth_date'] !== last[25]) {
        if (text(record, v['birth_date'], 95, 6, true) !== PUT) return 25;
        last[25] = v['birth_date'];
      }
      if (v['birth_rank'] !== last[26]) {
        if (digits(record, v['birth_rank'], 101, 1, false) !== PUT) return 26;
        last[26] = v['birth_rank'];
      }
      if (v['beneficiary_rank'] !== last[27]) {
        if (text(record, v['beneficiary_rank'], 102, 2, false) !== PUT) return 27;
        last[27] = v['beneficiary_rank'];
      }
      if (v['member_no'] !== last[28]) {
        if (text(record, v['member_no'], 104, 8, false) !== PUT) return 28;
        last[28] = v['member_no'];
      }
      if (v['prescriber_specialty'] !== last[29]) {
        if (digits(record, v['prescriber_specialty'], 112, 2, false) !== PUT) return 29;
        last[29] = v['prescriber_specialty'];
      }
      if (v['payee'] !== last[30]) {
        if (digits(record, v['payee'], 114, 2, true) !== PUT) return 30;
        last[30] = v['payee'];
      }
      if (v['contract_type'] !== last[31]) {
        if (digits(record, v['contract_type'], 116, 2, false) !== PUT) return 31;
        last[31] = v['contract_type'];
      }
      if (v['amc_no'] !== last[32]) {
        if (text(record, v['amc_no'], 118, 10, false) !== PUT) return 32;
        last[32] = v['amc_no'];
      }
      return ALL_PUT;
    },
  },
  '4': {
    cut: (b, t, s) => ({
      rec_type: one(b, s),
      ps_billing_no: t.substring(s + 1, s + 10),
      filler: one(b, s + 10),
      insured_nir: t.substring(s + 11, s + 24),
      insured_nir_key: two(b, s + 24),
      invoice_no: t.substring(s + 26, s + 35),
      complement: one(b, s + 35),
      sequence: two(b, s + 36),
      treatment_mode: two(b, s + 38),
      discipline: three(b, t, s + 40),
      prior_approval_date: t.substring(s + 43, s + 49),
      prior_approval_code: one(b, s + 49),
      renewal_seq: two(b, s + 50),
      filler2: one(b, s + 52),
      act_exemption_code: one(b, s + 53),
      performer_no: t.substring(s + 54, s + 63),
      performer_zone: two(b, s + 63),
      performer_specialty: two(b, s + 65),
      act_date: t.substring(s + 67, s + 73),
      act_code: t.substring(s + 73, s + 78),
      quantity: two(b, s + 78),
      coefficient: t.substring(s + 80, s + 86),
      enumeration: two(b, s + 86),
      unit_price: t.substring(s + 88, s + 95),
      base_amount: t.substring(s + 95, s + 102),
      rate: three(b, t, s + 102),
      amo_amount: t.substring(s + 105, s + 112),
      fee_amount: t.substring(s + 112, s + 119),
      spend_qualifier: one(b, s + 119),
      place_code: one(b, s + 120),
      amc_amount: t.substring(s + 121, s + 128),
    }),
    put(v, { record, last }) {
      if (v['ps_billing_no'] !== last[0]) {
        if (digits(record, v['ps_billing_no'], 1, 9, true) !== PUT) return 0;
        last[0] = v['ps_billing_no'];
      }
      if (v['filler'] !== last[1]) {
        if (text(record, v['filler'], 10, 1, false) !== PUT) return 1;
        last[1] = v['filler'];
      }
      if (v['insured_nir'] !== last[2]) {
        if (text(record, v['insured_nir'], 11, 13, true) !== PUT) return 2;
        last[2] = v['insured_nir'];
      }
      if (v['insured_nir_key'] !== last[3]) {
        if (digits(record, v['insured_nir_key'], 24, 2, true) !== PUT) return 3;
        last[3] = v['insured_nir_key'];
      }
      if (v['invoice_no'] !== last[4]) {
        if (digits(record, v['invoice_no'], 26, 9, true) !== PUT) return 4;
        last[4] = v['invoice_no'];
      }
      if (v['complement'] !== last[5]) {
        if (text(record, v['complement'], 35, 1, false) !== PUT) return 5;
        last[5] = v['complement'];
      }
      if (v['sequence'] !== last[6]) {
        if (digits(record, v['sequence'], 36, 2, false) !== PUT) return 6;
        last[6] = v['sequence'];
      }
      if (v['treatment_mode'] !== last[7]) {
        if (digits(record, v['treatment_mode'], 38, 2, false) !== PUT) return 7;
        last[7] = v['treatment_mode'];
      }
      if (v['discipline'] !== last[8]) {
        if (digits(record, v['discipline'], 40, 3, false) !== PUT) return 8;
        last[8] = v['discipline'];
      }
      if (v['prior_approval_date'] !== last[9]) {
        if (digits(record, v['prior_approval_date'], 43, 6, false) !== PUT) return 9;
        last[9] = v['prior_approval_date'];
      }
      if (v['prior_approval_code'] !== last[10]) {
        if (digits(record, v['prior_approval_code'], 49, 1, true) !== PUT) return 10;
        last[10] = v['prior_approval_code'];
      }
      if (v['renewal_seq'] !== last[11]) {
        if (text(record, v['renewal_seq'], 50, 2, false) !== PUT) return 11;
        last[11] = v['renewal_seq'];
      }
      if (v['filler2'] !== last[12]) {
        if (text(record, v['filler2'], 52, 1, false) !== PUT) return 12;
        last[12] = v['filler2'];
      }
      if (v['act_exemption_code'] !== last[13]) {
        if (text(record, v['act_exemption_code'], 53, 1, false) !== PUT) return 13;
        last[13] = v['act_exemption_code'];
      }
      if (v['performer_no'] !== last[14]) {
        if (digits(record, v['performer_no'], 54, 9, true) !== PUT) return 14;
        last[14] = v['performer_no'];
      }
      if (v['performer_zone'] !== last[15]) {
        if (digits(record, v['performer_zone'], 63, 2, false) !== PUT) return 15;
        last[15] = v['performer_zone'];
      }
      if (v['performer_specialty'] !== last[16]) {
        if (digits(record, v['performer_specialty'], 65, 2, false) !== PUT) return 16;
        last[16] = v['performer_specialty'];
      }
      if (v['act_date'] !== last[17]) {
        if (digits(record, v['act_date'], 67, 6, true) !== PUT) return 17;
        last[17] = v['act_date'];
      }
      if (v['act_code'] !== last[18]) {
        if (text(record, v['act_code'], 73, 5, true) !== PUT) return 18;
        last[18] = v['act_code'];
      }
      if (v['quantity'] !== last[19]) {
        if (digits(record, v['quantity'], 78, 2, true) !== PUT) return 19;
        last[19] = v['quantity'];
      }
      if (v['coefficient'] !== last[20]) {
        if (digits(record, v['coefficient'], 80, 6, true) !== PUT) return 20;
        last[20] = v['coefficient'];
      }
      if (v['enumeration'] !== last[21]) {
        if (digits(record, v['enumeration'], 86, 2, true) !== PUT) return 21;
        last[21] = v['enumeration'];
      }
      if (v['unit_price'] !== last[22]) {
        if (digits(record, v['unit_price'], 88, 7, true) !== PUT) return 22;
        last[22] = v['unit_price'];
      }
      if (v['base_amount'] !== last[23]) {
        if (digits(record, v['base_amount'], 95, 7, true) !== PUT) return 23;
        last[23] = v['base_amount'];
      }
      if (v['rate'] !== last[24]) {
        if (digits(record, v['rate'], 102, 3, true) !== PUT) return 24;
        last[24] = v['rate'];
      }
      if (v['amo_amount'] !== last[25]) {
        if (digits(record, v['amo_amount'], 105, 7, true) !== PUT) return 25;
        last[25] = v['amo_amount'];
      }
      if (v['fee_amount'] !== last[26]) {
        if (digits(record, v['fee_amount'], 112, 7, true) !== PUT) return 26;
        last[26] = v['fee_amount'];
      }
      if (v['spend_qualifier'] !== last[27]) {
        if (text(record, v['spend_qualifier'], 119, 1, false) !== PUT) return 27;
        last[27] = v['spend_qualifier'];
      }
      if (v['place_code'] !== last[28]) {
        if (digits(record, v['place_code'], 120, 1, true) !== PUT) return 28;
        last[28] = v['place_code'];
      }
      if (v['amc_amount'] !== last[29]) {
        if (digits(record, v['amc_amount'], 121, 7, false) !== PUT) return 29;
        last[29] = v['amc_amount'];
      }
      return ALL_PUT;
    },
  },
  '5': {
    cut: (b, t, s) => ({
      rec_type: one(b, s),
      ps_billing_no: t.substring(s + 1, s + 10),
      filler: one(b, s + 10),
      insured_nir: t.substring(s + 11, s + 24),
      insured_nir_key: two(b, s + 24),
      invoice_no: t.substring(s + 26, s + 35),
      filler2: three(b, t, s + 35),
      count_type4: three(b, t, s + 38),
      sesam_reserved: t.substring(s + 41, s + 57),
      total_fees: t.substring(s + 57, s + 65),
      total_amo: t.substring(s + 65, s + 73),
      total_patient_share: t.substring(s + 73, s + 81),
      total_amc: t.substring(s + 81, s + 89),
      oct_split_flag: one(b, s + 89),
      sesam_reserved2: three(b, t, s + 90),
      opposition_flag: one(b, s + 93),
      filler3: two(b, s + 94),
      certification_zone: t.substring(s + 96, s + 128),
    }),
    put(v, { record, last }) {
      if (v['ps_billing_no'] !== last[0]) {
        if (digits(record, v['ps_billing_no'], 1, 9, true) !== PUT) return 0;
        last[0] = v['ps_billing_no'];
      }
      if (v['filler'] !== last[1]) {
        if (text(record, v['filler'], 10, 1, false) !== PUT) return 1;
        last[1] = v['filler'];
      }
      if (v['insured_nir'] !== last[2]) {
        if (text(record, v['insured_nir'], 11, 13, true) !== PUT) return 2;
        last[2] = v['insured_nir'];
      }
      if (v['insured_nir_key'] !== last[3]) {
        if (digits(record, v['insured_nir_key'], 24, 2, true) !== PUT) return 3;
        last[3] = v['insured_nir_key'];
      }
      if (v['invoice_no'] !== last[4]) {
        if (digits(record, v['invoice_no'], 26, 9, true) !== PUT) return 4;
        last[4] = v['invoice_no'];
      }
      if (v['filler2'] !== last[5]) {
        if (text(record, v['filler2'], 35, 3, false) !== PUT) return 5;
        last[5] = v['filler2'];
      }
      if (v['count_type4'] !== last[6]) {
        if (digits(record, v['count_type4'], 38, 3, true) !== PUT) return 6;
        last[6] = v['count_type4'];
      }
      if (v['sesam_reserved'] !== last[7]) {
        if (text(record, v['sesam_reserved'], 41, 16, false) !== PUT) return 7;
        last[7] = v['sesam_reserved'];
      }
      if (v['total_fees'] !== last[8]) {
        if (digits(record, v['total_fees'], 57, 8, true) !== PUT) return 8;
        last[8] = v['total_fees'];
      }
      if (v['total_amo'] !== last[9]) {
        if (digits(record, v['total_amo'], 65, 8, true) !== PUT) return 9;
        last[9] = v['total_amo'];
      }
      if (v['total_patient_share'] !== last[10]) {
        if (digits(record, v['total_patient_share'], 73, 8, true) !== PUT) return 10;
        last[10] = v['total_patient_share'];
      }
      if (v['total_amc'] !== last[11]) {
        if (digits(record, v['total_amc'], 81, 8, false) !== PUT) return 11;
        last[11] = v['total_amc'];
      }
      if (v['oct_split_flag'] !== last[12]) {
        if (text(record, v['oct_split_flag'], 89, 1, false) !== PUT) return 12;
        last[12] = v['oct_split_flag'];
      }
      if (v['sesam_reserved2'] !== last[13]) {
        if (text(record, v['sesam_reserved2'], 90, 3, false) !== PUT) return 13;
        last[13] = v['sesam_reserved2'];
      }
      if (v['opposition_flag'] !== last[14]) {
        if (text(record, v['opposition_flag'], 93, 1, false) !== PUT) return 14;
        last[14] = v['opposition_flag'];
      }
      if (v['filler3'] !== last[15]) {
        if (text(record, v['filler3'], 94, 2, false) !== PUT) return 15;
        last[15] = v['filler3'];
      }
      if (v['certification_zone'] !== last[16]) {
        if (text(record, v['certification_zone'], 96, 32, false) !== PUT) return 16;
        last[16] = v['certification_zone'];
      }
      return ALL_PUT;
    },
  },
  '6': {
    cut: (b, t, s) => ({
      rec_type: one(b, s),
      ps_billing_no: t.substring(s + 1, s + 10),
      count_invoices: three(b, t, s + 10),
      count_act_lines: four(b, t, s + 13),
      count_type2: four(b, t, s + 17),
      count_type5: three(b, t, s + 21),
      total_fees: t.substring(s + 24, s + 33),
      total_amo: t.substring(s + 33, s + 42),
      total_amc: t.substring(s + 42, s + 51),
      lot_no: three(b, t, s + 51),
      marking: one(b, s + 54),
      invoice_type: one(b, s + 55),
      filler: four(b, t, s + 56),
      software_approval_no: t.substring(s + 60, s + 72),
      portable_approval_no: t.substring(s + 72, s + 84),
      filler2: three(b, t, s + 84),
      replacement_ps_no: t.substring(s + 87, s + 96),
      certification_zone: t.substring(s + 96, s + 128),
    }),
    put(v, { record, last }) {
      if (v['ps_billing_no'] !== last[0]) {
        if (digits(record, v['ps_billing_no'], 1, 9, true) !== PUT) return 0;
        last[0] = v['ps_billing_no'];
      }
      if (v['count_invoices'] !== last[1]) {
        if (digits(record, v['count_invoices'], 10, 3, true) !== PUT) return 1;
        last[1] = v['count_invoices'];
      }
      if (v['count_act_lines'] !== last[2]) {
        if (digits(record, v['count_act_lines'], 13, 4, true) !== PUT) return 2;
        last[2] = v['count_act_lines'];
      }
      if (v['count_type2'] !== last[3]) {
        if (digits(record, v['count_type2'], 17, 4, true) !== PUT) return 3;
        last[3] = v['count_type2'];
      }
      if (v['count_type5'] !== last[4]) {
        if (digits(record, v['count_type5'], 21, 3, true) !== PUT) return 4;
        last[4] = v['count_type5'];
      }
      if (v['total_fees'] !== last[5]) {
        if (digits(record, v['total_fees'], 24, 9, true) !== PUT) return 5;
        last[5] = v['total_fees'];
      }
      if (v['total_amo'] !== last[6]) {
        if (digits(record, v['total_amo'], 33, 9, true) !== PUT) return 6;
        last[6] = v['total_amo'];
      }
      if (v['total_amc'] !== last[7]) {
        if (digits(record, v['total_amc'], 42, 9, true) !== PUT) return 7;
        last[7] = v['total_amc'];
      }
      if (v['lot_no'] !== last[8]) {
        if (digits(record, v['lot_no'], 51, 3, true) !== PUT) return 8;
        last[8] = v['lot_no'];
      }
      if (v['marking'] !== last[9]) {
        if (text(record, v['marking'], 54, 1, false) !== PUT) return 9;
        last[9] = v['marking'];
      }
      if (v['invoice_type'] !== last[10]) {
        if (text(record, v['invoice_type'], 55, 1, false) !== PUT) return 10;
        last[10] = v['invoice_type'];
      }
      if (v['filler'] !== last[11]) {
        if (text(record, v['filler'], 56, 4, false) !== PUT) return 11;
        last[11] = v['filler'];
      }
      if (v['software_approval_no'] !== last[12]) {
        if (text(record, v['software_approval_no'], 60, 12, false) !== PUT) return 12;
        last[12] = v['software_approval_no'];
      }
      if (v['portable_approval_no'] !== last[13]) {
        if (text(record, v['portable_approval_no'], 72, 12, false) !== PUT) return 13;
        last[13] = v['portable_approval_no'];
      }
      if (v['filler2'] !== last[14]) {
        if (text(record, v['filler2'], 84, 3, false) !== PUT) return 14;
        last[14] = v['filler2'];
      }
      if (v['replacement_ps_no'] !== last[15]) {
        if (digits(record, v['replacement_ps_no'], 87, 9, false) !== PUT) return 15;
        last[15] = v['replacement_ps_no'];
      }
      if (v['certification_zone'] !== last[16]) {
        if (text(record, v['certification_zone'], 96, 32, false) !== PUT) return 16;
        last[16] = v['certification_zone'];
      }
      return ALL_PUT;
    },
  },
  '999': {
    cut: (b, t, s) => ({
      rec_type: three(b, t, s),
      sender_type: two(b, s + 3),
      sender_no: t.substring(s + 5, s + 19),
      filler: t.substring(s + 19, s + 25),
      recipient_type: two(b, s + 25),
      recipient_no: t.substring(s + 27, s + 41),
      filler2: t.substring(s + 41, s + 47),
      application: two(b, s + 47),
      file_id: t.substring(s + 49, s + 55),
      file_volume: t.substring(s + 55, s + 63),
      filler3: t.substring(s + 63, s + 82),
      count_lots: three(b, t, s + 82),
      filler4: t.substring(s + 85, s + 128),
    }),
    put(v, { record, last }) {
      if (v['sender_type'] !== last[0]) {
        if (text(record, v['sender_type'], 3, 2, true) !== PUT) return 0;
        last[0] = v['sender_type'];
      }
      if (v['sender_no'] !== last[1]) {
        if (digits(record, v['sender_no'], 5, 14, true) !== PUT) return 1;
        last[1] = v['sender_no'];
      }
      if (v['filler'] !== last[2]) {
        if (text(record, v['filler'], 19, 6, false) !== PUT) return 2;
        last[2] = v['filler'];
      }
      if (v['recipient_type'] !== last[3]) {
        if (text(record, v['recipient_type'], 25, 2, true) !== PUT) return 3;
        last[3] = v['recipient_type'];
      }
      if (v['recipient_no'] !== last[4]) {
        if (digits(record, v['recipient_no'], 27, 14, true) !== PUT) return 4;
        last[4] = v['recipient_no'];
      }
      if (v['filler2'] !== last[5]) {
        if (text(record, v['filler2'], 41, 6, false) !== PUT) return 5;
        last[5] = v['filler2'];
      }
      if (v['application'] !== last[6]) {
        if (text(record, v['application'], 47, 2, true) !== PUT) return 6;
        last[6] = v['application'];
      }
      if (v['file_id'] !== last[7]) {
        if (text(record, v['file_id'], 49, 6, true) !== PUT) return 7;
        last[7] = v['file_id'];
      }
      if (v['file_volume'] !== last[8]) {
        if (digits(record, v['file_volume'], 55, 8, true) !== PUT) return 8;
        last[8] = v['file_volume'];
      }
      if (v['filler3'] !== last[9]) {
        if (text(record, v['filler3'], 63, 19, false) !== PUT) return 9;
        last[9] = v['filler3'];
      }
      if (v['count_lots'] !== last[10]) {
        if (digits(record, v['count_lots'], 82, 3, true) !== PUT) return 10;
        last[10] = v['count_lots'];
      }
      if (v['filler4'] !== last[11]) {
        if (text(record, v['filler4'], 85, 43, false) !== PUT) return 11;
        last[11] = v['filler4'];
      }
      return ALL_PUT;
    },
  },
  '000': {
    cut: (b, t, s) => ({
      rec_type: three(b, t, s),
      sender_type: two(b, s + 3),
      sender_no: t.substring(s + 5, s + 19),
      filler: t.substring(s + 19, s + 25),
      recipient_type: two(b, s + 25),
      recipient_no: t.substring(s + 27, s + 41),
      frontend_received_date: t.substring(s + 41, s + 47),
      application: two(b, s + 47),
      file_id: t.substring(s + 49, s + 55),
      file_date: t.substring(s + 55, s + 61),
      norm_code: four(b, t, s + 61),
      norm_family: two(b, s + 65),
      filler2: two(b, s + 67),
      sesam_reserved: three(b, t, s + 69),
      filler3: t.substring(s + 72, s + 82),
      record_length: three(b, t, s + 82),
      filler4: t.substring(s + 85, s + 91),
      message_zone: t.substring(s + 91, s + 128),
    }),
    put(v, { record, last }) {
      if (v['sender_type'] !== last[0]) {
        if (text(record, v['sender_type'], 3, 2, true) !== PUT) return 0;
        last[0] = v['sender_type'];
      }
      if (v['sender_no'] !== last[1]) {
        if (digits(record, v['sender_no'], 5, 14, true) !== PUT) return 1;
        last[1] = v['sender_no'];
      }
      if (v['filler'] !== last[2]) {
        if (text(record, v['filler'], 19, 6, false) !== PUT) return 2;
        last[2] = v['filler'];
      }
      if (v['recipient_type'] !== last[3]) {
        if (text(record, v['recipient_type'], 25, 2, true) !== PUT) return 3;
        last[3] = v['recipient_type'];
      }
      if (v['recipient_no'] !== last[4]) {
        if (text(record, v['recipient_no'], 27, 14, true) !== PUT) return 4;
        last[4] = v['recipient_no'];
      }
      if (v['frontend_received_date'] !== last[5]) {
        if (digits(record, v['frontend_received_date'], 41, 6, false) !== PUT) return 5;
        last[5] = v['frontend_received_date'];
      }
      if (v['application'] !== last[6]) {
        if (text(record, v['application'], 47, 2, true) !== PUT) return 6;
        last[6] = v['application'];
      }
      if (v['file_id'] !== last[7]) {
        if (text(record, v['file_id'], 49, 6, true) !== PUT) return 7;
        last[7] = v['file_id'];
      }
      if (v['file_date'] !== last[8]) {
        if (digits(record, v['file_date'], 55, 6, true) !== PUT) return 8;
        last[8] = v['file_date'];
      }
      if (v['norm_code'] !== last[9]) {
        if (text(record, v['norm_code'], 61, 4, true) !== PUT) return 9;
        last[9] = v['norm_code'];
      }
      if (v['filler2'] !== last[10]) {
        if (text(record, v['filler2'], 67, 2, false) !== PUT) return 10;
        last[10] = v['filler2'];
      }
      if (v['sesam_reserved'] !== last[11]) {
        if (text(record, v['sesam_reserved'], 69, 3, false) !== PUT) return 11;
        last[11] = v['sesam_reserved'];
      }
      if (v['filler3'] !== last[12]) {
        if (text(record, v['filler3'], 72, 10, false) !== PUT) return 12;
        last[12] = v['filler3'];
      }
      if (v['filler4'] !== last[13]) {
        if (text(record, v['filler4'], 85, 6, false) !== PUT) return 13;
        last[13] = v['filler4'];
      }
      if (v['message_zone'] !== last[14]) {
        if (text(record, v['message_zone'], 91, 37, false) !== PUT) return 14;
        last[14] = v['message_zone'];
      }
      return ALL_PUT;
    },
  },
  '2S': {
    cut: (b, t, s) => ({
      rec_type: one(b, s),
      ps_billing_no: t.substring(s + 1, s + 10),
      filler: one(b, s + 10),
      insured_nir: t.substring(s + 11, s + 24),
      insured_nir_key: two(b, s + 24),
      invoice_no: t.substring(s + 26, s + 35),
      complement: one(b, s + 35),
      filler2: t.substring(s + 36, s + 49),
      individual_nir: t.substring(s + 49, s + 62),
      individual_nir_key: two(b, s + 62),
      opposition_list_ref: t.substring(s + 64, s + 70),
      filler3: t.substring(s + 70, s + 128),
    }),
    put(v, { record, last }) {
      if (v['ps_billing_no'] !== last[0]) {
        if (digits(record, v['ps_billing_no'], 1, 9, true) !== PUT) return 0;
        last[0] = v['ps_billing_no'];
      }
      if (v['filler'] !== last[1]) {
        if (text(record, v['filler'], 10, 1, false) !== PUT) return 1;
        last[1] = v['filler'];
      }
      if (v['insured_nir'] !== last[2]) {
        if (text(record, v['insured_nir'], 11, 13, true) !== PUT) return 2;
        last[2] = v['insured_nir'];
      }
      if (v['insured_nir_key'] !== last[3]) {
        if (digits(record, v['insured_nir_key'], 24, 2, true) !== PUT) return 3;
        last[3] = v['insured_nir_key'];
      }
      if (v['invoice_no'] !== last[4]) {
        if (digits(record, v['invoice_no'], 26, 9, true) !== PUT) return 4;
        last[4] = v['invoice_no'];
      }
      if (v['filler2'] !== last[5]) {
        if (text(record, v['filler2'], 36, 13, false) !== PUT) return 5;
        last[5] = v['filler2'];
      }
      if (v['individual_nir'] !== last[6]) {
        if (text(record, v['individual_nir'], 49, 13, false) !== PUT) return 6;
        last[6] = v['individual_nir'];
      }
      if (v['individual_nir_key'] !== last[7]) {
        if (digits(record, v['individual_nir_key'], 62, 2, false) !== PUT) return 7;
        last[7] = v['individual_nir_key'];
      }
      if (v['opposition_list_ref'] !== last[8]) {
        if (digits(record, v['opposition_list_ref'], 64, 6, false) !== PUT) return 8;
        last[8] = v['opposition_list_ref'];
      }
      if (v['filler3'] !== last[9]) {
        if (text(record, v['filler3'], 70, 58, false) !== PUT) return 9;
        last[9] = v['filler3'];
      }
      return ALL_PUT;
    },
  },
  '2M': {
    cut: (b, t, s) => ({
      rec_type: one(b, s),
      ps_billing_no: t.substring(s + 1, s + 10),
      filler: one(b, s + 10),
      insured_nir: t.substring(s + 11, s + 24),
      insured_nir_key: two(b, s + 24),
      invoice_no: t.substring(s + 26, s + 35),
      complement: one(b, s + 35),
      amc_no: t.substring(s + 36, s + 46),
      amc_routing_code: two(b, s + 46),
      amc_host_id: three(b, t, s + 48),
      filler2: t.substring(s + 51, s + 71),
      amc_member_id: t.substring(s + 71, s + 86),
      filler3: t.substring(s + 86, s + 93),
      amc_forced: one(b, s + 93),
      sts_module_type: one(b, s + 94),
      sts_module_version: four(b, t, s + 95),
      amc_routing_code2: two(b, s + 99),
      amc_host_id2: three(b, t, s + 101),
      amc_domain: t.substring(s + 104, s + 124),
      processing_indicator: two(b, s + 124),
      amc_application_code: two(b, s + 126),
    }),
    put(v, { record, last }) {
      if (v['ps_billing_no'] !== last[0]) {
        if (digits(record, v['ps_billing_no'], 1, 9, true) !== PUT) return 0;
        last[0] = v['ps_billing_no'];
      }
      if (v['filler'] !== last[1]) {
        if (text(record, v['filler'], 10, 1, false) !== PUT) return 1;
        last[1] = v['filler'];
      }
      if (v['insured_nir'] !== last[2]) {
        if (text(record, v['insured_nir'], 11, 13, true) !== PUT) return 2;
        last[2] = v['insured_nir'];
      }
      if (v['insured_nir_key'] !== last[3]) {
        if (digits(record, v['insured_nir_key'], 24, 2, true) !== PUT) return 3;
        last[3] = v['insured_nir_key'];
      }
      if (v['invoice_no'] !== last[4]) {
        if (digits(record, v['invoice_no'], 26, 9, true) !== PUT) return 4;
        last[4] = v['invoice_no'];
      }
      if (v['amc_no'] !== last[5]) {
        if (digits(record, v['amc_no'], 36, 10, false) !== PUT) return 5;
        last[5] = v['amc_no'];
      }
      if (v['amc_routing_code'] !== last[6]) {
        if (text(record, v['amc_routing_code'], 46, 2, false) !== PUT) return 6;
        last[6] = v['amc_routing_code'];
      }
      if (v['amc_host_id'] !== last[7]) {
        if (text(record, v['amc_host_id'], 48, 3, false) !== PUT) return 7;
        last[7] = v['amc_host_id'];
      }
      if (v['filler2'] !== last[8]) {
        if (text(record, v['filler2'], 51, 20, false) !== PUT) return 8;
        last[8] = v['filler2'];
      }
      if (v['amc_member_id'] !== last[9]) {
        if (digits(record, v['amc_member_id'], 71, 15, false) !== PUT) return 9;
        last[9] = v['amc_member_id'];
      }
      if (v['filler3'] !== last[10]) {
        if (text(record, v['filler3'], 86, 7, false) !== PUT) return 10;
        last[10] = v['filler3'];
      }
      if (v['amc_forced'] !== last[11]) {
        if (text(record, v['amc_forced'], 93, 1, false) !== PUT) return 11;
        last[11] = v['amc_forced'];
      }
      if (v['sts_module_type'] !== last[12]) {
        if (text(record, v['sts_module_type'], 94, 1, false) !== PUT) return 12;
        last[12] = v['sts_module_type'];
      }
      if (v['sts_module_version'] !== last[13]) {
        if (text(record, v['sts_module_version'], 95, 4, false) !== PUT) return 13;
        last[13] = v['sts_module_version'];
      }
      if (v['amc_routing_code2'] !== last[14]) {
        if (text(record, v['amc_routing_code2'], 99, 2, false) !== PUT) return 14;
        last[14] = v['amc_routing_code2'];
      }
      if (v['amc_host_id2'] !== last[15]) {
        if (text(record, v['amc_host_id2'], 101, 3, false) !== PUT) return 15;
        last[15] = v['amc_host_id2'];
      }
      if (v['amc_domain'] !== last[16]) {
        if (text(record, v['amc_domain'], 104, 20, false) !== PUT) return 16;
        last[16] = v['amc_domain'];
      }
      if (v['processing_indicator'] !== last[17]) {
        if (text(record, v['processing_indicator'], 124, 2, false) !== PUT) return 17;
        last[17] = v['processing_indicator'];
      }
      if (v['amc_application_code'] !== last[18]) {
        if (text(record, v['amc_application_code'], 126, 2, false) !== PUT) return 18;
        last[18] = v['amc_application_code'];
      }
      return ALL_PUT;
    },
  },
  '2P': {
    cut: (b, t, s) => ({
      rec_type: one(b, s),
      ps_billing_no: t.substring(s + 1, s + 10),
      filler: one(b, s + 10),
      insured_nir: t.substring(s + 11, s + 24),
      insured_nir_key: two(b, s + 24),
      invoice_no: t.substring(s + 26, s + 35),
      complement: one(b, s + 35),
      settlement_operator_no: t.substring(s + 36, s + 46),
      amc_agreement_context: t.substring(s + 46, s + 80),
      filler2: t.substring(s + 80, s + 128),
    }),
    put(v, { record, last }) {
      if (v['ps_billing_no'] !== last[0]) {
        if (digits(record, v['ps_billing_no'], 1, 9, true) !== PUT) return 0;
        last[0] = v['ps_billing_no'];
      }
      if (v['filler'] !== last[1]) {
        if (text(record, v['filler'], 10, 1, false) !== PUT) return 1;
        last[1] = v['filler'];
      }
      if (v['insured_nir'] !== last[2]) {
        if (text(record, v['insured_nir'], 11, 13, true) !== PUT) return 2;
        last[2] = v['insured_nir'];
      }
      if (v['insured_nir_key'] !== last[3]) {
        if (digits(record, v['insured_nir_key'], 24, 2, true) !== PUT) return 3;
        last[3] = v['insured_nir_key'];
      }
      if (v['invoice_no'] !== last[4]) {
        if (digits(record, v['invoice_no'], 26, 9, true) !== PUT) return 4;
        last[4] = v['invoice_no'];
      }
      if (v['settlement_operator_no'] !== last[5]) {
        if (text(record, v['settlement_operator_no'], 36, 10, false) !== PUT) return 5;
        last[5] = v['settlement_operator_no'];
      }
      if (v['amc_agreement_context'] !== last[6]) {
        if (text(record, v['amc_agreement_context'], 46, 34, false) !== PUT) return 6;
        last[6] = v['amc_agreement_context'];
      }
      if (v['filler2'] !== last[7]) {
        if (text(record, v['filler2'], 80, 48, false) !== PUT) return 7;
        last[7] = v['filler2'];
      }
      return ALL_PUT;
    },
  },
  '2B': {
    cut: (b, t, s) => ({
      rec_type: one(b, s),
      ps_billing_no: t.substring(s + 1, s + 10),
      filler: one(b, s + 10),
      insured_nir: t.substring(s + 11, s + 24),
      insured_nir_key: two(b, s + 24),
      invoice_no: t.substring(s + 26, s + 35),
      complement: one(b, s + 35),
      filler2: one(b, s + 36),
      beneficiary_quality: two(b, s + 37),
      title: three(b, t, s + 39),
      last_name: t.substring(s + 42, s + 67),
      first_name: t.substring(s + 67, s + 82),
      street_no: four(b, t, s + 82),
      street_no_suffix: one(b, s + 86),
      street_type: four(b, t, s + 87),
      street_name: t.substring(s + 91, s + 116),
      filler3: t.substring(s + 116, s + 128),
    }),
    put(v, { record, last }) {
      if (v['ps_billing_no'] !== last[0]) {
        if (digits(record, v['ps_billing_no'], 1, 9, true) !== PUT) return 0;
        last[0] = v['ps_billing_no'];
      }
      if (v['filler'] !== last[1]) {
        if (text(record, v['filler'], 10, 1, false) !== PUT) return 1;
        last[1] = v['filler'];
      }
      if (v['insured_nir'] !== last[2]) {
        if (text(record, v['insured_nir'], 11, 13, true) !== PUT) return 2;
        last[2] = v['insured_nir'];
      }
      if (v['insured_nir_key'] !== last[3]) {
        if (digits(record, v['insured_nir_key'], 24, 2, true) !== PUT) return 3;
        last[3] = v['insured_nir_key'];
      }
      if (v['invoice_no'] !== last[4]) {
        if (digits(record, v['invoice_no'], 26, 9, true) !== PUT) return 4;
        last[4] = v['invoice_no'];
      }
      if (v['filler2'] !== last[5]) {
        if (text(record, v['filler2'], 36, 1, false) !== PUT) return 5;
        last[5] = v['filler2'];
      }
      if (v['beneficiary_quality'] !== last[6]) {
        if (text(record, v['beneficiary_quality'], 37, 2, true) !== PUT) return 6;
        last[6] = v['beneficiary_quality'];
      }
      if (v['title'] !== last[7]) {
        if (text(record, v['title'], 39, 3, false) !== PUT) return 7;
        last[7] = v['title'];
      }
      if (v['last_name'] !== last[8]) {
        if (text(record, v['last_name'], 42, 25, true) !== PUT) return 8;
        last[8] = v['last_name'];
      }
      if (v['first_name'] !== last[9]) {
        if (text(record, v['first_name'], 67, 15, true) !== PUT) return 9;
        last[9] = v['first_name'];
      }
      if (v['street_no'] !== last[10]) {
        if (digits(record, v['street_no'], 82, 4, false) !== PUT) return 10;
        last[10] = v['street_no'];
      }
      if (v['street_no_suffix'] !== last[11]) {
        if (text(record, v['street_no_suffix'], 86, 1, false) !== PUT) return 11;
        last[11] = v['street_no_suffix'];
      }
      if (v['street_type'] !== last[12]) {
        if (text(record, v['street_type'], 87, 4, false) !== PUT) return 12;
        last[12] = v['street_type'];
      }
      if (v['street_name'] !== last[13]) {
        if (text(record, v['street_name'], 91, 25, false) !== PUT) return 13;
        last[13] = v['street_name'];
      }
      if (v['filler3'] !== last[14]) {
        if (text(record, v['filler3'], 116, 12, false) !== PUT) return 14;
        last[14] = v['filler3'];
      }
      return ALL_PUT;
    },
  },
  '2C': {
    cut: (b, t, s) => ({
      rec_type: one(b, s),
      ps_billing_no: t.substring(s + 1, s + 10),
      filler: one(b, s + 10),
      insured_nir: t.substring(s + 11, s + 24),
      insured_nir_key: two(b, s + 24),
      invoice_no: t.substring(s + 26, s + 35),
      complement: one(b, s + 35),
      filler2: four(b, t, s + 36),
      address_extra: t.substring(s + 40, s + 65),
      town: t.substring(s + 65, s + 90),
      postcode: t.substring(s + 90, s + 95),
      insured_last_name: t.substring(s + 95, s + 120),
      insured_first_name: t.substring(s + 120, s + 128),
    }),
    put(v, { record, last }) {
      if (v['ps_billing_no'] !== last[0]) {
        if (digits(record, v['ps_billing_no'], 1, 9, true) !== PUT) return 0;
        last[0] = v['ps_billing_no'];
      }
      if (v['filler'] !== last[1]) {
        if (text(record, v['filler'], 10, 1, false) !== PUT) return 1;
        last[1] = v['filler'];
      }
      if (v['insured_nir'] !== last[2]) {
        if (text(record, v['insured_nir'], 11, 13, true) !== PUT) return 2;
        last[2] = v['insured_nir'];
      }
      if (v['insured_nir_key'] !== last[3]) {
        if (digits(record, v['insured_nir_key'], 24, 2, true) !== PUT) return 3;
        last[3] = v['insured_nir_key'];
      }
      if (v['invoice_no'] !== last[4]) {
        if (digits(record, v['invoice_no'], 26, 9, true) !== PUT) return 4;
        last[4] = v['invoice_no'];
      }
      if (v['filler2'] !== last[5]) {
        if (text(record, v['filler2'], 36, 4, false) !== PUT) return 5;
        last[5] = v['filler2'];
      }
      if (v['address_extra'] !== last[6]) {
        if (text(record, v['address_extra'], 40, 25, false) !== PUT) return 6;
        last[6] = v['address_extra'];
      }
      if (v['town'] !== last[7]) {
        if (text(record, v['town'], 65, 25, true) !== PUT) return 7;
        last[7] = v['town'];
      }
      if (v['postcode'] !== last[8]) {
        if (text(record, v['postcode'], 90, 5, true) !== PUT) return 8;
        last[8] = v['postcode'];
      }
      if (v['insured_last_name'] !== last[9]) {
        if (text(record, v['insured_last_name'], 95, 25, false) !== PUT) return 9;
        last[9] = v['insured_last_name'];
      }
      if (v['insured_first_name'] !== last[10]) {
        if (text(record, v['insured_first_name'], 120, 8, false) !== PUT) return 10;
        last[10] = v['insured_first_name'];
      }
      return ALL_PUT;
    },
  },
  '4S': {
    cut: (b, t, s) => ({
      rec_type: one(b, s),
      ps_billing_no: t.substring(s + 1, s + 10),
      filler: one(b, s + 10),
      insured_nir: t.substring(s + 11, s + 24),
      insured_nir_key: two(b, s + 24),
      invoice_no: t.substring(s + 26, s + 35),
      complement: one(b, s + 35),
      sequence: two(b, s + 36),
      performer_condition: one(b, s + 38),
      filler2: one(b, s + 39),
      theoretical_base: t.substring(s + 40, s + 47),
      filler3: one(b, s + 47),
      prior_approval_date: t.substring(s + 48, s + 54),
      prior_approval_code: one(b, s + 54),
      replacement_no: t.substring(s + 55, s + 64),
      replacement_no_extra: t.substring(s + 64, s + 70),
      amo_forced: one(b, s + 70),
      place_of_execution: t.substring(s + 71, s + 85),
      network_id: t.substring(s + 85, s + 99),
      amc_forced: one(b, s + 99),
      technical_fee_rank: t.substring(s + 100, s + 105),
      device_no: t.substring(s + 105, s + 119),
      ghs_no: four(b, t, s + 119),
      short_stay_domain: one(b, s + 123),
      filler4: four(b, t, s + 124),
    }),
    put(v, { record, last }) {
      if (v['ps_billing_no'] !== last[0]) {
        if (digits(record, v['ps_billing_no'], 1, 9, true) !== PUT) return 0;
        last[0] = v['ps_billing_no'];
      }
      if (v['filler'] !== last[1]) {
        if (text(record, v['filler'], 10, 1, false) !== PUT) return 1;
        last[1] = v['filler'];
      }
      if (v['insured_nir'] !== last[2]) {
        if (text(record, v['insured_nir'], 11, 13, true) !== PUT) return 2;
        last[2] = v['insured_nir'];
      }
      if (v['insured_nir_key'] !== last[3]) {
        if (digits(record, v['insured_nir_key'], 24, 2, true) !== PUT) return 3;
        last[3] = v['insured_nir_key'];
      }
      if (v['invoice_no'] !== last[4]) {
        if (digits(record, v['invoice_no'], 26, 9, true) !== PUT) return 4;
        last[4] = v['invoice_no'];
      }
      if (v['sequence'] !== last[5]) {
        if (digits(record, v['sequence'], 36, 2, false) !== PUT) return 5;
        last[5] = v['sequence'];
      }
      if (v['performer_condition'] !== last[6]) {
        if (text(record, v['performer_condition'], 38, 1, false) !== PUT) return 6;
        last[6] = v['performer_condition'];
      }
      if (v['filler2'] !== last[7]) {
        if (text(record, v['filler2'], 39, 1, false) !== PUT) return 7;
        last[7] = v['filler2'];
      }
      if (v['theoretical_base'] !== last[8]) {
        if (digits(record, v['theoretical_base'], 40, 7, false) !== PUT) return 8;
        last[8] = v['theoretical_base'];
      }
      if (v['filler3'] !== last[9]) {
        if (text(record, v['filler3'], 47, 1, false) !== PUT) return 9;
        last[9] = v['filler3'];
      }
      if (v['prior_approval_date'] !== last[10]) {
        if (digits(record, v['prior_approval_date'], 48, 6, false) !== PUT) return 10;
        last[10] = v['prior_approval_date'];
      }
      if (v['prior_approval_code'] !== last[11]) {
        if (digits(record, v['prior_approval_code'], 54, 1, true) !== PUT) return 11;
        last[11] = v['prior_approval_code'];
      }
      if (v['replacement_no'] !== last[12]) {
        if (text(record, v['replacement_no'], 55, 9, false) !== PUT) return 12;
        last[12] = v['replacement_no'];
      }
      if (v['replacement_no_extra'] !== last[13]) {
        if (text(record, v['replacement_no_extra'], 64, 6, false) !== PUT) return 13;
        last[13] = v['replacement_no_extra'];
      }
      if (v['amo_forced'] !== last[14]) {
        if (text(record, v['amo_forced'], 70, 1, false) !== PUT) return 14;
        last[14] = v['amo_forced'];
      }
      if (v['place_of_execution'] !== last[15]) {
        if (digits(record, v['place_of_execution'], 71, 14, false) !== PUT) return 15;
        last[15] = v['place_of_execution'];
      }
      if (v['network_id'] !== last[16]) {
        if (digits(record, v['network_id'], 85, 14, false) !== PUT) return 16;
        last[16] = v['network_id'];
      }
      if (v['amc_forced'] !== last[17]) {
        if (text(record, v['amc_forced'], 99, 1, false) !== PUT) return 17;
        last[17] = v['amc_forced'];
      }
      if (v['technical_fee_rank'] !== last[18]) {
        if (digits(record, v['technical_fee_rank'], 100, 5, false) !== PUT) return 18;
        last[18] = v['technical_fee_rank'];
      }
      if (v['device_no'] !== last[19]) {
        if (digits(record, v['device_no'], 105, 14, false) !== PUT) return 19;
        last[19] = v['device_no'];
      }
      if (v['ghs_no'] !== last[20]) {
        if (digits(record, v['ghs_no'], 119, 4, false) !== PUT) return 20;
        last[20] = v['ghs_no'];
      }
      if (v['short_stay_domain'] !== last[21]) {
        if (digits(record, v['short_stay_domain'], 123, 1, false) !== PUT) return 21;
        last[21] = v['short_stay_domain'];
      }
      if (v['filler4'] !== last[22]) {
        if (text(record, v['filler4'], 124, 4, false) !== PUT) return 22;
        last[22] = v['filler4'];
      }
      return ALL_PUT;
    },
  },
  '4M': {
    cut: (b, t, s) => ({
      rec_type: one(b, s),
      ps_billing_no: t.substring(s + 1, s + 10),
      filler: one(b, s + 10),
      insured_nir: t.substring(s + 11, s + 24),
      insured_nir_key: two(b, s + 24),
      invoice_no: t.substring(s + 26, s + 35),
      complement: one(b, s + 35),
      sequence: two(b, s + 36),
      sesam_reserved: four(b, t, s + 38),
      ccam_code: t.substring(s + 42, s + 55),
      doc_extension: one(b, s + 55),
      activity_code: one(b, s + 56),
      phase_code: one(b, s + 57),
      modifiers: four(b, t, s + 58),
      association_code: one(b, s + 62),
      exceptional_reimb: one(b, s + 63),
      session_date: t.substring(s + 64, s + 70),
      teeth: t.substring(s + 70, s + 102),
      practice_supplement: one(b, s + 102),
      oc_modifiers: two(b, s + 103),
      filler2: t.substring(s + 105, s + 128),
    }),
    put(v, { record, last }) {
      if (v['ps_billing_no'] !== last[0]) {
        if (digits(record, v['ps_billing_no'], 1, 9, true) !== PUT) return 0;
        last[0] = v['ps_billing_no'];
      }
      if (v['filler'] !== last[1]) {
        if (text(record, v['filler'], 10, 1, false) !== PUT) return 1;
        last[1] = v['filler'];
      }
      if (v['insured_nir'] !== last[2]) {
        if (text(record, v['insured_nir'], 11, 13, true) !== PUT) return 2;
        last[2] = v['insured_nir'];
      }
      if (v['insured_nir_key'] !== last[3]) {
        if (digits(record, v['insured_nir_key'], 24, 2, true) !== PUT) return 3;
        last[3] = v['insured_nir_key'];
      }
      if (v['invoice_no'] !== last[4]) {
        if (digits(record, v['invoice_no'], 26, 9, true) !== PUT) return 4;
        last[4] = v['invoice_no'];
      }
      if (v['sequence'] !== last[5]) {
        if (digits(record, v['sequence'], 36, 2, true) !== PUT) return 5;
        last[5] = v['sequence'];
      }
      if (v['sesam_reserved'] !== last[6]) {
        if (text(record, v['sesam_reserved'], 38, 4, false) !== PUT) return 6;
        last[6] = v['sesam_reserved'];
      }
      if (v['ccam_code'] !== last[7]) {
        if (text(record, v['ccam_code'], 42, 13, true) !== PUT) return 7;
        last[7] = v['ccam_code'];
      }
      if (v['doc_extension'] !== last[8]) {
        if (text(record, v['doc_extension'], 55, 1, false) !== PUT) return 8;
        last[8] = v['doc_extension'];
      }
      if (v['activity_code'] !== last[9]) {
        if (text(record, v['activity_code'], 56, 1, true) !== PUT) return 9;
        last[9] = v['activity_code'];
      }
      if (v['phase_code'] !== last[10]) {
        if (digits(record, v['phase_code'], 57, 1, false) !== PUT) return 10;
        last[10] = v['phase_code'];
      }
      if (v['modifiers'] !== last[11]) {
        if (text(record, v['modifiers'], 58, 4, false) !== PUT) return 11;
        last[11] = v['modifiers'];
      }
      if (v['association_code'] !== last[12]) {
        if (text(record, v['association_code'], 62, 1, false) !== PUT) return 12;
        last[12] = v['association_code'];
      }
      if (v['exceptional_reimb'] !== last[13]) {
        if (text(record, v['exceptional_reimb'], 63, 1, false) !== PUT) return 13;
        last[13] = v['exceptional_reimb'];
      }
      if (v['session_date'] !== last[14]) {
        if (digits(record, v['session_date'], 64, 6, false) !== PUT) return 14;
        last[14] = v['session_date'];
      }
      if (v['teeth'] !== last[15]) {
        if (text(record, v['teeth'], 70, 32, false) !== PUT) return 15;
        last[15] = v['teeth'];
      }
      if (v['practice_supplement'] !== last[16]) {
        if (text(record, v['practice_supplement'], 102, 1, false) !== PUT) return 16;
        last[16] = v['practice_supplement'];
      }
      if (v['oc_modifiers'] !== last[17]) {
        if (text(record, v['oc_modifiers'], 103, 2, false) !== PUT) return 17;
        last[17] = v['oc_modifiers'];
      }
      if (v['filler2'] !== last[18]) {
        if (text(record, v['filler2'], 105, 23, false) !== PUT) return 18;
        last[18] = v['filler2'];
      }
      return ALL_PUT;
    },
  },
  '4D': {
    cut: (b, t, s) => ({
      rec_type: one(b, s),
      ps_billing_no: t.substring(s + 1, s + 10),
      filler: one(b, s + 10),
      insured_nir: t.substring(s + 11, s + 24),
      insured_nir_key: two(b, s + 24),
      invoice_no: t.substring(s + 26, s + 35),
      complement: one(b, s + 35),
      sequence: two(b, s + 36),
      sesam_reserved: four(b, t, s + 38),
      act1_date: t.substring(s + 42, s + 48),
      act1_qty: two(b, s + 48),
      act1_code: t.substring(s + 50, s + 63),
      act1_modulator: three(b, t, s + 63),
      act1_tooth: two(b, s + 66),
      act2_date: t.substring(s + 68, s + 74),
      act2_qty: two(b, s + 74),
      act2_code: t.substring(s + 76, s + 89),
      act2_modulator: three(b, t, s + 89),
      act2_tooth: two(b, s + 92),
      filler2: t.substring(s + 94, s + 128),
    }),
    put(v, { record, last }) {
      if (v['ps_billing_no'] !== last[0]) {
        if (digits(record, v['ps_billing_no'], 1, 9, true) !== PUT) return 0;
        last[0] = v['ps_billing_no'];
      }
      if (v['filler'] !== last[1]) {
        if (text(record, v['filler'], 10, 1, false) !== PUT) return 1;
        last[1] = v['filler'];
      }
      if (v['insured_nir'] !== last[2]) {
        if (text(record, v['insured_nir'], 11, 13, true) !== PUT) return 2;
        last[2] = v['insured_nir'];
      }
      if (v['insured_nir_key'] !== last[3]) {
        if (digits(record, v['insured_nir_key'], 24, 2, true) !== PUT) return 3;
        last[3] = v['insured_nir_key'];
      }
      if (v['invoice_no'] !== last[4]) {
        if (digits(record, v['invoice_no'], 26, 9, true) !== PUT) return 4;
        last[4] = v['invoice_no'];
      }
      if (v['sequence'] !== last[5]) {
        if (digits(record, v['sequence'], 36, 2, false) !== PUT) return 5;
        last[5] = v['sequence'];
      }
      if (v['sesam_reserved'] !== last[6]) {
        if (text(record, v['sesam_reserved'], 38, 4, false) !== PUT) return 6;
        last[6] = v['sesam_reserved'];
      }
      if (v['act1_date'] !== last[7]) {
        if (digits(record, v['act1_date'], 42, 6, true) !== PUT) return 7;
        last[7] = v['act1_date'];
      }
      if (v['act1_qty'] !== last[8]) {
        if (digits(record, v['act1_qty'], 48, 2, false) !== PUT) return 8;
        last[8] = v['act1_qty'];
      }
      if (v['act1_code'] !== last[9]) {
        if (text(record, v['act1_code'], 50, 13, false) !== PUT) return 9;
        last[9] = v['act1_code'];
      }
      if (v['act1_modulator'] !== last[10]) {
        if (digits(record, v['act1_modulator'], 63, 3, false) !== PUT) return 10;
        last[10] = v['act1_modulator'];
      }
      if (v['act1_tooth'] !== last[11]) {
        if (digits(record, v['act1_tooth'], 66, 2, true) !== PUT) return 11;
        last[11] = v['act1_tooth'];
      }
      if (v['act2_date'] !== last[12]) {
        if (digits(record, v['act2_date'], 68, 6, false) !== PUT) return 12;
        last[12] = v['act2_date'];
      }
      if (v['act2_qty'] !== last[13]) {
        if (digits(record, v['act2_qty'], 74, 2, false) !== PUT) return 13;
        last[13] = v['act2_qty'];
      }
      if (v['act2_code'] !== last[14]) {
        if (text(record, v['act2_code'], 76, 13, false) !== PUT) return 14;
        last[14] = v['act2_code'];
      }
      if (v['act2_modulator'] !== last[15]) {
        if (digits(record, v['act2_modulator'], 89, 3, false) !== PUT) return 15;
        last[15] = v['act2_modulator'];
      }
      if (v['act2_tooth'] !== last[16]) {
        if (digits(record, v['act2_tooth'], 92, 2, false) !== PUT) return 16;
        last[16] = v['act2_tooth'];
      }
      if (v['filler2'] !== last[17]) {
        if (text(record, v['filler2'], 94, 34, false) !== PUT) return 17;
        last[17] = v['filler2'];
      }
      return ALL_PUT;
    },
  },
  '4E': {
    cut: (b, t, s) => ({
      rec_type: one(b, s),
      ps_billing_no: t.substring(s + 1, s + 10),
      filler: one(b, s + 10),
      insured_nir: t.substring(s + 11, s + 24),
      insured_nir_key: two(b, s + 24),
      invoice_no: t.substring(s + 26, s + 35),
      complement: one(b, s + 35),
      sequence: two(b, s + 36),
      prescriber_rpps: t.substring(s + 38, s + 49),
      prescriber_structure: t.substring(s + 49, s + 63),
      performer_rpps: t.substring(s + 63, s + 74),
      performer_structure: t.substring(s + 74, s + 88),
      filler2: t.substring(s + 88, s + 128),
    }),
    put(v, { record, last }) {
      if (v['ps_billing_no'] !== last[0]) {
        if (digits(record, v['ps_billing_no'], 1, 9, true) !== PUT) return 0;
        last[0] = v['ps_billing_no'];
      }
      if (v['filler'] !== last[1]) {
        if (text(record, v['filler'], 10, 1, false) !== PUT) return 1;
        last[1] = v['filler'];
      }
      if (v['insured_nir'] !== last[2]) {
        if (text(record, v['insured_nir'], 11, 13, true) !== PUT) return 2;
        last[2] = v['insured_nir'];
      }
      if (v['insured_nir_key'] !== last[3]) {
        if (digits(record, v['insured_nir_key'], 24, 2, true) !== PUT) return 3;
        last[3] = v['insured_nir_key'];
      }
      if (v['invoice_no'] !== last[4]) {
        if (digits(record, v['invoice_no'], 26, 9, true) !== PUT) return 4;
        last[4] = v['invoice_no'];
      }
      if (v['sequence'] !== last[5]) {
        if (digits(record, v['sequence'], 36, 2, false) !== PUT) return 5;
        last[5] = v['sequence'];
      }
      if (v['prescriber_rpps'] !== last[6]) {
        if (text(record, v['prescriber_rpps'], 38, 11, false) !== PUT) return 6;
        last[6] = v['prescriber_rpps'];
      }
      if (v['prescriber_structure'] !== last[7]) {
        if (text(record, v['prescriber_structure'], 49, 14, false) !== PUT) return 7;
        last[7] = v['prescriber_structure'];
      }
      if (v['performer_rpps'] !== last[8]) {
        if (text(record, v['performer_rpps'], 63, 11, false) !== PUT) return 8;
        last[8] = v['performer_rpps'];
      }
      if (v['performer_structure'] !== last[9]) {
        if (text(record, v['performer_structure'], 74, 14, false) !== PUT) return 9;
        last[9] = v['performer_structure'];
      }
      if (v['filler2'] !== last[10]) {
        if (text(record, v['filler2'], 88, 40, false) !== PUT) return 10;
        last[10] = v['filler2'];
      }
      return ALL_PUT;
    },
  },
};
