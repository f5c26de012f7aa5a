/** `vitale etat [--facture N]`: where everything stands. */
import { readStateWords } from '../../../teletrans/window/server/read-state-words';
import type { InvoiceView, Overview } from '../../../teletrans/application/port';
import type { Archives, FoundInvoice } from '../../../teletrans/archive/port';
import { UNSENT } from '../../../teletrans/domain/invoice-groups';
import { shownState } from '../../../teletrans/domain/paper-sheet';
import { stateWordsFile } from '../../installation';
import { TOKENS } from '../../tokens';
import { textOption, type Command } from '../command';
import { EXIT } from '../exit-codes';

export const etat: Command = {
  name: 'etat',
  usage: 'etat [--facture N]',
  summary: 'dit où en sont les factures, les lots et les fichiers',
  options: { facture: 'string' },
  async run(call) {
    const { teletrans, container } = await call.open();
    const number = textOption(call, 'facture');
    const shown = narrow(await teletrans.overview(), number);
    const archived = number === null || shown.invoices.length > 0 ? [] : await archivedUnder(container.resolve(TOKENS.archives), number);
    if (call.json) {
      call.terminal.json({
        invoices: [...shown.invoices.map(publicInvoice), ...archived.map(publicArchived)],
        lots: shown.lots,
        files: shown.files,
        stops: shown.stops,
      });
      return EXIT.done;
    }
    const words = await readStateWords(stateWordsFile(container.resolve(TOKENS.installation)));
    for (const stop of shown.stops) call.terminal.explain(stop);
    for (const invoice of shown.invoices) {
      const { number, kind, practitioner, state, sheet } = invoice;
      call.terminal.print(
        `${number} ${kind} praticien ${practitioner} : ${words.invoice[shownState(state, sheet)].word}${deadlineOf(invoice)}`,
      );
      if (invoice.held !== null) call.terminal.print(`    ${invoice.held.message} (${invoice.held.code})`);
    }
    for (const { number: own, kind, practitioner, completedOn, archive } of archived)
      call.terminal.print(
        `${own} ${kind} praticien ${practitioner} : ${words.invoice.ARCHIVED.word}, archive ${archive} (soins du ${french(completedOn)})`,
      );
    if (shown.invoices.length + archived.length === 0) call.terminal.print('Aucune facture.');
    for (const advice of shown.advice) call.terminal.explain(advice);
    return EXIT.done;
  },
};

const french = (date: string): string => date.split('-').reverse().join('/');

/** Invoices of this number that a purge has archived, as their archives have them. */
async function archivedUnder(archives: Archives, number: string): Promise<readonly FoundInvoice[]> {
  return (await archives.search(number)).filter((found) => found.number === number.padStart(9, '0'));
}

/** The parts as they were before; their legal delay is long past and was kept or not then. */
function publicArchived({ number, kind, practitioner, amo, amc, archive }: FoundInvoice): unknown {
  return { number, kind, practitioner, state: 'ARCHIVED', amo, amc, lot: null, deadline: null, late: false, archive };
}

/** Only what concerns one invoice number, when one is given. */
function narrow(overview: Overview, number: string | null): Overview {
  if (number === null) return overview;
  const invoices = overview.invoices.filter((invoice) => invoice.number === number);
  const lots = overview.lots.filter((lot) => invoices.some((invoice) => invoice.lotId === lot.id));
  const files = overview.files.filter((file) => lots.some((lot) => lot.fileId === file.id));
  return { ...overview, invoices, lots, files, advice: [] };
}

/** The legal date, as long as the invoice has not left. */
function deadlineOf(invoice: InvoiceView): string {
  if (!UNSENT.has(invoice.state)) return '';
  const date = french(invoice.deadline);
  return invoice.late ? ` – délai légal dépassé (${date})` : `, avant le ${date}`;
}

function publicInvoice(invoice: InvoiceView): unknown {
  const { number, kind, practitioner, state, amo, amc, lot, deadline, late, sheet } = invoice;
  return { number, kind, practitioner, state, amo, amc, lot, deadline, late, ...(sheet === null ? {} : { sheet }) };
}
