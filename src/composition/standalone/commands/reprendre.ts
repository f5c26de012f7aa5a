/** `vitale reprendre ID`: lets a file that was refused for good leave again with the next transmission, its bytes unchanged. */
import { VitaleError } from '../../../teletrans/domain/errors';
import { teletransOf, type Command } from '../command';
import { EXIT } from '../exit-codes';

export const reprendre: Command = {
  name: 'reprendre',
  usage: 'reprendre ID',
  summary: 'remet à envoyer, inchangé, un fichier refusé par la messagerie dont la cause est réparée (ID donné par « etat --json »)',
  options: {},
  async run(call) {
    const [id] = call.positionals;
    if (id === undefined) throw new VitaleError('CFG-005', { detail: 'reprendre ID' });
    const teletrans = await teletransOf(call);
    await teletrans.retryFile(id);
    if (call.json) call.terminal.json({ id, state: 'FROZEN' });
    else call.terminal.print('Le fichier partira, inchangé, à la prochaine transmission.');
    return EXIT.done;
  },
};
