/** `vitale` and `vitale ouvrir`: opens the main window, prints its address, stays until Ctrl-C. */
import { once } from 'node:events';
import { workAtOpening, startAutomaticWork } from '../../automatic-work';
import { openWindow } from '../../window';
import type { Command } from '../command';
import { EXIT } from '../exit-codes';

export const ouvrir: Command = {
  name: 'ouvrir',
  usage: 'ouvrir',
  summary: 'ouvre la fenêtre principale et donne son adresse',
  options: {},
  async run(call) {
    const practice = await call.open();
    const window = await openWindow(practice.container);
    const endAutomaticWork = startAutomaticWork(practice);
    workAtOpening(practice);
    if (call.json) call.terminal.json({ url: window.url });
    else {
      call.terminal.print(`Fenêtre principale : ${window.url}`);
      call.terminal.say('L’adresse s’ouvre une fois, dans les deux minutes. Ctrl-C pour quitter.');
    }
    const stopped = new AbortController();
    await Promise.race(['SIGINT', 'SIGTERM'].map((signal) => once(process, signal, { signal: stopped.signal })));
    stopped.abort();
    endAutomaticWork();
    await window.close();
    return EXIT.done;
  },
};
