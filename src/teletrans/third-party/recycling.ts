/**
 * A corrected invoice comes under a new number, linked to the one it replaces (contract § 1 `linkedTo`; rows 8, 28 and 36 of lots-and-files.md § 6.1). The old one can never
 * leave again; and the new one does not leave while the old one is alive, or must not be billed again at all (decision 0061).
 */
import type { Invoice } from '../domain/invoice';
import { partsOf } from '../domain/parts';
import type { Part } from '../domain/claims';
import { canStepPart, stepPart, type PartState } from '../domain/states';
import type { HeldReason, StoredInvoice, StoreSession } from '../store/port';
import { stateOfPart } from './matching';
import { refusalKey, type ThirdPartyRules } from './rules';

/** States in which a part is out of the way already. */
const DEAD: ReadonlySet<PartState> = new Set<PartState>(['CANCELLED', 'RECYCLED', 'CLOSED_BY_PERSON', 'ARCHIVED']);

interface Replaced {
  readonly invoice: StoredInvoice;
  readonly part: Part;
  readonly to: PartState;
}

type Corrected = Pick<Invoice, 'kind' | 'number' | 'linkedTo' | 'thirdParty' | 'split' | 'practitioner'>;

export class Recycling {
  constructor(private readonly rules: Pick<ThirdPartyRules, 'doNotRetransmit'>) {}

  /**
   * Takes the invoice that `corrected` replaces out of the way.
   * @param hostId the corrected invoice's own, which is not its own predecessor.
   * @returns why the corrected one must wait, or null; then nothing is changed.
   */
  async replace(session: StoreSession, corrected: Corrected, hostId: string, at: string): Promise<HeldReason | null> {
    const replaced: Replaced[] = [];
    for (const { invoice, parts } of await predecessors(session, corrected, hostId)) {
      for (const part of parts) {
        const state = stateOfPart(invoice, part);
        if (state === null || DEAD.has(state)) continue;
        if (await this.mustNotBeBilledAgain(session, invoice, part)) return { code: 'RET-010', details: {} };
        const to = outOfTheWay(state);
        if (to === null || invoice.held?.code === 'RET-043') return { code: 'FAC-040', details: { n: invoice.number } };
        replaced.push({ invoice, part, to });
      }
    }
    for (const { invoice, part, to } of replaced) await retire(session, invoice.id, part, to, corrected.number, at);
    return null;
  }

  private async mustNotBeBilledAgain(session: StoreSession, { id }: StoredInvoice, part: Part): Promise<boolean> {
    const lines = await session.thirdParty.lines.rejectionsOf({ invoiceId: id, part });
    return lines.some((line) => (line.detail?.rejections ?? []).some((one) => this.rules.doNotRetransmit.includes(refusalKey(one))));
  }
}

/** An invoice never sent is cancelled; a refused one is recycled. Null: it is alive. */
function outOfTheWay(state: PartState): PartState | null {
  if (canStepPart(state, 'RECYCLED')) return 'RECYCLED';
  if (state === 'NACKED') return 'RECYCLED';
  return canStepPart(state, 'CANCELLED') ? 'CANCELLED' : null;
}

/** The parts, by invoice, that the corrected one bills again. */
async function predecessors(
  session: StoreSession,
  corrected: Corrected,
  hostId: string,
): Promise<readonly { readonly invoice: StoredInvoice; readonly parts: readonly Part[] }[]> {
  const { linkedTo, kind } = corrected;
  const { billingNumber } = corrected.practitioner;
  if (linkedTo === undefined) return [];
  const named = await session.invoices.byNumber(billingNumber, linkedTo);
  if (named === null || named.hostId === hostId) return [];
  if (kind === 'FSE') {
    const own = partsOf(corrected);
    return named.kind === 'FSE' ? [{ invoice: named, parts: (['amo', 'amc'] as const).filter((part) => own[part]) }] : [];
  }
  if (named.kind === 'DRE') return [{ invoice: named, parts: ['amc'] }];
  // A DRE names the FSE it completes: it replaces that FSE's AMC part, and the DRE that completed it before.
  const earlier = (await session.invoices.linkedTo(billingNumber, linkedTo)).filter((one) => one.kind === 'DRE' && one.hostId !== hostId);
  return [named, ...earlier].map((invoice) => ({ invoice, parts: ['amc'] as const }));
}

async function retire(session: StoreSession, id: string, part: Part, to: PartState, by: string, at: string): Promise<void> {
  const invoice = await session.invoices.get(id);
  const from = invoice === null ? null : stateOfPart(invoice, part);
  if (invoice === null || from === null) return;
  const ready = from === 'NACKED' ? stepPart(from, 'TO_CORRECT') : from;
  await session.invoices.update(id, { [part === 'amo' ? 'amoState' : 'amcState']: stepPart(ready, to), held: null });
  await session.journal.append({
    at,
    actor: 'external',
    entity: 'invoice',
    entityId: id,
    event: to === 'RECYCLED' ? 'recycled' : 'replaced',
    from,
    to,
    detail: { by, part },
  });
}
