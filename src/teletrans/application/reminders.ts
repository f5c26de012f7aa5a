/** Reminder letters: which are due, and that they were sent. A letter is known by what stands in it, so that nothing is noted of a letter nobody has read. */
import { createHash } from 'node:crypto';
import type { Clock } from '../domain/clock';
import { VitaleError } from '../domain/errors';
import type { Store, StoreSession } from '../store/port';
import { totalOf } from '../third-party/totals';
import type { ClaimLists } from './claim-lists';
import type { ClaimView, ReminderLetter } from './third-party-port';

export class Reminders {
  constructor(
    private readonly parts: { readonly store: Store; readonly clock: Clock },
    private readonly lists: ClaimLists,
  ) {}

  /** In order of part, payer and practitioner. */
  due(): Promise<readonly ReminderLetter[]> {
    return this.parts.store.read((session) => this.dueIn(session));
  }

  /** Errors: RET-049. */
  async letter(id: string): Promise<ReminderLetter> {
    return theOne(await this.due(), id);
  }

  /** Notes it on every claim of the letters. Errors: RET-049. */
  async sent(session: StoreSession, ids: readonly string[], words: string): Promise<void> {
    const due = await this.dueIn(session);
    const at = this.parts.clock.now().toISOString();
    for (const { claims } of [...new Set(ids)].map((id) => theOne(due, id)))
      for (const { invoiceId, part } of claims)
        await session.thirdParty.followUps.add({ invoiceId, part, at, actor: 'person', kind: 'reminder', text: words });
  }

  private async dueIn(session: StoreSession): Promise<readonly ReminderLetter[]> {
    const { today } = this.lists.frame();
    const letters = new Map<string, ClaimView[]>();
    for (const claim of await this.lists.remindable(session)) {
      const key = JSON.stringify([claim.part, claim.payer, claim.practitioner]);
      const own = letters.get(key);
      if (own === undefined) letters.set(key, [claim]);
      else own.push(claim);
    }
    return [...letters]
      .map(([key, claims]): ReminderLetter => {
        const [part, payer, practitioner] = JSON.parse(key) as [ReminderLetter['part'], string, string];
        const penalty = claims.reduce((sum, claim) => sum + claim.penalty, 0);
        return { id: idOf(key, today, claims), part, payer, practitioner, date: today, claims, total: totalOf(claims), penalty };
      })
      .sort((a, b) => (a.part === b.part ? 0 : a.part < b.part ? -1 : 1));
  }
}

function theOne(letters: readonly ReminderLetter[], id: string): ReminderLetter {
  const letter = letters.find((one) => one.id === id);
  if (letter === undefined) throw new VitaleError('RET-049');
  return letter;
}

function idOf(key: string, today: string, claims: readonly ClaimView[]): string {
  const content = claims.map(({ invoiceId, part, due, penalty }) => [invoiceId, part, due, penalty]);
  return createHash('sha256')
    .update(JSON.stringify([key, today, content]))
    .digest('hex')
    .slice(0, 32);
}
