/** `vitale tiers-payant`: what payers owe, by payer and age; the list of it, part by part; and the bank reconciliation. */
import { writeFile } from 'node:fs/promises';
import type { OwedRow, Total } from '../../../teletrans/application/third-party-port';
import { VitaleError } from '../../../teletrans/domain/errors';
import { formatEuros } from '../../../teletrans/domain/money';
import { textOption, type Command, type CommandCall } from '../command';
import { EXIT } from '../exit-codes';
import { LIST_OPTIONS, LIST_USAGE, writeList } from './claims-file';

const PARTS = [
  { part: 'amo', title: 'Part AMO' },
  { part: 'amc', title: 'Part AMC' },
] as const;

export const tiersPayant: Command = {
  name: 'tiers-payant',
  usage: `tiers-payant [--rapprochement FICHIER.csv|FICHIER.xml] ${LIST_USAGE}`,
  summary:
    'dit ce que doivent les organismes, par organisme et par âge, parts AMO et AMC à part ; écrit le rapprochement bancaire, et la liste des parts de facture',
  options: { rapprochement: 'string', liste: 'string', ...LIST_OPTIONS },
  async run(call) {
    const list = textOption(call, 'liste');
    const useless = Object.keys(LIST_OPTIONS).find((option) => list === null && textOption(call, option) !== null);
    if (useless !== undefined) throw new VitaleError('CFG-005', { detail: `--${useless} sans --liste` });
    const practice = await call.open();
    const { thirdParty } = practice.teletrans;
    const file = textOption(call, 'rapprochement');
    if (file !== null) {
      const format = /\.(csv|xml)$/i.exec(file)?.[1]?.toLowerCase();
      if (format !== 'csv' && format !== 'xml') throw new VitaleError('CFG-005', { detail: '--rapprochement FICHIER.csv|FICHIER.xml' });
      await write(file, await thirdParty.bankExport(format));
      call.terminal.say('Le rapprochement bancaire est écrit.');
    }
    if (list !== null) {
      const lines = await writeList(call, practice, list);
      call.terminal.say(`La liste est écrite : ${lines} part(s) de facture.`);
    }
    const { rows, totals } = await thirdParty.owed();
    if (call.json) {
      call.terminal.json({ rows, totals });
      return EXIT.done;
    }
    for (const { part, title } of PARTS)
      tell(
        call,
        title,
        rows.filter((row) => row.part === part),
        totals[part],
      );
    const { openLines, rejections } = await thirdParty.overview();
    if (openLines.count > 0) call.terminal.say(`Lignes de paiement à rapprocher à la main : ${openLines.count}.`);
    if (rejections.count > 0) call.terminal.say(`Factures rejetées à traiter : ${rejections.count}.`);
    return EXIT.done;
  },
};

async function write(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text, { encoding: 'utf8', mode: 0o600 });
  } catch (cause) {
    throw new VitaleError('CFG-006', {}, { cause });
  }
}

function tell({ terminal }: CommandCall, title: string, rows: readonly OwedRow[], total: Total): void {
  terminal.print(title);
  for (const row of rows.filter(({ open }) => open > 0)) terminal.print(`  ${row.payer}, ${row.age} jours : ${amounts(row)}`);
  terminal.print(`  Total : ${amounts(total)}`);
}

function amounts({ count, expected, paid, adjusted, due }: Total): string {
  const off = adjusted === 0 ? '' : `, soldé à la main ${formatEuros(adjusted)}`;
  return `${count} facture(s), attendu ${formatEuros(expected)}, payé ${formatEuros(paid)}${off}, reste dû ${formatEuros(due)}`;
}
