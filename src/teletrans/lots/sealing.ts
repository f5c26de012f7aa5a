/**
 * Seals numbered lots with the card. A lot is SEALED only once its bytes, their hash and the card's proof are on the disk; whatever stops the sealing before that
 * leaves it NUMBERED, same number, same content (spec/lots-and-files.md § 6.2 rows 5-9).
 */
import { createHash } from 'node:crypto';
import type { Clock } from '../domain/clock';
import { stepParts } from '../domain/parts';
import type { Practitioner } from '../domain/practice';
import { stepLot, type LotState } from '../domain/states';
import type { LotFormatter, LotSealer, Writing } from '../formats/port';
import type { CardSession } from '../reader/port';
import type { Store, StoredLot, StoreSession } from '../store/port';

/** What the practice's own description says of a practitioner, by billing number; null when it does not know it. */
export type KnownPractitioner = (billingNumber: string) => Pick<Practitioner, 'name' | 'rpps'> | null;

export class LotSealing {
  constructor(
    private readonly store: Store,
    private readonly formatter: LotFormatter,
    private readonly sealer: LotSealer,
    private readonly practitioner: KnownPractitioner,
    private readonly clock: Clock,
  ) {}

  /** Seals one lot. Errors: those of the card (CPS-…, LEC-…) and of the format; the lot is then NUMBERED again. */
  async seal(lot: StoredLot, card: CardSession): Promise<void> {
    await this.store.transaction((session) => this.step(session, lot, 'SEALING', {}));
    const sealing = { ...lot, state: 'SEALING' as const };
    try {
      const bytes = await this.write(lot, card);
      const digest = createHash('sha256').update(bytes).digest();
      const signature = await card.sign(bytes);
      const certificate = await card.certificate();
      const sealedAt = this.clock.now().toISOString();
      await this.store.transaction(async (session) => {
        await session.lots.putBytes(lot.id, bytes);
        const sha256 = digest.toString('hex');
        await this.step(session, sealing, 'SEALED', {
          sha256,
          records: bytes.length / 128,
          proof: { sha256, signature: signature.toString('base64'), certificate, sealedAt },
        });
        for (const id of lot.invoiceIds) {
          const invoice = await session.invoices.get(id);
          if (invoice !== null) await session.invoices.update(id, stepParts(invoice, 'SEALED'));
        }
      });
    } catch (error) {
      await this.store.transaction((session) => this.step(session, sealing, 'NUMBERED', {}));
      throw error;
    }
  }

  /** A sealing that a crash left open: no bytes on the disk, so the lot is NUMBERED again (row 9). */
  async recover(): Promise<void> {
    await this.store.transaction(async (session) => {
      for (const lot of await session.lots.list({ state: ['SEALING'] })) await this.step(session, lot, 'NUMBERED', {});
    });
  }

  private async write(lot: StoredLot, card: CardSession): Promise<Buffer> {
    const bodies = await this.store.read(async (session) => {
      const found = [];
      for (const id of lot.invoiceIds) found.push(await session.invoices.body(id));
      return found;
    });
    const writing = await this.writing(lot, card);
    const holder = `${card.holder.lastName} ${card.holder.firstName}`;
    return this.formatter.encodeLot(
      {
        billingNumber: lot.billingNumber,
        recipientBody: lot.recipient.body,
        lotNumber: lot.number,
        practitionerName: this.practitioner(lot.billingNumber)?.name ?? holder,
        lotDate: lot.lotDate,
        security: lot.security,
        marking: lot.marking,
        replacement: lot.replacement,
      },
      bodies.map((body) => this.formatter.encodeInvoice(body, writing)),
      this.sealer,
    );
  }

  /** The card proves whose RPPS its holder's is; of the others the practice's description says it. */
  private async writing({ version }: StoredLot, card: CardSession): Promise<Writing> {
    const ofHolder = version === 'b2-ps-base' ? [] : (await card.situations()).map(({ billingNumber }) => billingNumber);
    return {
      version,
      rppsOf: (number) => (ofHolder.includes(number) ? card.holder.rpps : (this.practitioner(number)?.rpps ?? null)),
    };
  }

  private async step(
    session: StoreSession,
    lot: StoredLot,
    to: LotState,
    change: Parameters<StoreSession['lots']['update']>[1],
  ): Promise<void> {
    await session.lots.update(lot.id, { ...change, state: stepLot(lot.state, to) });
    await session.journal.append({
      at: this.clock.now().toISOString(),
      actor: 'software',
      entity: 'lot',
      entityId: lot.id,
      event: 'sealing',
      from: lot.state,
      to,
      detail: { lot: lot.number },
    });
  }
}
