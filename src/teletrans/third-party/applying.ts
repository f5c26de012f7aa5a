/**
 * Books a payment return (RSP): recognised by its content, applied once, whole or not at all, in the transaction of the caller (spec/noemie.md § 4 and § 5).
 * Nothing is dropped: what matches no invoice stays an open line, and the lines always add up to the remittance.
 */
import { setImmediate as turn } from 'node:timers/promises';
import { localDate, type Clock } from '../domain/clock';
import type { Identifiers } from '../domain/identifiers';
import type { PracticeMode } from '../domain/practice';
import { stepPartsWherePossible } from '../domain/parts';
import { readNoemie } from '../formats/noemie/reader';
import type { RejectionCodes } from '../formats/noemie/rejection-codes';
import { readRsp } from '../formats/noemie/rsp';
import type { Rsp } from '../formats/noemie/rsp-model';
import type { HeldReason, StoreSession } from '../store/port';
import type { StoredLine, StoredTransfer } from '../store/third-party/port';
import { book, entriesOf } from './booking';
import { LineMatcher, type Match, type MatchedPart } from './matching';
import { draftRemittance, type DraftLine, type RemittanceDraft } from './remittance';
import { proveArrival, type Settling } from './settling';

/** What became of a return. */
export type RspOutcome =
  | {
      readonly kind: 'booked';
      /** Invoice parts. */
      readonly parts: number;
      /** Lines left to a person. */
      readonly open: number;
    }
  /** Booked already, by the same bytes. */
  | { readonly kind: 'duplicate'; readonly reason: HeldReason }
  /** For a person; nothing is booked. */
  | { readonly kind: 'conflict' | 'unreadable'; readonly reason: HeldReason };

/** Flow kinds of 000: 71 a practice may believe; blank is real. */
const FLOWS: Readonly<Record<PracticeMode, readonly string[]>> = { demo: ['T', 'D'], test: ['T'], reel: ['', 'R'] };

/** The event loop gets a turn after so many lines: a long remittance must not freeze the window. */
const LINES_A_TURN = 50;

export class RspApplication {
  constructor(
    private readonly codes: RejectionCodes,
    private readonly settling: Settling,
    private readonly mode: PracticeMode,
    private readonly clock: Clock,
    private readonly ids: Identifiers,
  ) {}

  /** @param anyway a person has looked: a remittance whose identity is known with other bytes is booked all the same. */
  async apply(session: StoreSession, returnId: string, bytes: Buffer, sha256: string, anyway = false): Promise<RspOutcome> {
    if ((await session.thirdParty.remittances.bySha256(sha256)) !== null)
      return { kind: 'duplicate', reason: { code: 'RET-024', details: {} } };
    const file = readNoemie(bytes);
    const rsp = readRsp(file, this.codes);
    // An entity the norm does not have is kept and reported (spec/noemie.md § 1 point 5); any other fault books nothing.
    const strange = new Set(file.stream.filter(({ code }) => code === '?').map(({ index }) => index));
    const fault = this.faultOf(rsp, (record) => strange.has(record));
    if (fault !== null) return { kind: 'unreadable', reason: fault };
    const now = this.clock.now();
    const draft = draftRemittance(rsp, localDate(now));
    const { senderType, senderNumber, fileId, exchangeRef } = rsp.source;
    const twin = await session.thirdParty.remittances.byIdentity(senderType, senderNumber, fileId, draft.fileDate);
    if (twin !== null && fileId !== '' && !anyway) return { kind: 'conflict', reason: { code: 'RET-041', details: { n: fileId } } };
    const at = now.toISOString();
    await session.thirdParty.remittances.insert({
      id: returnId,
      sha256,
      senderType,
      senderNumber,
      fileId,
      fileDate: draft.fileDate,
      exchangeRef,
      total: draft.total,
      stated: draft.stated,
      transfers: draft.transfers,
      lines: draft.lines.length,
      bookedAt: at,
      warnings: [...rsp.warnings, ...rsp.faults].map(({ message }) => message),
    });
    const tally = await this.bookAll(session, returnId, draft, at);
    await session.journal.append({
      at,
      actor: 'external',
      entity: 'return',
      entityId: returnId,
      event: 'rsp-booked',
      from: null,
      to: null,
      detail: { file: fileId, lines: draft.lines.length, open: tally.open },
    });
    return { kind: 'booked', ...tally };
  }

