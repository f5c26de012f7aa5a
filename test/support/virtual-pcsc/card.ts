/** A card that answers commands as a CPS does (spec/cps-card.md §§ 1-4): selection, protected files, code with its counter, signature. */
import { finishSha256 } from '../../../src/teletrans/reader/apdu/sha256-state';
import { signHash } from '../../../src/teletrans/reader/virtual/signature-key';
import type { WrittenCard } from './card-content';
import { tlv } from './card-content';
import { FAMILIES, type Family, type FamilyTraits } from './families';

const MAX_TRIES = 3;
const OK = Buffer.from('9000', 'hex');
const sw = (status: number): Buffer => Buffer.from([status >> 8, status & 0xff]);

interface Command {
  readonly cla: number;
  readonly ins: number;
  readonly p: number;
  readonly data: Buffer;
  readonly le: number | null;
  readonly bytes: Buffer;
}

function commandOf(bytes: Buffer): Command | null {
  if (bytes.length < 4) return null;
  const [cla = 0, ins = 0, p1 = 0, p2 = 0] = bytes;
  const command = { cla, ins, p: (p1 << 8) | p2, bytes };
  if (bytes.length === 4) return { ...command, data: Buffer.alloc(0), le: null };
  const lc = bytes[4] ?? 0;
  if (bytes.length === 5) return { ...command, data: Buffer.alloc(0), le: lc === 0 ? 256 : lc };
  const data = bytes.subarray(5, 5 + lc);
  if (data.length !== lc || bytes.length > 6 + lc) return null;
  const le = bytes.length === 6 + lc ? (bytes[5 + lc] ?? 0) || 256 : null;
  return { ...command, data, le };
}

export class VirtualCard {
  readonly atr: Buffer;
  triesLeft = MAX_TRIES;
  /** Every code that was presented, right or wrong: what a person did, nothing more. */
  presented = 0;
  verified = false;
  private readonly traits: FamilyTraits;
  private opened = 0;
  private folder = '';
  private file: string | null = null;
  private hash: Buffer | null = null;
  private environment = new Set<string>();
  private pending: Buffer = Buffer.alloc(0);

  /**
   * @param atr when it is not the one of its family.
   * @param payment it has the directory of a bank card.
   */
  constructor(
    family: Family,
    private readonly written: WrittenCard,
    private readonly code: string,
    atr?: string,
    private readonly payment = false,
  ) {
    this.traits = FAMILIES[family];
    this.atr = Buffer.from(atr ?? this.traits.atr, 'hex');
  }

  /** Power off, or a start: what was selected and verified is forgotten, the counter is not. */
  reset(): void {
    this.verified = false;
    this.opened = 0;
    this.folder = '';
    this.file = null;
    this.hash = null;
    this.environment.clear();
    this.pending = Buffer.alloc(0);
  }

  answer(bytes: Buffer): Buffer {
    const command = commandOf(bytes);
    if (command === null) return sw(0x6700);
    if (command.ins === 0xc0) return this.getResponse(command);
    const answer = this.execute(command);
    const { mostAtOnce } = this.traits;
    // T=0: what comes after a command with data is fetched by another.
    if (command.data.length === 0 || answer.length <= 2 + mostAtOnce) return answer;
    this.pending = answer.subarray(0, -2);
    return sw(0x6100 | (this.pending.length & 0xff));
  }

  private getResponse({ le }: Command): Buffer {
    const given = this.pending.subarray(0, le ?? 0);
    this.pending = this.pending.subarray(given.length);
    return given.length === 0 ? sw(0x6985) : Buffer.concat([given, OK]);
  }

  private execute(command: Command): Buffer {
    if (command.ins === 0xa4 && command.p >> 8 === 0x04) return this.selectApplication(command);
    if (command.cla !== this.traits.cla) return sw(0x6e00);
    if (this.opened < this.traits.opening.length) return sw(this.traits.cla === 0 ? 0x6985 : 0x6881);
    switch (command.ins) {
      case 0xa4:
        return this.selectFile(command);
      case 0xb0:
        return this.readBinary(command);
      case 0x20:
        return this.verify(command);
      case 0xcb:
        return this.getData(command);
      case 0x22:
        this.environment.add(`${command.p.toString(16)}:${command.data.toString('hex')}`);
        return OK;
      case 0x2a:
        return command.p === 0x90a0 ? this.hashEnd(command) : command.p === 0x9e9a ? this.sign(command) : sw(0x6a86);
      default:
        return sw(0x6d00);
    }
  }

