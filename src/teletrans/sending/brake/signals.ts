/** What the store knows that may stop sending, or let it go on. */
import type { StoredLot, StoreSession } from '../../store/port';
import type { BrakeEvidence, BrakeIncident, BrakeSignal, BrakeTable } from './rules';

/** Definite refusals by the mail system since `since`. */
export async function refusalsSince(session: StoreSession, since: string, table: BrakeTable): Promise<readonly BrakeSignal[]> {
  const found: BrakeSignal[] = [];
  for (const { fileId, failure, endedAt } of await session.attempts.ended('PERM_FAILED', since)) {
    const file = await session.files.get(fileId);
    if (file === null || failure === null || !table.watchedFailures.includes(failure)) continue;
    found.push({ cause: 'refusals', code: failure, payer: file.recipient, lots: file.lotIds.length, at: endedAt ?? since });
  }
  return found;
}

/** ARL results other than yes since `since`: refusals, and payers that ask not to send again. */
export async function answersSince(session: StoreSession, since: string, table: BrakeTable): Promise<readonly BrakeSignal[]> {
  return (await session.lots.answered(since, 'not-positive')).flatMap(({ ack, recipient }): BrakeSignal[] => {
    if (ack === null) return [];
    const signal = { code: ack.code, payer: recipient, lots: 1, at: ack.at };
    if (ack.class === 'notice' || table.noticeCodes.includes(ack.code)) return [{ ...signal, cause: 'notice' }];
    return ack.class !== 'negative' || table.arlAboutInvoices.includes(ack.code) ? [] : [{ ...signal, cause: 'negative-arl' }];
  });
}

/** Lots whose ARL is missing, of payers of whom nothing came since; an ARL from anybody later than the oldest of them shows that ARL do come. */
export async function missingSince(session: StoreSession, cleared: string): Promise<readonly BrakeSignal[]> {
  const overdue = (await session.files.list({ state: ['OVERDUE'] })).filter(({ handedOverAt }) => (handedOverAt ?? '') > cleared);
  const oldest = overdue.map(({ handedOverAt }) => handedOverAt ?? '').sort()[0];
  if (oldest === undefined) return [];
  const answered = (await session.lots.answered(oldest, 'any')).filter(({ ack }) => (ack?.at ?? '') > oldest);
  const found: BrakeSignal[] = [];
  for (const { handedOverAt, recipient, lotIds } of overdue) {
    const at = handedOverAt ?? oldest;
    const lots = await Promise.all(lotIds.map((id) => session.lots.get(id)));
    const missing = lots.filter((lot) => lot?.state === 'ACK_OVERDUE').length;
    const heard = answered.some((lot) => samePayer(lot, recipient) && (lot.ack?.at ?? '') > at);
    if (missing > 0 && !heard)
      found.push({ cause: 'missing-arl', code: '', payer: recipient, lots: missing, at, alone: answered.length > 0 });
  }
  return found;
}

/** What came since an incident began that may show it over. */
export async function evidenceFor(session: StoreSession, { cause, since }: BrakeIncident): Promise<readonly BrakeEvidence[]> {
  if (cause === 'refusals') {
    const found: BrakeEvidence[] = [];
    for (const { fileId, startedAt, endedAt } of await session.attempts.ended('HANDED_OVER', since)) {
      const file = await session.files.get(fileId);
      if (file !== null) found.push({ kind: 'handed-over', payer: file.recipient, at: endedAt ?? since, sentAt: startedAt });
    }
    return found;
  }
  const found: BrakeEvidence[] = [];
  for (const { ack, recipient, fileId } of await session.lots.answered(since, 'any')) {
    const file = fileId === null ? null : await session.files.get(fileId);
    if (ack !== null)
      found.push({ kind: ack.class as BrakeEvidence['kind'], payer: recipient, at: ack.at, sentAt: file?.handedOverAt ?? '' });
  }
  return found;
}

function samePayer(lot: StoredLot, payer: StoredLot['recipient']): boolean {
  return lot.recipient.type === payer.type && lot.recipient.number === payer.number;
}
