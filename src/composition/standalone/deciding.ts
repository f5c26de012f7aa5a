/** A person's decision on the command line: the consequences are said first, and nothing is done without the option that confirms them. */
import type { PersonSays } from '../../teletrans/application/decision-questions';
import type { DecisionQuestion } from '../../teletrans/application/port';
import { textOption, type CommandCall } from './command';
import { EXIT, type ExitCode } from './exit-codes';

/** Options of every command that decides. */
export const DECISION_OPTIONS = { 'je-confirme': 'boolean', par: 'string', motif: 'string' } as const;

/**
 * Says the question on standard error; does `act` only with `--je-confirme`.
 * @returns the status of the act; wrong call when it was not confirmed, incident when something stands in its way.
 */
export async function decide(
  call: CommandCall,
  question: DecisionQuestion,
  act: (says: PersonSays) => Promise<ExitCode>,
): Promise<ExitCode> {
  const { terminal } = call;
  terminal.say(question.title);
  for (const line of question.lines) terminal.say(`  - ${line}`);
  if (question.refused !== null) {
    terminal.explain(question.refused);
    return EXIT.incident;
  }
  if (call.options['je-confirme'] !== true) {
    terminal.say('Rien n’a été fait. Pour décider : ajoutez --je-confirme --par NOM --motif TEXTE.');
    return EXIT.wrongCall;
  }
  return act({ by: textOption(call, 'par') ?? '', reason: textOption(call, 'motif') ?? '' });
}
