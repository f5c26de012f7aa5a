/** The server-sent events of every open page. */
import type { ServerResponse } from 'node:http';
import type { WindowEvents } from '../protocol';

/** Pages that may listen at the same time. */
export const MOST_LISTENERS = 32;
/** A page that does not read is let go when this much waits for it. */
const MOST_WAITING_BYTES = 1_048_576;
const HEARTBEAT_MS = 15_000;
/** Changes that follow each other closely are told once. */
const CHANGE_DELAY_MS = 100;

export class EventHub {
  private readonly listeners = new Set<ServerResponse>();
  private readonly heartbeat: NodeJS.Timeout;
  private pendingChange: NodeJS.Timeout | null = null;

  constructor(private readonly hello: WindowEvents['hello']) {
    this.heartbeat = setInterval(() => {
      for (const listener of this.listeners) this.write(listener, ': ok\n\n');
    }, HEARTBEAT_MS);
    this.heartbeat.unref();
  }

  get full(): boolean {
    return this.listeners.size >= MOST_LISTENERS;
  }

  /** Takes over `response`, whose headers have not been sent; it ends with the page's connection or with {@link close}. */
  add(response: ServerResponse, headers: Readonly<Record<string, string>>): void {
    response.writeHead(200, { ...headers, 'content-type': 'text/event-stream; charset=utf-8', connection: 'keep-alive' });
    this.listeners.add(response);
    response.on('close', () => this.listeners.delete(response));
    response.on('error', () => this.listeners.delete(response));
    this.write(response, 'retry: 2000\n\n');
    this.send(response, 'hello', this.hello);
  }

  publish<E extends keyof WindowEvents>(event: E, data: WindowEvents[E]): void {
    for (const listener of this.listeners) this.send(listener, event, data);
  }

  /** Says that something changed, once for many changes in a row. */
  publishChange(): void {
    this.pendingChange ??= setTimeout(() => {
      this.pendingChange = null;
      this.publish('changed', {});
    }, CHANGE_DELAY_MS);
  }

  close(): void {
    clearInterval(this.heartbeat);
    if (this.pendingChange !== null) clearTimeout(this.pendingChange);
    for (const listener of this.listeners) listener.end();
    this.listeners.clear();
  }

  private send<E extends keyof WindowEvents>(listener: ServerResponse, event: E, data: WindowEvents[E]): void {
    this.write(listener, `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  }

  private write(listener: ServerResponse, text: string): void {
    if (listener.writableLength > MOST_WAITING_BYTES) {
      this.listeners.delete(listener);
      listener.destroy();
      return;
    }
    listener.write(text);
  }
}
