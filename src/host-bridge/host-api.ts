/** What an add-in may ask of its host. Every call is checked against the capabilities of the manifest before it leaves. */
import { BridgeError } from './bridge-error';
import {
  BadgeNotification,
  CommandStateNotification,
  HostInfoRequest,
  NotifyNotification,
  OfferUnacknowledgedNotification,
  OpenWindowNotification,
  ProgressNotification,
  type Badge,
  type HostInfo,
  type HostNotice,
  type NotificationType,
  type RequestType,
} from './host-messages';
import type { Capability, Manifest } from './manifest';

/** How the API reaches the host; {@link Connection} is the real one. */
export interface HostChannel {
  notify<TParams>(type: NotificationType<TParams>, params: TParams): Promise<void>;
  request<TParams, TResult>(type: RequestType<TParams, TResult>, params: TParams, options?: { timeoutMs?: number }): Promise<TResult>;
}

/** One piece of work whose progress the host shows. Counts count the same things (lots, mails …). */
export interface ProgressReporter {
  report(step: { message?: string; done?: number; total?: number }): Promise<void>;
  end(message?: string): Promise<void>;
}

const LOOPBACK_HOSTS = new Set(['127.0.0.1', 'localhost', '[::1]']);
const HOST_INFO_TIMEOUT_MS = 5000;

export class HostApi {
  #lastProgress = 0;

  constructor(
    private readonly channel: HostChannel,
    private readonly manifest: Manifest,
  ) {}

  /** Shows a sign on a command's icon, or takes it away (`text: null`). @throws BridgeError `capability`, `not-contributed`, `closed`, `busy` */
  async setBadge(badge: Badge): Promise<void> {
    this.#need('badge');
    this.#needCommand(badge.command);
    await this.channel.notify(BadgeNotification, badge);
  }

  /** Shows a message to the person at the host. @throws BridgeError `capability`, `not-contributed` (of an action), `closed`, `busy` */
  async notify(notice: HostNotice): Promise<void> {
    this.#need('notifications');
    for (const action of notice.actions ?? []) this.#needCommand(action.command);
    await this.channel.notify(NotifyNotification, notice);
  }

  /** Begins to show progress. @throws BridgeError `capability`, `closed`, `busy` */
  async progress(title: string, total?: number): Promise<ProgressReporter> {
    this.#need('progress');
    const id = `p${++this.#lastProgress}`;
    await this.channel.notify(ProgressNotification, { id, phase: 'begin', title, ...(total === undefined ? {} : { total, done: 0 }) });
    let open = true;
    return {
      report: async (step) => {
        if (open) await this.channel.notify(ProgressNotification, { id, phase: 'report', ...step });
      },
      end: async (message) => {
        if (!open) return;
        open = false;
        await this.channel.notify(ProgressNotification, { id, phase: 'end', ...(message === undefined ? {} : { message }) });
      },
    };
  }

  /** Asks the host to open a page of this machine. @throws BridgeError `capability`; also for any address that is not http on the loopback interface */
  async openWindow(url: string, title: string): Promise<void> {
    this.#need('windows');
    const address = URL.canParse(url) ? new URL(url) : null;
    const local = address !== null && address.protocol === 'http:' && LOOPBACK_HOSTS.has(address.hostname);
    if (!local || address.username !== '' || address.password !== '')
      throw new BridgeError('capability', 'Only a page of this machine can be opened');
    await this.channel.notify(OpenWindowNotification, { url, title });
  }

  /** Asks the host to offer again what it has no acknowledgement for. @throws BridgeError `capability`, `not-contributed` */
  async requestUnacknowledged(hook: string): Promise<void> {
    this.#need('hooks');
    if (!this.manifest.contributes.hooks.some((entry) => entry.hook === hook)) {
      throw new BridgeError('not-contributed', 'The manifest does not contribute this hook');
    }
    await this.channel.notify(OfferUnacknowledgedNotification, { hook });
  }

  /** Who the host is and how much it still holds. Not to be waited for inside a hook or command: the host may be waiting for us. */
  async hostInfo(): Promise<HostInfo> {
    return this.channel.request(HostInfoRequest, {}, { timeoutMs: HOST_INFO_TIMEOUT_MS });
  }

  /** Tells the host that a command became enabled or disabled; called by the command registry. */
  async commandState(command: string, enabled: boolean, reason?: string): Promise<void> {
    await this.channel.notify(CommandStateNotification, { command, enabled, ...(reason === undefined ? {} : { reason }) });
  }

  #need(capability: Capability): void {
    if (!this.manifest.capabilities.includes(capability)) {
      throw new BridgeError('capability', `The manifest does not ask for the capability ${capability}`, { capability });
    }
  }

  #needCommand(command: string): void {
    if (!this.manifest.contributes.commands.some((entry) => entry.command === command)) {
      throw new BridgeError('not-contributed', 'The manifest does not contribute this command');
    }
  }
}
