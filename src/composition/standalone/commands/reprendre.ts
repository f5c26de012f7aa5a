/**
 * `vitale reprendre ID`: lets a file that was refused for good leave again with the next transmission, its bytes unchanged. With `--en-doute`: sends the same bytes of a
 * file that may have arrived once more, by a person's decision.
 */
import { VitaleError } from '../../../teletrans/domain/errors';
import type { Teletrans } from '../../../teletrans/application/port';
import { readStateWords } from '../../../teletrans/window/server/read-state-words';
import { stateWordsFile } from '../../installation';
import { TOKENS } from '../../tokens';
import type { Command, CommandCall } from '../command';
import { decide, DECISION_OPTIONS } from '../deciding';
import { EXIT, type ExitCode } from '../exit-codes';

export const reprendre: Command = {
  name: 'reprendre',
  usage: 'reprendre ID [--en-doute --je-confirme --par NOM --motif TEXTE]',
  summary:
    'remet à envoyer, inchangé, un fichier refusé par la messagerie dont la cause est réparée (ID donné par « etat --json ») ; avec --en-doute, renvoie les mêmes octets d’un fichier peut-être arrivé (sans --je-confirme, dit les conséquences et ne fait rien)',
  options: { 'en-doute': 'boolean', ...DECISION_OPTIONS },
  async run(call) {
    const [id] = call.positionals;
    if (id === undefined) throw new VitaleError('CFG-005', { detail: 'reprendre ID' });
    const { teletrans, container } = await call.open();
    if (call.options['en-doute'] === true)
      return decide(call, await teletrans.question('resend', id), async (says) => {
        await teletrans.resendFile(id, says);
        return tellResent(call, teletrans, id, stateWordsFile(container.resolve(TOKENS.installation)));
      });
    await teletrans.retryFile(id);
    if (call.json) call.terminal.json({ id, state: 'FROZEN' });
    else call.terminal.print('Le fichier partira, inchangé, à la prochaine transmission.');
    return EXIT.done;
  },
};

async function tellResent(call: CommandCall, teletrans: Teletrans, id: string, wordsFile: string): Promise<ExitCode> {
  const file = (await teletrans.overview()).files.find((candidate) => candidate.id === id);
  if (file === undefined) return EXIT.incident;
  if (call.json) call.terminal.json({ id, state: file.state });
  else call.terminal.print(`Fichier ${file.fileId} : ${(await readStateWords(wordsFile)).file[file.state].word}.`);
  if (file.failure !== null) call.terminal.explain(file.failure);
  return file.state === 'HANDED_OVER' ? EXIT.done : EXIT.incident;
}
