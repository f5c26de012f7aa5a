/** A person at the main window: does over HTTP exactly what the page does, with the same one-time address, cookie and checks. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Progress, ReturnsReport, TransmitReport } from '../teletrans/application/port';
import { readShownLists, type ShownLists } from './shown-lists';
import type { ApiError, VirtualCards, WorkAnswer, WorkView } from '../teletrans/window/protocol';

const POLL_MS = 40;

export class Person {
  private constructor(
    private readonly origin: string,
    private readonly cookie: string,
  ) {}

  /** Opens the window's one-time address. */
  static async open(url: string): Promise<Person> {
    const answer = await fetch(url, { redirect: 'manual' });
    const cookie = answer.headers.getSetCookie()[0]?.split(';')[0];
    if (answer.status !== 303 || cookie === undefined) throw new Error(`the window did not open (${answer.status})`);
    return new Person(new URL(url).origin, cookie);
  }

  /** Looks through the three lists. */
  lists(): Promise<ShownLists> {
    return readShownLists((path, body) => this.post(path, body));
  }

  /** Puts the card of a file in the virtual reader. */
  async insertCard(file: string): Promise<void> {
    const cards = await this.get<VirtualCards>('/api/cards');
    if (cards?.some((card) => card.file === file) !== true) throw new Error(`no such card: ${file}`);
    await this.post('/api/card/insert', { file });
  }

  /** Types the code porteur. */
  async typeCode(code: string): Promise<void> {
    await this.request('/api/card/open', Buffer.from(code, 'latin1'), 'application/octet-stream');
  }

  /** Leaves the opened card in use for the close of the day. */
  async keepCardOpen(minutes: number): Promise<void> {
    await this.post('/api/card/keep', { minutes });
  }

  /** Presses « Transmettre » and waits for the end. */
  async transmit(practitioner: string, onProgress: (progress: Progress) => void): Promise<TransmitReport> {
    const work = await this.finish(await this.post<WorkAnswer>('/api/transmit', { praticien: practitioner, situation: null }), onProgress);
    if (work.report === null) throw new Error(work.error?.message ?? 'no report');
    return work.report;
  }

  /** Presses « Relever les retours » and waits for the end. */
  async collect(): Promise<ReturnsReport> {
    const work = await this.finish(await this.post<WorkAnswer>('/api/collect'), () => undefined);
    if (work.returns === null) throw new Error(work.error?.message ?? 'no returns');
    return work.returns;
  }

  /** Presses « Imprimer avec LOGOSw ». @param path address of the print, e.g. `/api/print/returns`. */
  async printWithHost(path: string): Promise<void> {
    await this.post(path);
  }

  private async finish({ work: started }: WorkAnswer, onProgress: (progress: Progress) => void): Promise<WorkView> {
    for (;;) {
      const { work } = await this.get<WorkAnswer>('/api/transmission');
      if (work === null || work.id !== started?.id) throw new Error('the work is not the one that was started');
      if (work.progress !== null) onProgress(work.progress);
      if (work.endedAt !== null) return work;
      await sleep(POLL_MS);
    }
  }

  private async get<T>(path: string): Promise<T> {
    const answer = await fetch(this.origin + path, { headers: { cookie: this.cookie } });
    return this.read<T>(answer);
  }

  private post<T>(path: string, body?: object): Promise<T> {
    return body === undefined ? this.request<T>(path) : this.request<T>(path, JSON.stringify(body), 'application/json');
  }

  private async request<T>(path: string, body?: string | Buffer, type?: string): Promise<T> {
    const headers = { cookie: this.cookie, origin: this.origin, ...(type === undefined ? {} : { 'content-type': type }) };
    const answer = await fetch(this.origin + path, { method: 'POST', headers, ...(body === undefined ? {} : { body }) });
    return this.read<T>(answer);
  }

  private async read<T>(answer: Response): Promise<T> {
    const text = await answer.text();
    if (!answer.ok) throw new Error((JSON.parse(text) as ApiError).message);
    return (text === '' ? undefined : JSON.parse(text)) as T;
  }
}
