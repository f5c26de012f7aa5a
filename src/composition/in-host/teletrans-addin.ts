/** The add-in as the host sees it: its commands, its hooks, its badge. The host's words stop here; the application never hears of them. */
import type { Addin, AddinContext } from '../../host-bridge/activation';
import type { HostApi } from '../../host-bridge/host-api';
import { hookType } from '../../host-bridge/hooks';
import { correlated } from '../../teletrans/diagnostics/correlation';
import type { ClockReference } from '../../teletrans/diagnostics/health/sources';
import type { Logger } from '../../teletrans/diagnostics/logger';
import type { Window } from '../../teletrans/window/server/create-window';
import { workAtOpening, startAutomaticWork } from '../automatic-work';
import type { OpenPractice } from '../container';
import { TOKENS } from '../tokens';
import { openWindow } from '../window';
import { CardReminder } from './card-reminder';
import { closeDay, type DayCloseAnswer } from './day-close';
import { checkHost } from './host-checks';
import { HEALTH_CHECK, hostHealth } from './host-health';
import { HostPrints } from './host-prints';
import { badgeFor, OPEN_COMMAND } from './telephone-badge';

const STORED = hookType<unknown, { taken: string }>('invoice.stored');
const DAY_CLOSING = hookType<{ date?: string }, DayCloseAnswer>('day.closing');

/** The host waits two minutes at the most; it is answered before. */
const DAY_CLOSE_BOUND_MS = 90_000;
/** Changes come in bursts; the icon follows them at this pace. */
const BADGE_PACE_MS = 250;
/** A new day is noticed within this time. */
const DAY_PACE_MS = 60_000;

/** An older host gives no time: then there is none to compare with. */
async function askHostClock(host: HostApi): Promise<ClockReference | null> {
  try {
    return { source: 'LOGOSw', aheadSeconds: -(await host.clockSkewMs()) / 1000 };
  } catch {
    return null;
  }
}

export class TeletransAddin implements Addin {
  private practice: OpenPractice | null = null;
  /** Opened by the first call; two at one time share it. */
  private window: Promise<Window> | null = null;
  private badgeTimer: NodeJS.Timeout | null = null;
  /** How far the host's clock was ahead at activation, ms; null while it has not said. */
  private hostSkewMs: number | null = null;

  constructor(private readonly openPractice: () => Promise<OpenPractice>) {}

  async activate(context: AddinContext): Promise<void> {
    const practice = await this.openPractice();
    this.practice = practice;
    const { teletrans } = practice;
    const logger = practice.container.resolve(TOKENS.logger);
    const { commands, hooks, host, subscriptions } = context;
    subscriptions.add(hooks.register(STORED, (document) => correlated(async () => ({ taken: await teletrans.take(document) }))));
    const reminder = this.remindOfCard(context, practice, logger);
    subscriptions.add(
      hooks.register(DAY_CLOSING, () =>
        correlated(async () => {
          const answer = await closeDay(teletrans, DAY_CLOSE_BOUND_MS, 'nobody');
          // A reminder that cannot be kept does not change what the host is told.
          await reminder.dayClosed(answer.outcome).catch((error: unknown) => logger.log('warn', 'host.reminder-failed', { error }));
          return answer;
        }),
      ),
    );
    subscriptions.add(
      commands.register(OPEN_COMMAND, async () => {
        const url = await this.freshAddress(practice);
        await host.openWindow(url, context.commands.title(OPEN_COMMAND));
        return { opened: true };
      }),
    );
    subscriptions.add(
      commands.register('teletrans.transmettre', () => correlated(() => closeDay(teletrans, DAY_CLOSE_BOUND_MS, 'person'))),
    );
    subscriptions.add(
      commands.register('teletrans.verrouiller', () =>
        correlated(async () => {
          await teletrans.closeCard(true);
          return { locked: true };
        }),
      ),
    );
    subscriptions.add(commands.register('teletrans.relever', () => correlated(() => teletrans.collect(() => undefined))));
    practice.container.registerInstance(TOKENS.printService, { service: new HostPrints(host) });
    practice.container.registerInstance(TOKENS.hostClock, () => askHostClock(host));
    subscriptions.add(context.health.register(HEALTH_CHECK, () => correlated(() => hostHealth(practice.container, this.hostSkewMs))));
    this.followWithBadge(context, practice, logger);
    subscriptions.add({ dispose: startAutomaticWork(practice) });
    workAtOpening(practice);
    practice.container.resolve(TOKENS.store).expectHandOvers();
    logger.log('info', 'host.activated');
    await host.requestUnacknowledged(STORED.hook);
    await reminder.resume();
    const { practitioners } = practice.container.resolve(TOKENS.practice);
    // Not waited for: the host answers only once it has our own answer.
    checkHost(host, teletrans, practitioners)
      .then((skewMs) => void (this.hostSkewMs = skewMs))
      .catch((error: unknown) => logger.log('warn', 'host.check-failed', { error }));
  }

  private remindOfCard(context: AddinContext, { container, teletrans }: OpenPractice, logger: Logger): CardReminder {
    const title = context.commands.title(OPEN_COMMAND);
    const reminder = new CardReminder(container.resolve(TOKENS.store), teletrans, container.resolve(TOKENS.clock), context.host, title);
    const follow = (): void => {
      if (context.signal.aborted) return;
      reminder.follow().catch((error: unknown) => logger.log('warn', 'host.reminder-failed', { error }));
    };
    const timer = setInterval(follow, DAY_PACE_MS);
    timer.unref();
    context.subscriptions.add({ dispose: () => clearInterval(timer) });
    context.subscriptions.add({ dispose: teletrans.onChange(follow) });
    return reminder;
  }

  async deactivate(): Promise<void> {
    if (this.badgeTimer !== null) clearTimeout(this.badgeTimer);
    await this.window?.then(
      (window) => window.close(),
      () => undefined,
    );
    await this.practice?.dispose();
  }

  private async freshAddress(practice: OpenPractice): Promise<string> {
    if (this.window !== null) return (await this.window).newUrl();
    this.window = openWindow(practice.container);
    try {
      return (await this.window).url;
    } catch (error) {
      this.window = null;
      throw error;
    }
  }

  private followWithBadge(context: AddinContext, { teletrans, container }: OpenPractice, logger: Logger): void {
    const diagnostics = container.resolve(TOKENS.diagnosticsSwitch);
    const show = async (): Promise<void> => {
      this.badgeTimer = null;
      await context.host.setBadge(
        badgeFor(await teletrans.pendingCounts(), diagnostics.state.state === 'on' ? diagnostics.state.until : null),
      );
    };
    const later = (): void => {
      if (context.signal.aborted) return;
      this.badgeTimer ??= setTimeout(() => {
        show().catch((error: unknown) => logger.log('warn', 'host.badge-failed', { error }));
      }, BADGE_PACE_MS);
    };
    const stop = teletrans.onChange(later);
    context.subscriptions.add({ dispose: stop });
    context.subscriptions.add({ dispose: diagnostics.onChange(later) });
    later();
  }
}