  /** Open lines whose invoice has come, or has left, since. @returns invoice parts booked. */
  async retryOpen(session: StoreSession): Promise<number> {
    const matcher = new LineMatcher(session);
    const at = this.clock.now().toISOString();
    let booked = 0;
    for (const line of await session.thirdParty.lines.retriable()) {
      const match = await matcher.match(line);
      if ('cause' in match) {
        if (match.cause !== line.cause) await session.thirdParty.lines.setStatus(line.id, 'open', match.cause);
        continue;
      }
      const remittance = await session.thirdParty.remittances.get(line.remittanceId);
      if (remittance === null) continue;
      await session.thirdParty.lines.setStatus(line.id, 'matched', null);
      await this.bookOne(session, line, match, valueDateOf(line, remittance), at);
      booked += 1;
    }
    return booked;
  }

  private faultOf(rsp: Rsp, tolerated: (record: number) => boolean): HeldReason | null {
    const faults = rsp.faults.filter(({ record }) => !tolerated(record));
    if (faults.length > 0) return { code: 'RET-040', details: { n: faults.length } };
    const { flowKind } = rsp.source;
    return FLOWS[this.mode].includes(flowKind) ? null : { code: 'RET-042', details: { m: flowKind === '' ? 'R' : flowKind } };
  }

  private async bookAll(
    session: StoreSession,
    remittanceId: string,
    draft: RemittanceDraft,
    at: string,
  ): Promise<{ readonly parts: number; readonly open: number }> {
    const matcher = new LineMatcher(session);
    const tally = { parts: 0, open: 0 };
    for (const [rank, line] of draft.lines.entries()) {
      if (rank % LINES_A_TURN === LINES_A_TURN - 1) await turn();
      const match: Match = await matcher.match(line);
      const open = 'cause' in match;
      const id = await session.thirdParty.lines.insert({
        ...line,
        remittanceId,
        status: open ? 'open' : 'matched',
        cause: open ? match.cause : null,
      });
      if (open) {
        tally.open += 1;
        if (match.cause === 'not-sent') await holdAnswered(session, line, at);
        continue;
      }
      tally.parts += 1;
      await this.bookOne(session, { ...line, id, remittanceId }, match, valueDateOf(line, draft), at);
    }
    return tally;
  }

  private async bookOne(
    session: StoreSession,
    line: DraftLine & Pick<StoredLine, 'id' | 'remittanceId'>,
    { invoice, part }: MatchedPart,
    valueDate: string,
    at: string,
  ): Promise<void> {
    if (invoice.amoState === 'UNCERTAIN' || invoice.amcState === 'UNCERTAIN') await proveArrival(session, invoice, at);
    // A line is undone alone: taking a whole remittance back because of one of its lines would reopen the others.
    const frame = { at, valueDate, actor: 'external', lineId: line.id, batch: `line-${line.id}`, note: null };
    await book(session, this.ids, { invoiceId: invoice.id, part }, entriesOf(line), frame);
    await this.settling.settle(session, invoice.id, part, { at, actor: 'external', event: 'rsp', backwards: false });
  }
}

/** A payer answers an invoice that, for us, has not left: one of the two sides is wrong, and it must not leave before a person has looked (decision 0004). */
async function holdAnswered(session: StoreSession, { billingNumber, number }: DraftLine, at: string): Promise<void> {
  const invoice = await session.invoices.byNumber(billingNumber ?? '', number ?? '');
  if (invoice === null || (invoice.amoState !== 'READY' && invoice.amcState !== 'READY')) return;
  await session.invoices.update(invoice.id, {
    ...stepPartsWherePossible(invoice, 'HELD'),
    held: { code: 'RET-043', details: { n: invoice.number } },
  });
  await session.journal.append({
    at,
    actor: 'external',
    entity: 'invoice',
    entityId: invoice.id,
    event: 'answered-before-sending',
    from: 'READY',
    to: 'HELD',
    detail: { code: 'RET-043' },
  });
}

/** Day of the transfer that pays a line, else the file's. */
export function valueDateOf(
  { transfer }: Pick<DraftLine, 'transfer'>,
  { transfers, fileDate }: { readonly transfers: readonly StoredTransfer[]; readonly fileDate: string },
): string {
  return (transfer === null ? undefined : transfers[transfer]?.date) ?? fileDate;
}
