/** The terminal: JSON alone on standard output, words for people on standard error (contract § 3). */
import { once } from 'node:events';
import type { Explained, Progress } from '../../teletrans/application/port';

const STEPS: Readonly<Record<Progress['step'], string>> = {
  collecting: 'Relève des retours',
  checking: 'Contrôle des factures',
  grouping: 'Lots formés',
  sealing: 'Lots sécurisés',
  freezing: 'Fichiers préparés',
  sending: 'Fichiers envoyés',
};

export class Terminal {
  private lineOpen = false;
  private lastShown = '';

  constructor(
    private readonly out: NodeJS.WritableStream & { readonly isTTY?: boolean },
    private readonly err: NodeJS.WritableStream & { readonly isTTY?: boolean },
  ) {}

  /** One JSON document, alone on standard output. */
  json(value: unknown): void {
    this.out.write(`${JSON.stringify(value)}\n`);
  }

  /** A line of the answer, on standard output. */
  print(line: string): void {
    this.endLine();
    this.out.write(`${line}\n`);
  }

  /** Lines of a long answer, on standard output: waits until a slow reader (a pager) has taken them, so that they do not pile up in memory. */
  async printed(lines: readonly string[]): Promise<void> {
    this.endLine();
    if (!this.out.write(`${lines.join('\n')}\n`)) await once(this.out, 'drain');
  }

  /** A line for the person, on standard error. */
  say(line: string): void {
    this.endLine();
    this.err.write(`${line}\n`);
  }

  /** An error or a reason: what happened, then what to do. */
  explain({ code, message, action }: Explained): void {
    this.say(`${message} (${code})`);
    if (action !== '') this.say(`→ ${action}`);
  }

  /** Progress on one line of a terminal; in a file, one line a step. */
  progress({ step, done, total }: Progress): void {
    if (total === 0) return;
    this.count(STEPS[step], done, total);
  }

  count(label: string, done: number, total: number | null): void {
    const text = total === null ? `${label} : ${done}` : `${label} : ${done}/${total}`;
    if (this.err.isTTY === true) {
      this.err.write(`\r\u001b[K${text}`);
      this.lineOpen = true;
    } else if (done === total && text !== this.lastShown) {
      this.err.write(`${text}\n`);
    }
    this.lastShown = text;
  }

  private endLine(): void {
    if (this.lineOpen) this.err.write('\n');
    this.lineOpen = false;
  }
}
