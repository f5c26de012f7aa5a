/**
 * The balance of each invoice part is that of a simple model, to the centime, whatever the order in which invoices, acknowledgements and payment returns come, and
 * however often each return comes.
 */
import fc from 'fast-check';
import type { RspInvoiceContent, RspPartContent } from '../../../src/teletrans/formats/noemie/rsp-writer';
import { about, AMC, openDesk, rspOf, type Desk } from './desk';

interface InvoicePlan {
  readonly kind: 'FSE' | 'DRE';
  readonly amo: number;
  readonly amc: number;
  readonly arl: '0000' | 'L004' | null;
  readonly inDoubt: boolean;
}

interface AnswerPlan {
  /** Rank of the invoice; one more than there are: an invoice nobody knows. */
  readonly invoice: number;
  readonly amo: RspPartContent | null;
  readonly amc: RspPartContent | null;
}

type Event = { readonly what: 'invoice' | 'arl'; readonly rank: number } | { readonly what: 'rsp'; readonly rank: number };

const centimes = fc.integer({ min: 0, max: 99_999 });
const partAnswer: fc.Arbitrary<RspPartContent> = fc.oneof(
  centimes.map((paid) => ({ requested: paid, state: 'P' as const, paid })),
  fc.tuple(centimes, centimes).map(([requested, paid]) => ({ requested, state: 'P' as const, paid })),
  centimes.map((paid) => ({ requested: paid, state: 'P' as const, paid, sign: 'N' as const })),
  fc.constantFrom('R' as const, 'D' as const, '' as const).map((state) => ({ requested: 100, state, paid: 0 })),
);
const answerPlan: fc.Arbitrary<AnswerPlan> = fc.record({
  invoice: fc.nat({ max: 3 }),
  amo: fc.option(partAnswer),
  amc: fc.option(partAnswer),
});
const scenario = fc
  .record({
    invoices: fc.array(
      fc.record<InvoicePlan>({
        kind: fc.constantFrom('FSE', 'DRE'),
        amo: centimes,
        amc: centimes,
        arl: fc.constantFrom('0000', 'L004', null),
        inDoubt: fc.boolean(),
      }),
      { minLength: 1, maxLength: 3 },
    ),
    returns: fc.array(fc.array(answerPlan, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 4 }),
  })
  .chain(({ invoices, returns }) => {
    const once: Event[] = [
      ...invoices.flatMap((_, rank): Event[] => [
        { what: 'invoice', rank },
        { what: 'arl', rank },
      ]),
      ...returns.map((_, rank): Event => ({ what: 'rsp', rank })),
    ];
    const twice = returns.map((_, rank): Event => ({ what: 'rsp', rank }));
    const orders = fc.shuffledSubarray([...once, ...twice], { minLength: once.length + twice.length });
    return fc.record({ invoices: fc.constant(invoices), returns: fc.constant(returns), first: orders, second: orders });
  });

const ANSWERED = ['PAID', 'PART_PAID', 'REVERSED', 'REJECTED'];

/** The independent model: what was asked, less every answer about it, counted once. */
function model(invoices: readonly InvoicePlan[], returns: readonly (readonly AnswerPlan[])[]): Map<string, number> {
  const due = new Map<string, number>();
  invoices.forEach(({ kind, amo, amc }, rank) => {
    if (kind === 'FSE') due.set(`${rank} amo`, amo);
    if (kind === 'DRE' || amc > 0) due.set(`${rank} amc`, amc);
  });
  for (const answer of returns.flat()) {
    for (const part of ['amo', 'amc'] as const) {
      const said = answer[part];
      const before = due.get(`${answer.invoice} ${part}`);
      if (said !== null && before !== undefined)
        due.set(`${answer.invoice} ${part}`, before - (said.sign === 'N' ? -said.paid : said.paid));
    }
  }
  return due;
}

