/** The main window of an open practice. */
import { join } from 'node:path';
import type { DependencyContainer } from 'tsyringe';
import { createWindow, type Window } from '../teletrans/window/server/create-window';
import { readGlossary } from '../teletrans/window/server/read-glossary';
import { readStateWords } from '../teletrans/window/server/read-state-words';
import { createDesk } from './diagnostics/desk';
import { stateWordsFile } from './installation';
import { hasAnsweredGoodFriday, setGoodFriday } from './practice-folder';
import { TOKENS } from './tokens';
import type { GoodFridayQuestion } from '../teletrans/window/server/calendar-routes';
import { windowMemory } from './window-memory';

/** Starts the window's server on the loopback interface; `url` opens it once. */
export async function openWindow(container: DependencyContainer): Promise<Window> {
  const installation = container.resolve(TOKENS.installation);
  return createWindow({
    teletrans: container.resolve(TOKENS.teletrans),
    inspection: container.resolve(TOKENS.inspection),
    lists: container.resolve(TOKENS.lists),
    archives: container.resolve(TOKENS.archives),
    prints: container.resolve(TOKENS.prints),
    backups: container.resolve(TOKENS.backups),
    settings: container.resolve(TOKENS.settings),
    recipients: container.resolve(TOKENS.recipients),
    goodFriday: goodFridayQuestion(container),
    printService: container.resolve(TOKENS.printService).service,
    diagnostics: createDesk(container),
    logger: container.resolve(TOKENS.logger),
    memory: windowMemory(container.resolve(TOKENS.home)),
    clock: container.resolve(TOKENS.clock),
    pageFolder: installation.page,
    words: await readStateWords(stateWordsFile(installation)),
    glossary: await readGlossary(join(installation.tables, 'glossary.json')),
  });
}

/** Asked where communes of the département differ, until the practice has said so. */
function goodFridayQuestion(container: DependencyContainer): GoodFridayQuestion {
  const home = container.resolve(TOKENS.home);
  const { table, region } = container.resolve(TOKENS.calendar);
  return {
    asked: () => table.goodFriday.includes(region) && !hasAnsweredGoodFriday(home),
    answer: (goodFriday) => setGoodFriday(home, goodFriday),
  };
}
