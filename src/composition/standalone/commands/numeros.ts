/** `vitale numeros`: after a restored backup or a change of computer, says why sending is frozen, and takes the person's choice. */
import { VitaleError } from '../../../teletrans/domain/errors';
import { teletransOf, type Command } from '../command';
import { decide, DECISION_OPTIONS } from '../deciding';
import { EXIT } from '../exit-codes';

const CHOICES = { retenir: 'numbers-hold', continuer: 'numbers-continue' } as const;
const isChoice = (word: string): word is keyof typeof CHOICES => word in CHOICES;

export const numeros: Command = {
  name: 'numeros',
  usage: 'numeros [retenir|continuer --je-confirme --par NOM --motif TEXTE]',
  summary:
    'après une restauration ou un changement de poste, dit pourquoi l’envoi est gelé ; « retenir » : des envois ont pu avoir lieu depuis ; « continuer » : rien n’a été envoyé depuis (sans --je-confirme, dit les conséquences et ne fait rien)',
  options: DECISION_OPTIONS,
  async run(call) {
    const teletrans = await teletransOf(call);
    const [word] = call.positionals;
    if (word === undefined) {
      const stop = (await teletrans.overview()).stops.find(({ decisions }) => decisions.includes('numbers-hold')) ?? null;
      if (call.json) call.terminal.json({ frozen: stop !== null, stop });
      else if (stop === null) call.terminal.print('Les numéros se suivent : rien n’est gelé.');
      else call.terminal.explain(stop);
      return EXIT.done;
    }
    if (!isChoice(word)) throw new VitaleError('CFG-005', { detail: 'numeros retenir|continuer' });
    const kind = CHOICES[word];
    return decide(call, await teletrans.question(kind, 'numeros'), async (says) => {
      await teletrans.takeUpNumbers(kind, says);
      if (call.json) call.terminal.json({ frozen: false, choice: word });
      else call.terminal.print('Les numéros sont recalés ; les envois sont de nouveau possibles.');
      return EXIT.done;
    });
  },
};
