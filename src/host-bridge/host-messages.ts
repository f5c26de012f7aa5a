/**
 * What host and add-in say to each other: the name of each message and the shape of its JSON. docs/HOST-ABI.md explains them to the host's developers.
 * A request is answered by a reply of its result type or by an {@link ErrorPayload}.
 */

/** A request: its name on the wire and, for the compiler, what goes and what comes back. */
export interface RequestType<TParams, TResult> {
  readonly name: string;
  readonly _params?: TParams;
  readonly _result?: TResult;
}

export interface NotificationType<TParams> {
  readonly name: string;
  readonly _params?: TParams;
}

const request = <TParams, TResult>(name: string): RequestType<TParams, TResult> => ({ name });
const notification = <TParams>(name: string): NotificationType<TParams> => ({ name });

/** The payload of every error answer. `code` is stable, `message` may be shown to people. */
export interface ErrorPayload {
  readonly code: string;
  readonly message: string;
  readonly details?: Readonly<Record<string, string | number>>;
}

/** Who the host is. `language`: BCP 47. */
export interface HostIdentity {
  readonly name: string;
  readonly version: string;
  readonly language: string;
}

export interface HostInfo extends HostIdentity {
  /** How many documents the host holds that the add-in has not acknowledged. */
  readonly unacknowledged: number;
}

/** Host → add-in. */
export const ActivateRequest = request<{ event: string; host: HostIdentity }, { active: boolean; name: string; version: string }>(
  'addin.activate',
);
/** The bridge itself asks: whether the event loop turns. Any answer does. */
export const AliveRequest = request<Record<string, never>, Record<string, never>>('addin.alive');
export const DeactivateRequest = request<{ reason: string }, Record<string, never>>('addin.deactivate');
export const InvokeRequest = request<{ command: string; arguments?: unknown }, { result: unknown }>('command.invoke');
/** `key` is the host's own number for what it hands over; it comes back in no answer, the correlation does that. */
export const HookRequest = request<{ hook: string; key?: string; data: unknown }, HookAcknowledgement>('hook.call');

/** The host may forget what it handed over: the add-in has it. */
export interface HookAcknowledgement<TResult = unknown> {
  readonly acknowledged: true;
  readonly result: TResult;
}

/** What a health check found. `message`: one sentence in French. `details`: words and counts only. */
export interface HealthReport {
  readonly status: 'ok' | 'warning' | 'error';
  readonly message: string;
  readonly details?: Readonly<Record<string, string | number | boolean>>;
}
export const HealthRequest = request<{ check: string }, HealthReport>('health.check');

/** Add-in → host. */
export const HostInfoRequest = request<Record<string, never>, HostInfo>('host.info');

/** A practitioner of the practice as the host knows them. `id`: the host's own number. */
export interface HostPractitioner {
  readonly id: string;
  readonly name: string;
  /** Billing number, 9 digits, null when the host has none. */
  readonly billingNumber: string | null;
}

/** A file for the host's printer. `bytes`: base64. */
export interface PrintJob {
  /** One of the manifest's `contributes.print`. */
  readonly document: string;
  readonly title: string;
  readonly mediaType: string;
  readonly bytes: string;
}

export const PractitionersRequest = request<Record<string, never>, { practitioners: readonly HostPractitioner[] }>('host.practitioners');
/** `now`: the host's clock, ISO date-time with offset. */
export const ClockRequest = request<Record<string, never>, { now: string }>('host.clock');
export const PrintRequest = request<PrintJob, { printed: true }>('host.print');

export type BadgeSeverity = 'normal' | 'late' | 'incident';

/** The small sign on a command's icon. `text` null takes it away. */
export interface Badge {
  readonly command: string;
  readonly text: string | null;
  readonly severity: BadgeSeverity;
  readonly tooltip?: string;
}

export interface HostNotice {
  /** With an id the notice stays until it is withdrawn or the add-in ends; a new one with the same id takes its place. Without, the host shows it once. */
  readonly id?: string;
  readonly severity: 'info' | 'warning' | 'error';
  readonly message: string;
  /** Buttons; each invokes a command of this add-in. */
  readonly actions?: readonly { readonly title: string; readonly command: string }[];
}

/** Progress of one piece of work: `begin` once, `report` any number of times, `end` once. `done` and `total` count the same things. */
export interface Progress {
  readonly id: string;
  readonly phase: 'begin' | 'report' | 'end';
  readonly title?: string;
  readonly message?: string;
  readonly done?: number;
  readonly total?: number;
}

export const BadgeNotification = notification<Badge>('host.badge');
export const NotifyNotification = notification<HostNotice>('host.notify');
export const ProgressNotification = notification<Progress>('host.progress');
/** The host opens an address of this machine in a window of its own or in the browser. */
export const OpenWindowNotification = notification<{ url: string; title: string }>('host.openWindow');
/** The host offers again, through its hook, everything it has no acknowledgement for. */
export const OfferUnacknowledgedNotification = notification<{ hook: string }>('host.offerUnacknowledged');
/** How a command is to be shown. `reason`: why it is disabled, for people. */
export interface CommandState {
  readonly command: string;
  readonly visible: boolean;
  readonly enabled: boolean;
  readonly reason?: string;
}
export const CommandStateNotification = notification<CommandState>('host.commandState');
export const WithdrawNoticeNotification = notification<{ id: string }>('host.withdrawNotice');
/** The manifest was edited: the host reads it again, or is told what is wrong with it and keeps the one it has. */
export const ManifestChangedNotification = notification<
  { valid: true; restartNeeded: boolean } | { valid: false; problems: readonly string[] }
>('host.manifestChanged');
