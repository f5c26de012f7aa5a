import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import * as path from 'node:path';
import { aFolder } from '../store/folder';
import { aCard, putCard } from './cards';
import { stringsOf } from './heap-strings';

let folder: string;
let remove: () => Promise<void>;
beforeEach(async () => ({ folder, remove } = await aFolder()));
afterEach(() => remove());

describe('the memory of a program that used a code porteur', () => {
  it('holds no string of the code, neither the one typed nor the one of the card', async () => {
    mkdirSync(path.join(folder, 'cartes'));
    // Four digits stand by chance inside many strings of a heap: the code is looked for as a whole string or as a member, the longer PUK anywhere.
    const card = putCard(folder, 'dupont.json', aCard({ pin: '7391', puk: '73917391' }));
    const snapshot = path.join(folder, 'heap.json');
    const hook = path.join(__dirname, '../store/programs/typescript.cjs');
    const child = spawn(process.execPath, ['--require', hook, path.join(__dirname, 'programs/heap.ts'), card, snapshot], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    child.stdin.end('7391\n');
    let printed = '';
    child.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()));
    expect(await new Promise((resolve) => child.once('close', resolve))).toBe(0);
    expect(printed).toBe('256\n3\n');
    const strings = stringsOf(snapshot);
    // The search finds what is there.
    expect(strings.some((text) => text.includes('DUPONT'))).toBe(true);
    const found = strings.filter((text) => text.trim() === '7391' || text.includes('73917391') || /"pin"\s*:\s*"7391"/.test(text));
    expect(found).toEqual([]);
  }, 60_000);
});
