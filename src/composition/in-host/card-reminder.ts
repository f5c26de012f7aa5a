/**
 * The morning after a day that closed without its card: the host shows once, and until it is done, that invoices wait for one. What was booked survives the end
 * of the process; it is over when nothing waits any more.
 */
import type { HostApi } from '../../host-bridge/host-api';
import type { Teletrans } from '../../teletrans/application/port';
import { localDate, type Clock } from '../../teletrans/domain/clock';
import type { Store } from '../../teletrans/store/port';
import type { DayCloseOutcome } from './day-close';
import { OPEN_COMMAND } from './telephone-badge';

const SETTING = 'host.card-reminder';
const NOTICE = 'card-reminder';

/** What of the host is needed. */
export type NoticeBoard = Pick<HostApi, 'notify' | 'withdrawNotice'>;

export class CardReminder {
  /** Date of the close that lacked a card, null when nothing is booked. */
  private booked: string | null = null;
  private shown = false;

  constructor(
    private readonly store: Pick<Store, 'read' | 'transaction'>,
    private readonly teletrans: Pick<Teletrans, 'pendingCounts' | 'explain'>,
    private readonly clock: Clock,
    private readonly board: NoticeBoard,
    private readonly buttonTitle: string,
  ) {}

  /** At activation: what an earlier process booked is shown at once. */
  async resume(): Promise<void> {
    const kept = await this.store.read((session) => session.settings.get(SETTING));
    this.booked = kept === null || kept === '' ? null : kept;
    if (this.booked !== null) await this.show();
  }

  /** After each close of the day. */
  async dayClosed(outcome: DayCloseOutcome): Promise<void> {
    if (outcome === 'needs-card') await this.keep(localDate(this.clock.now()));
  }

  /** Whenever something changed, and each minute: a new day shows what is booked; nothing left to send ends it. */
  async follow(): Promise<void> {
    if (this.booked === null) return;
    const { ready } = await this.teletrans.pendingCounts();
    if (ready === 0) await this.end();
    else if (!this.shown && localDate(this.clock.now()) > this.booked) await this.show();
  }

  private async show(): Promise<void> {
    const { ready } = await this.teletrans.pendingCounts();
    if (ready === 0) return this.end();
    this.shown = true;
    const { message, action } = this.teletrans.explain({ code: 'HOT-007', details: { n: ready } });
    await this.board.notify({
      id: NOTICE,
      severity: 'warning',
      message: `${message} ${action}`,
      actions: [{ title: this.buttonTitle, command: OPEN_COMMAND }],
    });
  }

  private async end(): Promise<void> {
    await this.keep(null);
    if (!this.shown) return;
    this.shown = false;
    await this.board.withdrawNotice(NOTICE);
  }

  private async keep(date: string | null): Promise<void> {
    await this.store.transaction((session) => session.settings.set(SETTING, date ?? ''));
    this.booked = date;
  }
}
