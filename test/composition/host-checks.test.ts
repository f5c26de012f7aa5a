import { checkHost, type AskedHost } from '../../src/composition/in-host/host-checks';
import { BridgeError } from '../../src/host-bridge/bridge-error';
import type { HostNotice } from '../../src/host-bridge/host-messages';

const explain = ({ code, details }: { code: string; details: object }): { code: string; message: string; action: string } => ({
  code,
  message: `${code} ${JSON.stringify(details)}`,
  action: 'À faire.',
});
const known = [{ name: 'ESSAI Claire', billingNumber: '999000011' }];

async function noticesOf(host: Partial<AskedHost>): Promise<HostNotice[]> {
  const notices: HostNotice[] = [];
  const agreeing: AskedHost = {
    clockSkewMs: async () => 900,
    practitioners: async () => [{ id: '1', name: 'ESSAI Claire', billingNumber: '999000011' }],
    notify: async (notice) => void notices.push(notice),
  };
  await checkHost({ ...agreeing, ...host }, { explain }, known);
  return notices;
}

it('has nothing to say of a host that agrees', async () => {
  expect(await noticesOf({})).toEqual([]);
});

it.each([-7_200_000, 7_200_000])('tells a clock that is %i ms away', async (skew) => {
  expect(await noticesOf({ clockSkewMs: async () => skew })).toMatchObject([
    { id: 'clock-skew', severity: 'warning', message: 'HOT-012 {"minutes":120} À faire.' },
  ]);
});

it('tells practitioners whose invoices could not leave, by their number', async () => {
  const practitioners = async (): ReturnType<AskedHost['practitioners']> => [
    { id: '1', name: 'ESSAI Claire', billingNumber: '999000011' },
    { id: '2', name: 'ESSAI Jean', billingNumber: '999000029' },
    { id: '3', name: 'Secrétariat', billingNumber: null },
  ];
  expect(await noticesOf({ practitioners })).toMatchObject([
    { id: 'unknown-practitioners', message: 'HOT-013 {"numeros":"999000029"} À faire.' },
  ]);
});

it('asks nothing more of a host that does not know the questions', async () => {
  const unknown = (): Promise<never> => Promise.reject(new BridgeError('remote', 'unknown-request'));
  expect(await noticesOf({ clockSkewMs: unknown, practitioners: unknown })).toEqual([]);
});