  private selectApplication({ cla, data }: Command): Buffer {
    if (this.payment && data.toString('latin1') === '1PAY.SYS.DDF01') return OK;
    const { opening } = this.traits;
    const is = (step: readonly [number, string] | undefined): boolean =>
      step?.[0] === cla && step[1].toLowerCase() === data.toString('hex');
    if (is(opening[this.opened])) this.opened += 1;
    else if (is(opening[0])) this.opened = 1;
    else return sw(0x6a82);
    [this.folder, this.file] = ['', null];
    return OK;
  }

  private selectFile({ p, data }: Command): Buffer {
    const ids = (data.toString('hex').toUpperCase().match(/.{4}/g) ?? []) as readonly string[];
    const byPath = this.traits.selection === 'path';
    if (byPath ? p !== 0x0904 && p !== 0x090c : p !== 0x000c || ids.length !== 1) return sw(0x6a86);
    if (byPath && ids[0] !== '3F00') return sw(0x6a82);
    const path = byPath ? ids.slice(1).join('/') : [this.folder, ...ids].filter((part) => part !== '').join('/');
    if (this.written.files.has(path)) [this.folder, this.file] = [path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '', path];
    else if (path === '' || [...this.written.files.keys()].some((one) => one.startsWith(`${path}/`)))
      [this.folder, this.file] = [path, null];
    else return sw(0x6a82);
    return p === 0x0904 ? Buffer.concat([tlv('6F', tlv('82', Buffer.from([this.file === null ? 0x38 : 0x01]))), OK]) : OK;
  }

  private readBinary({ p, le }: Command): Buffer {
    const file = this.file === null ? undefined : this.written.files.get(this.file);
    if (file === undefined) return sw(0x6986);
    if (file.needsCode === true && !this.verified) return sw(0x6982);
    if (le === null || le > this.traits.mostRead) return sw(0x6700);
    if (p > file.content.length) return sw(0x6b00);
    const read = file.content.subarray(p, p + le);
    return Buffer.concat([read, sw(read.length < le ? 0x6282 : 0x9000)]);
  }

  private verify({ p, data, bytes }: Command): Buffer {
    if (p !== 0x0001) return sw(0x6a88);
    if (bytes.length === 4) {
      if (this.traits.counter !== 'verify-empty') return sw(0x6700);
      return this.verified ? OK : this.triesLeft === 0 ? sw(0x6983) : sw(0x63c0 | this.triesLeft);
    }
    if (this.triesLeft === 0) return sw(0x6983);
    this.presented += 1;
    this.verified = data.equals(Buffer.from(this.code, 'latin1'));
    this.triesLeft = this.verified ? MAX_TRIES : this.triesLeft - 1;
    return this.verified ? OK : sw(0x63c0 | this.triesLeft);
  }

  private getData({ p, data }: Command): Buffer {
    if (this.traits.counter !== 'get-data' || p !== 0x3fff || data.toString('hex') !== '4d087006bf810102a080') return sw(0x6a88);
    const counters = [tlv('9A', Buffer.from([MAX_TRIES])), tlv('9B', Buffer.from([this.triesLeft])), tlv('9D', Buffer.from('FFFF', 'hex'))];
    return Buffer.concat([tlv('70', tlv('BF8101', tlv('A0', Buffer.concat(counters)))), OK]);
  }

  private hashEnd({ data }: Command): Buffer {
    if (this.traits.hashing !== 'end' || !this.environment.has('41aa:800140')) return sw(0x6985);
    const stateLength = data[1] ?? 0;
    const last = data.subarray(2 + stateLength);
    if (data[0] !== 0x90 || ![0, 40].includes(stateLength) || last[0] !== 0x80 || last[1] !== last.length - 2 || last.length > 66)
      return sw(0x6a80);
    this.hash = finishSha256({ intermediate: data.subarray(2, 2 + stateLength), lastBlock: last.subarray(2) });
    return OK;
  }

  private sign({ data }: Command): Buffer {
    if (!this.verified) return sw(0x6982);
    const byEnd = this.traits.hashing === 'end';
    const hash = byEnd ? this.hash : data;
    const prepared = byEnd ? this.environment.has('41b6:800142840110') : this.environment.has('81b6:91022810');
    this.hash = null;
    if (!prepared || hash?.length !== 32) return sw(0x6985);
    return Buffer.concat([signHash(this.written.key, hash), OK]);
  }
}