describe('the books', () => {
  let desk: Desk;
  let serial = 0;
  beforeAll(async () => {
    desk = await openDesk();
  });
  afterAll(() => desk.close());

  async function play(
    invoices: readonly InvoicePlan[],
    returns: readonly (readonly AnswerPlan[])[],
    order: readonly Event[],
  ): Promise<{ readonly due: Map<string, number>; readonly states: readonly string[] }> {
    const first = (serial += 10) * 10;
    const number = (rank: number): string => String(first + rank).padStart(9, '0');
    const known = invoices.length;
    const files = returns.map((answers) =>
      rspOf(
        answers.map(({ invoice, amo, amc }): RspInvoiceContent => {
          const plan = invoices[invoice];
          return about(number(invoice < known ? invoice : 9), {
            kind: plan?.kind === 'DRE' ? 'D' : 'F',
            ...(amo === null ? {} : { amo }),
            ...(amc === null ? {} : { amc: { ...amc, amcNumber: AMC } }),
          });
        }),
      ),
    );
    const ids = new Map<number, string>();
    for (const { what, rank } of order) {
      const plan = invoices[rank];
      if (what === 'rsp') await desk.receive(files[rank] ?? Buffer.alloc(0));
      else if (what === 'invoice' && plan !== undefined) {
        const { kind, amo, amc, inDoubt } = plan;
        ids.set(rank, await desk.sent({ number: number(rank), kind, amo, amc, state: inDoubt ? 'UNCERTAIN' : 'SENT' }));
      } else if (plan?.arl != null && ids.has(rank)) await desk.arl(number(rank), plan.arl);
    }
    // The last collection of the day: what came before its invoice is booked now.
    await desk.returns.applySpooled();
    const due = new Map<string, number>();
    const states: string[] = [];
    for (const [rank, { kind, amc }] of invoices.entries()) {
      const id = ids.get(rank) ?? '';
      if (kind === 'FSE') due.set(`${rank} amo`, await desk.due(id, 'amo'));
      if (kind === 'DRE' || amc > 0) due.set(`${rank} amc`, await desk.due(id, 'amc'));
      // Between payer's answers, when the ARL came shows in the state; once a payer has answered, nothing of the order may.
      states.push(...(await desk.state(id)).map((state) => (state !== null && ANSWERED.includes(state) ? state : '-')));
    }
    await checkSums();
    return { due, states };
  }

  /** The sums kept beside the claims are those of the ledger; and the lines of every remittance add up to it. */
  async function checkSums(): Promise<void> {
    await desk.store.read(async ({ thirdParty }) => {
      const entries = await thirdParty.ledger.money();
      const every = await thirdParty.claims.select({}, { key: 'sent', descending: false });
      for (const claim of await thirdParty.claims.rows([...every])) {
        const own = entries.filter(({ invoiceId, part }) => invoiceId === claim.invoiceId && part === claim.part);
        expect(claim.paid).toBe(own.reduce((sum, { amount }) => sum + amount, 0));
      }
      const booked = entries.reduce((sum, { amount }) => sum + amount, 0);
      const lines = await thirdParty.lines.list();
      const matched = lines.filter(({ status }) => status === 'matched').reduce((sum, { amount }) => sum + amount, 0);
      const total = (await thirdParty.remittances.list()).reduce((sum, remittance) => sum + remittance.total, 0);
      expect(matched).toBe(booked);
      expect(lines.reduce((sum, { amount }) => sum + amount, 0)).toBe(total);
    });
  }

  it('are the same whatever the order of arrival, and those of the model', async () => {
    await fc.assert(
      fc.asyncProperty(scenario, async ({ invoices, returns, first, second }) => {
        const expected = model(invoices, returns);
        const one = await play(invoices, returns, first);
        const other = await play(invoices, returns, second);
        expect(one.due).toEqual(expected);
        expect(other.due).toEqual(expected);
        expect(other.states).toEqual(one.states);
      }),
      { numRuns: 40 },
    );
  }, 120_000);
});
