/** The host closes the day: what is ready leaves if the unattended session is open, and the host is answered in bounded time whatever happens. Nothing here blocks the closing. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Teletrans } from '../../teletrans/application/port';
import { isVitaleError } from '../../teletrans/domain/errors';

export type DayCloseOutcome = 'sent' | 'nothing' | 'needs-card' | 'incident';

/** The add-in's answer to `day.closing`. */
export interface DayCloseAnswer {
  readonly outcome: DayCloseOutcome;
  readonly counts: { readonly files: number; readonly invoices: number; readonly waiting: number; readonly held: number };
  /** A code of the error catalogue and its French sentence, when there is something to say. */
  readonly reason: { readonly code: string; readonly message: string } | null;
}

type Answer = Pick<DayCloseAnswer, 'outcome' | 'reason'> & { readonly files: number; readonly invoices: number };

/** Who is there: a person who pressed a button of the host, or nobody. */
export type Attendance = 'person' | 'nobody';

async function transmit(teletrans: Teletrans, attendance: Attendance): Promise<Answer> {
  try {
    const { result, files, reason } =
      attendance === 'nobody'
        ? await teletrans.transmitUnattended(() => undefined)
        : await teletrans.transmit({ practitioner: null, situation: null }, () => undefined);
    const left = files.filter((file) => file.state === 'HANDED_OVER');
    return {
      outcome: result === 'partial' ? 'incident' : result,
      files: left.length,
      invoices: left.reduce((sum, file) => sum + file.lots.reduce((inLots, lot) => inLots + lot.invoices.length, 0), 0),
      reason,
    };
  } catch (error) {
    const code = isVitaleError(error) ? error.code : 'HOT-999';
    const details = isVitaleError(error) ? error.details : { id: error instanceof Error ? error.name : '?' };
    return { outcome: 'incident', files: 0, invoices: 0, reason: teletrans.explain({ code, details }) };
  }
}

/**
 * @param boundMs the host is answered `incident` after this time; the transmission then goes on by itself.
 */
export async function closeDay(teletrans: Teletrans, boundMs: number, attendance: Attendance): Promise<DayCloseAnswer> {
  const tooLong = new AbortController();
  const working = transmit(teletrans, attendance);
  const late = sleep(boundMs, null, { signal: tooLong.signal }).then(
    (): Answer => ({ outcome: 'incident', files: 0, invoices: 0, reason: teletrans.explain({ code: 'HOT-011', details: {} }) }),
    () => working,
  );
  const { outcome, files, invoices, reason } = await Promise.race([working, late]);
  tooLong.abort();
  const counts = await teletrans.pendingCounts();
  return {
    outcome,
    counts: { files, invoices, waiting: counts.ready, held: counts.held },
    reason: reason === null ? null : { code: reason.code, message: reason.message },
  };
}
