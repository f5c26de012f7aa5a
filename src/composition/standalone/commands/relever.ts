/** `vitale relever`: collects returns only. */
import { teletransOf, type Command } from '../command';
import { EXIT } from '../exit-codes';

export const relever: Command = {
  name: 'relever',
  usage: 'relever',
  summary: 'relève les accusés (ARL) et les retours',
  options: {},
  async run(call) {
    const teletrans = await teletransOf(call);
    const report = await teletrans.collect((progress) => call.terminal.progress(progress));
    if (call.json) call.terminal.json(report);
    else {
      call.terminal.print(`ARL : ${report.arl.positive} lot(s) accepté(s), ${report.arl.negative} refusé(s). RSP : ${report.rsp}.`);
      call.terminal.print(`Non rapprochés : ${report.unmatched}. Mis de côté : ${report.quarantined}.`);
    }
    return EXIT.done;
  },
};
