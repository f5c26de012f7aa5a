/** What holds where PC/SC is missing. */
import { asPcscError, loadBinding, type Binding } from '../../../../src/teletrans/reader/pcsc/binding';
import { PcscliteTransport } from '../../../../src/teletrans/reader/pcsc/pcsclite-transport';
import { faultOf, PcscError } from '../../../../src/teletrans/reader/pcsc/transport';
import { createPcscReader } from '../../../../src/teletrans/reader/apdu/registration';
import { PcscCardReader } from '../../../../src/teletrans/reader/apdu/reader';

const stopped: Binding = () => {
  throw new Error('SCardEstablishContext error: Service not available.(0x8010001d)');
};

describe('without PC/SC', () => {
  it('makes no reader when the package is not there', () => {
    expect(createPcscReader({ models: [], name: null, binding: 'no-such-package-of-cards' })).toBeNull();
  });

  it('loads nothing when the package is not there', () => {
    expect(loadBinding('no-such-package-of-cards')).toBeNull();
  });

  it('says that the service is stopped, each time it is asked, and can be ended', async () => {
    const reader = new PcscCardReader(new PcscliteTransport(stopped), new Map());
    for (let i = 0; i < 3; i += 1) {
      expect(await reader.status()).toEqual({ state: 'unavailable', errorCode: 'LEC-002' });
      await expect(reader.open()).rejects.toMatchObject({ code: 'LEC-002' });
    }
    await reader.dispose();
  });

  it('tries again with growing waits while somebody watches, and stops when nobody does', async () => {
    jest.useFakeTimers();
    let tried = 0;
    const transport = new PcscliteTransport(() => {
      tried += 1;
      return stopped();
    });
    const stop = transport.watch(() => undefined);
    expect(tried).toBe(1);
    jest.advanceTimersByTime(250 + 500 + 1000);
    expect(tried).toBe(4);
    jest.advanceTimersByTime(20_000);
    expect(tried).toBeLessThan(10);
    stop();
    jest.advanceTimersByTime(10_000);
    const last = tried;
    jest.advanceTimersByTime(60_000);
    expect(tried).toBe(last);
    await transport.dispose();
    jest.useRealTimers();
  });

  it.each([
    ['0x8010001d', 'service-stopped'],
    ['0x8010000b', 'sharing-violation'],
    ['0x8010000c', 'no-card'],
    ['0x80100069', 'removed'],
    ['0x80100068', 'reset'],
    ['0x80100016', 'transaction-failed'],
    ['0x8010001f', 'unsupported-control'],
    ['0xffffffff8010000b', 'sharing-violation'],
    ['0x80109999', 'transaction-failed'],
  ])('reads the failure %s as %s', (status, fault) => {
    expect(asPcscError(new Error(`SCardTransmit error: text.(${status})`)).fault).toBe(fault);
  });

  it('takes an error without a number for a transaction whose result is unknown', () => {
    expect(asPcscError(new Error('Card Reader not connected')).fault).toBe('transaction-failed');
    expect(asPcscError(undefined).fault).toBe('transaction-failed');
    expect(asPcscError(new PcscError('reset')).fault).toBe('reset');
    expect(faultOf(-2146435061).fault).toBe('sharing-violation');
  });
});
