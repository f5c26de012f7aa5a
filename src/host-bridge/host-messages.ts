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

/** Add-in → host. */
export const HostInfoRequest = request<Record<string, never>, HostInfo>('host.info');

export type BadgeSeverity = 'normal' | 'late' | 'incident';

/** The small sign on a command's icon. `text` null takes it away. */
export interface Badge {
  readonly command: string;
  readonly text: string | null;
  readonly severity: BadgeSeverity;
  readonly tooltip?: string;
}

export interface HostNotice {
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
export const CommandStateNotification = notification<{ command: string; enabled: boolean; reason?: string }>('host.commandState');
