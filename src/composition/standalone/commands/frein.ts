/** `vitale frein`: what stops sending and why; with `lever ID`, a person's decision to let it go on. */
import { VitaleError } from '../../../teletrans/domain/errors';
import { teletransOf, type Command } from '../command';
import { decide, DECISION_OPTIONS } from '../deciding';
import { EXIT } from '../exit-codes';

export const frein: Command = {
  name: 'frein',
  usage: 'frein [lever ID --je-confirme --par NOM --motif TEXTE]',
  summary:
    'dit ce qui arrête les envois (« ne renvoyez pas ») ; « lever » les reprend par décision d’une personne (sans --je-confirme, dit les conséquences et ne fait rien)',
  options: DECISION_OPTIONS,
  async run(call) {
    const teletrans = await teletransOf(call);
    const [word, id] = call.positionals;
    if (word === undefined) {
      const stops = (await teletrans.overview()).stops.filter(({ decisions }) => decisions.includes('release-brake'));
      if (call.json) call.terminal.json({ stopped: stops.length > 0, stops });
      else if (stops.length === 0) call.terminal.print('Rien n’arrête les envois.');
      for (const stop of call.json ? [] : stops) {
        call.terminal.print(stop.id);
        call.terminal.explain(stop);
      }
      return EXIT.done;
    }
    if (word !== 'lever' || id === undefined) throw new VitaleError('CFG-005', { detail: 'frein lever ID' });
    return decide(call, await teletrans.question('release-brake', id), async (says) => {
      await teletrans.releaseBrake(id, says);
      if (call.json) call.terminal.json({ id, released: true });
      else call.terminal.print('Les envois reprennent à la prochaine transmission.');
      return EXIT.done;
    });
  },
};
