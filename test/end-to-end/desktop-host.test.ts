/** The reference host as a window, worked by its keyboard under a display of its own. */
import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { buildNative } from '../native/build';
import { makeAddinFolder, type AddinFolder } from '../host-bridge/support/addin-folder';
import { ReferenceHost } from '../host-bridge/support/reference-host';
import { VirtualScreen } from '../support/virtual-screen';

const program = path.join(path.dirname(buildNative().referenceHost), 'reference-host-desktop');

function canShow(): boolean {
  const missing = [...(existsSync(program) ? [] : ['libgtk-3-dev']), ...VirtualScreen.missing()];
  if (missing.length === 0) return true;
  if (process.env['CI'] !== undefined) throw new Error(`needed here: apt-get install ${missing.join(' ')}`);
  console.warn(`The window of the reference host is not tried: apt-get install ${missing.join(' ')}, then make -C native.`);
  return false;
}

(canShow() ? describe : describe.skip)('the window of the reference host', () => {
  let screen: VirtualScreen;
  let folder: AddinFolder;
  let host: ReferenceHost;
  const press = (key: string): void => screen.press('hôte de référence', key);

  beforeAll(async () => {
    screen = await VirtualScreen.start();
    const env = { DISPLAY: screen.display, NO_AT_BRIDGE: '1', GDK_BACKEND: 'x11' };
    folder = makeAddinFolder('acting-addin');
    const invoices = ['A', 'B', 'C'].map((id) =>
      JSON.stringify({ id, number: id, totals: { fees: 4048 }, ...(id === 'C' ? { refuse: true } : {}) }),
    );
    writeFileSync(folder.file('invoices.ndjson'), `${invoices.join('\n')}\n`);
    host = new ReferenceHost(folder.path, { program, env, arguments: ['--invoices', folder.file('invoices.ndjson'), '--browser', 'true'] });
    await host.state('active');
  });
  afterAll(async () => {
    await host.kill();
    await screen.stop();
    folder.remove();
  });

  it('hands stored invoices over, one and then all', async () => {
    press('alt+e');
    expect(await host.next('acknowledged')).toMatchObject({ offer: 1, result: { id: 'A' } });
    press('alt+t');
    expect(await host.next('acknowledged')).toMatchObject({ offer: 2 });
    expect(await host.next('not-acknowledged')).toMatchObject({ offer: 3 });
  });

  it('closes the day, and leaves the outcome in view', async () => {
    press('alt+c');
    expect(await host.next('day-closed')).toMatchObject({ outcome: 'sent' });
    expect(await host.next('notice')).toMatchObject({ id: 'day-closed', severity: 'info' });
  });

  it('lives on when the add-in is killed, and shows that it was restarted', async () => {
    const pid = Number(host.all('state').find((line) => line['state'] === 'active')!['pid']);
    process.kill(pid, 'SIGKILL');
    expect(await host.next('notice')).toMatchObject({ id: 'addin-restarted' });
    await host.state('active');
    press('alt+c');
    expect(await host.next('day-closed')).toMatchObject({ outcome: 'sent' });
  });
});
