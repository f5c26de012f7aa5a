/** Many messages over a link that breaks, through Postfix and Dovecot: all accounted for at both ends. The long run: `campaign.ts --files 10000`. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { describeWithMailServers } from '../../support/mail-servers/means';
import type { CampaignEnd } from './campaign';

describeWithMailServers('over a link that breaks', () => {
  it('every message is accounted for, none is lost, none comes twice without a decision', async () => {
    const words = [
      '--require',
      join(__dirname, '../../support/built.cjs'),
      join(__dirname, 'campaign.ts'),
      '--files',
      '40',
      '--share',
      '0.4',
    ];
    const child = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'pipe'] });
    let out = '';
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
    const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
    const end = (out === '' ? {} : JSON.parse(out)) as CampaignEnd;
    expect({ code, said, ...end }).toMatchObject({ code: 0, files: 40, lost: 0, twice: 0, unsettled: 0 });
    // it did break, and messages did have to be tried again
    expect(end.cuts).toBeGreaterThan(0);
    expect(end.attempts).toBeGreaterThan(40);
  }, 1_200_000);
});
