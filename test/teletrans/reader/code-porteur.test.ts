import { PassThrough, Readable } from 'node:stream';
import { readCodePorteur, wipe } from '../../../src/teletrans/reader/code-porteur';

const bytes = (text: string): Buffer => Buffer.from(text, 'latin1');

describe('reading the code porteur from standard input', () => {
  it.each([
    ['a line', ['1234\n']],
    ['a Windows line', ['1234\r\n']],
    ['the end without a line end', ['1234']],
    ['pieces', ['1', '23', '', '4\n']],
    ['a first line among others', ['1234\n9999\n']],
  ])('takes %s', async (_, chunks) => {
    const code = await readCodePorteur(Readable.from(chunks.map(bytes), { objectMode: false }));
    expect(code.toString('latin1')).toBe('1234');
  });

  it('gives what was typed even when it is no code: the card refuses it', async () => {
    expect(await readCodePorteur(Readable.from([bytes('\n')]))).toHaveLength(0);
    expect(await readCodePorteur(Readable.from([]))).toHaveLength(0);
    expect((await readCodePorteur(Readable.from([bytes('12a4\n')]))).toString()).toBe('12a4');
    expect(await readCodePorteur(Readable.from([bytes('1234'.repeat(1000))]))).toHaveLength(16);
  });

  it('leaves nothing in the chunks that were read', async () => {
    const chunks = [bytes('12'), bytes('34\n')];
    const stream = new PassThrough();
    const reading = readCodePorteur(stream);
    for (const chunk of chunks) stream.write(chunk);
    await reading;
    expect(chunks.every((chunk) => chunk.every((byte) => byte === 0))).toBe(true);
    stream.destroy();
  });

  it('does not wait for the end of the stream, and lets go of it', async () => {
    const stream = new PassThrough();
    stream.write('1234\n');
    expect(await readCodePorteur(stream)).toHaveLength(4);
    expect(stream.listenerCount('data') + stream.listenerCount('error')).toBe(0);
    stream.destroy();
  });

  it('refuses a stream of strings', async () => {
    await expect(readCodePorteur(Readable.from(['1234\n']))).rejects.toThrow('bytes');
  });

  it('passes a failing stream on', async () => {
    const stream = new PassThrough();
    const reading = readCodePorteur(stream);
    stream.destroy(new Error('cut'));
    await expect(reading).rejects.toThrow('cut');
  });

  it('wipes', () => {
    const code = bytes('1234');
    wipe(code);
    expect([...code]).toEqual([0, 0, 0, 0]);
  });
});
