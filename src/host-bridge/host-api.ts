/** What an add-in may ask of its host. Every call is checked against the capabilities of the manifest before it leaves. */
import { BridgeError } from './bridge-error';
import {
  BadgeNotification,
  ClockRequest,
  CommandStateNotification,
  HostInfoRequest,
  NotifyNotification,
  OfferUnacknowledgedNotification,
  OpenWindowNotification,
  PractitionersRequest,
  PrintRequest,
  ProgressNotification,
  WithdrawNoticeNotification,
  type Badge,
  type CommandState,
  type HostInfo,
  type HostNotice,
  type HostPractitioner,
  type NotificationType,
  type RequestType,
} from './host-messages';
import type { ManifestSource } from './live-manifest';
import type { Capability } from './manifest';

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
const ASK_TIMEOUT_MS = 5000;
const PRINT_TIMEOUT_MS = 60_000;

/** What an add-in gives to be printed; `bytes` of the media type, at most three quarters of what a message may hold. */
export interface Printable {
  readonly document: string;
  readonly title: string;
  readonly mediaType: string;
  readonly bytes: Buffer;
}

export class HostApi {
  #lastProgress = 0;

  constructor(
    private readonly channel: HostChannel,
    private readonly manifest: ManifestSource,
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
    if (!this.manifest.current.contributes.hooks.some((entry) => entry.hook === hook)) {
      throw new BridgeError('not-contributed', 'The manifest does not contribute this hook');
    }
    await this.channel.notify(OfferUnacknowledgedNotification, { hook });
  }

  /** Who the host is and how much it still holds. Not to be waited for inside a hook or command: the host may be waiting for us. */
  async hostInfo(): Promise<HostInfo> {
    return this.channel.request(HostInfoRequest, {}, { timeoutMs: ASK_TIMEOUT_MS });
  }

  /** The practitioners of the practice as the host knows them. @throws BridgeError `capability`, `remote`, `timeout`, `closed` */
  async practitioners(): Promise<readonly HostPractitioner[]> {
    this.#need('practitioners');
    const { practitioners } = await this.channel.request(PractitionersRequest, {}, { timeoutMs: ASK_TIMEOUT_MS });
    return practitioners;
  }

  /**
   * How far the host's clock is ahead of this machine's, ms (negative: behind), to within half the time the answer took.
   * @throws BridgeError `capability`, `bad-payload`, `remote`, `timeout`, `closed`
   */
  async clockSkewMs(now: () => number = Date.now): Promise<number> {
    this.#need('clock');
    const before = now();
    const answer = await this.channel.request(ClockRequest, {}, { timeoutMs: ASK_TIMEOUT_MS });
    const theirs = Date.parse(answer.now);
    if (Number.isNaN(theirs)) throw new BridgeError('bad-payload', 'The host gave no time');
    return Math.round(theirs - (before + now()) / 2);
  }

  /**
   * Prints a document of the manifest's `contributes.print`; resolves when the host has taken it for its printer.
   * @throws BridgeError `capability`, `not-contributed`, `too-large`, `remote` (no printer …), `timeout`, `closed`
   */
  async print({ document, title, mediaType, bytes }: Printable): Promise<void> {
    this.#need('print');
    if (!this.manifest.current.contributes.print.some((entry) => entry.document === document))
      throw new BridgeError('not-contributed', 'The manifest does not contribute this document');
    await this.channel.request(
      PrintRequest,
      { document, title, mediaType, bytes: bytes.toString('base64') },
      { timeoutMs: PRINT_TIMEOUT_MS },
    );
  }

  /** Takes a notice with an id away again. @throws BridgeError `capability`, `closed`, `busy` */
  async withdrawNotice(id: string): Promise<void> {
    this.#need('notifications');
    await this.channel.notify(WithdrawNoticeNotification, { id });
  }

  /** How a command is to be shown; called by the command registry. */
  async commandState(state: CommandState): Promise<void> {
    await this.channel.notify(CommandStateNotification, state);
  }

  #need(capability: Capability): void {
    if (!this.manifest.current.capabilities.includes(capability)) {
      throw new BridgeError('capability', `The manifest does not ask for the capability ${capability}`, { capability });
    }
  }

  #needCommand(command: string): void {
    if (!this.manifest.current.contributes.commands.some((entry) => entry.command === command)) {
      throw new BridgeError('not-contributed', 'The manifest does not contribute this command');
    }
  }
}
