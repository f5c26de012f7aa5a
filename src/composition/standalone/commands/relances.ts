/** `vitale relances`: the reminder letters that are due, as PDF files, and that they were sent. */
import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { VitaleError } from '../../../teletrans/domain/errors';
import { formatEuros } from '../../../teletrans/domain/money';
import { TOKENS } from '../../tokens';
import { textOption, type Command } from '../command';
import { EXIT } from '../exit-codes';

export const relances: Command = {
  name: 'relances',
  usage: 'relances [--lettres DOSSIER] [--noter --par NOM --motif TEXTE]',
  summary: 'dit quels organismes relancer ; écrit les lettres (PDF) dans un dossier ; les note envoyées',
  options: { lettres: 'string', noter: 'boolean', par: 'string', motif: 'string' },
  async run(call) {
    const { teletrans, container } = await call.open();
    const { thirdParty } = teletrans;
    const letters = await thirdParty.reminderLetters();
    const folder = textOption(call, 'lettres');
    if (folder !== null) {
      const prints = container.resolve(TOKENS.prints);
      for (const [rank, { id, part }] of letters.entries()) {
        const { pdf } = await prints.reminder(id);
        await write(folder, `relance-${String(rank + 1).padStart(3, '0')}-${part}.pdf`, pdf);
      }
    }
    const noting = call.options['noter'] === true && letters.length > 0;
    if (noting)
      await thirdParty.reminded(
        letters.map(({ id }) => id),
        { by: textOption(call, 'par') ?? '', reason: textOption(call, 'motif') ?? '' },
      );
    if (call.json) {
      call.terminal.json({
        letters: letters.map(({ claims, ...letter }) => ({ ...letter, invoices: claims.map(({ number }) => number) })),
        noted: noting,
      });
      return EXIT.done;
    }
    for (const { payer, part, practitioner, total } of letters)
      call.terminal.print(
        `${payer}, part ${part.toUpperCase()}, praticien ${practitioner} : ${total.count} facture(s), reste dû ${formatEuros(total.due)}`,
      );
    call.terminal.print(
      letters.length === 0 ? 'Aucune relance à faire.' : `${letters.length} lettre(s)${noting ? ' notée(s) envoyée(s)' : ''}.`,
    );
    return EXIT.done;
  },
};

async function write(folder: string, name: string, pdf: NodeJS.ReadableStream): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
    await pipeline(pdf, createWriteStream(join(folder, name), { mode: 0o600 }));
  } catch (cause) {
    if (cause instanceof VitaleError) throw cause;
    throw new VitaleError('CFG-006', {}, { cause });
  }
}
