/** Invoices and lots as B2 records (spec/b2.md § 2 and § 8, contract § 5). In production the licensed component does this. */
import { VitaleError } from '../../domain/errors';
import type { Act, Invoice } from '../../domain/invoice';
import type { EncodedInvoice, LotFormatter, LotHeader, LotSealer, Writing } from '../port';
import { fitName } from '../text/folding';
import { actLine, ccamDetails, continuation, performerIdentity } from './act-records';
import { CHOICES, PLACEHOLDER_PROFILE, type B2Profile } from './choices';
import { B2_CODECS } from './codecs';
import { shortDate } from './dates';
import { amcRouting, beneficiary, header, invoiceType, ownNir, psIdentity } from './invoice-records';

const ZONE_LENGTH = 32;

const BASE: Writing = { version: 'b2-ps-base', rppsOf: () => null };

/** A copy of records whose last one has its certification zone filled. */
function withZone(records: Buffer, zone: string): Buffer {
  const filled = Buffer.from(records);
  const bytes = Buffer.from(zone, 'latin1');
  if (bytes.length !== ZONE_LENGTH) throw new VitaleError('LOT-009', { libelle: 'zone de certification de longueur inattendue' });
  bytes.copy(filled, filled.length - ZONE_LENGTH);
  return filled;
}

function sum(acts: readonly Act[], amount: (act: Act) => number): number {
  return acts.reduce((total, act) => total + amount(act), 0);
}

export class B2LotFormatter implements LotFormatter {
  constructor(private readonly profile: B2Profile = PLACEHOLDER_PROFILE) {}

  encodeInvoice(invoice: Invoice, writing: Writing = BASE): EncodedInvoice {
    const heads = this.#headRecords(invoice);
    const acts = invoice.acts.flatMap((act, index) => this.#actRecords(invoice, act, index + 1, writing));
    const totals = {
      fees: sum(invoice.acts, (act) => act.fee),
      amo: sum(invoice.acts, (act) => act.amo),
      amc: sum(invoice.acts, (act) => act.amc ?? 0),
    };
    if (totals.amo > totals.fees) throw new VitaleError('FAC-013', { record: '5', field: 'total_patient_share' });
    const trailer = B2_CODECS['5'].encode({
      ...psIdentity(invoice),
      count_type4: invoice.acts.length,
      total_fees: totals.fees,
      total_amo: totals.amo,
      total_patient_share: totals.fees - totals.amo,
      total_amc: totals.amc,
      oct_split_flag: invoice.split === 'oct' ? 'A' : ' ',
    });
    return {
      number: invoice.number,
      bytes: Buffer.concat([...heads, ...acts, trailer]),
      actLines: invoice.acts.length,
      type2: heads.length,
      totals,
    };
  }

  #headRecords(invoice: Invoice): Buffer[] {
    const nir = ownNir(invoice);
    const routing = amcRouting(invoice);
    return [
      B2_CODECS['2'].encode(header(invoice)),
      ...(nir === null ? [] : [B2_CODECS['2S'].encode(nir)]),
      ...(routing === null ? [] : [B2_CODECS['2M'].encode(routing)]),
      B2_CODECS['2B'].encode(beneficiary(invoice)),
    ];
  }

  #actRecords(invoice: Invoice, act: Act, sequence: number, { version, rppsOf }: Writing): Buffer[] {
    const suite = continuation(invoice, act, sequence);
    return [
      B2_CODECS['4'].encode(actLine(invoice, act, sequence)),
      ...(suite === null ? [] : [B2_CODECS['4S'].encode(suite)]),
      ...(suite === null || version === 'b2-ps-base' ? [] : [B2_CODECS['4E'].encode(performerIdentity(invoice, act, sequence, rppsOf))]),
      ...ccamDetails(invoice, act, sequence).map((detail) => B2_CODECS['4M'].encode(detail)),
    ];
  }

  async encodeLot(lot: LotHeader, invoices: readonly EncodedInvoice[], sealer: LotSealer): Promise<Buffer> {
    // The trailer first: a count or total that does not fit is known before anything is sealed.
    const trailer = this.#lotTrailer(lot, invoices);
    const parts = [this.#lotHeader(lot)];
    for (const invoice of invoices) parts.push(withZone(invoice.bytes, await sealer.sealInvoice(invoice.bytes)));
    const unsealed = Buffer.concat([...parts, trailer]);
    return withZone(unsealed, await sealer.sealLot(unsealed));
  }

  #lotHeader(lot: LotHeader): Buffer {
    return B2_CODECS['1'].encode({
      ps_billing_no: lot.billingNumber,
      recipient_body: lot.recipientBody,
      lot_no: lot.lotNumber,
      ps_name: fitName(lot.practitionerName, 40).text,
      norm_version: this.profile.lotNormVersion,
      lot_date: shortDate(lot.lotDate),
      norm_code: this.profile.lotNormCode,
      lot_security: lot.security,
      norm_version_no: this.profile.lotNormVersionNo,
      currency: CHOICES.currency,
    });
  }

  #lotTrailer(lot: LotHeader, invoices: readonly EncodedInvoice[]): Buffer {
    const total = (of: (invoice: EncodedInvoice) => number): number => invoices.reduce((all, invoice) => all + of(invoice), 0);
    return B2_CODECS['6'].encode({
      ps_billing_no: lot.billingNumber,
      count_invoices: invoices.length,
      count_act_lines: total((invoice) => invoice.actLines),
      count_type2: total((invoice) => invoice.type2),
      count_type5: invoices.length,
      total_fees: total((invoice) => invoice.totals.fees),
      total_amo: total((invoice) => invoice.totals.amo),
      total_amc: total((invoice) => invoice.totals.amc),
      lot_no: lot.lotNumber,
      marking: lot.marking,
      invoice_type: invoiceType(lot.security),
      replacement_ps_no: lot.replacement ?? undefined,
    });
  }
}
