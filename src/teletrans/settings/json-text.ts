/**
 * Changes single values of a JSON text and leaves every other byte as it is: members the program does not know, their order, the way they are written. Pure.
 * Places are paths of names and ranks.
 */
export type JsonPath = readonly (string | number)[];

/** A value with its place in the text. */
interface Node {
  readonly start: number;
  readonly end: number;
  /** Of an object or an array, in order; undefined for anything else. A name written twice is there twice: the last one counts, as for `JSON.parse`. */
  readonly items?: readonly Item[];
}

interface Item {
  /** Name or rank. */
  readonly key: string | number;
  /** Where the name begins; for an element where it begins itself. */
  readonly start: number;
  readonly value: Node;
}

const SPACE = /[ \t\r\n]*/y;
const STRING = /"(?:[^"\\]|\\.)*"/y;
const SCALAR = /[-+.0-9A-Za-z]+/y;

/** Reads a text that `JSON.parse` takes; that is asked for first. */
class Scanner {
  private at = 0;

  constructor(private readonly text: string) {
    JSON.parse(text);
  }

  value(): Node {
    this.match(SPACE);
    const start = this.at;
    const first = this.text[start];
    if (first === '{') return { start, items: this.items('}'), end: this.at };
    if (first === '[') return { start, items: this.items(']'), end: this.at };
    this.match(first === '"' ? STRING : SCALAR);
    return { start, end: this.at };
  }

  private items(close: '}' | ']'): readonly Item[] {
    const items: Item[] = [];
    this.at += 1;
    for (;;) {
      this.match(SPACE);
      if (this.text[this.at] === close) {
        this.at += 1;
        return items;
      }
      if (this.text[this.at] === ',') {
        this.at += 1;
        this.match(SPACE);
      }
      const start = this.at;
      const key = close === ']' ? items.length : (JSON.parse(this.match(STRING)) as string);
      if (close === '}') {
        this.match(SPACE);
        this.at += 1;
      }
      items.push({ key, start, value: this.value() });
    }
  }

  private match(pattern: RegExp): string {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0] ?? '';
    this.at += found.length;
    return found;
  }
}

const itemOf = (node: Node, key: string | number): Item | undefined => node.items?.findLast((item) => item.key === key);

/** Indentation of the line a place is on. */
const indentAt = (text: string, at: number): string => /^[ \t]*/.exec(text.slice(text.lastIndexOf('\n', at - 1) + 1))?.[0] ?? '';

const written = (value: unknown, indent: string): string => JSON.stringify(value, null, 2).replaceAll('\n', `\n${indent}`);

/** Nested objects that hold `value` at the end of `path`. */
function wrapped(path: JsonPath, value: unknown): unknown {
  return path.reduceRight<unknown>((inner, key) => ({ [key]: inner }), value);
}

/**
 * Puts `value` at `path`; objects on the way are made where they are missing, and the rank after the last of an array adds an element.
 * Errors: SyntaxError for a text that is no JSON, TypeError for a path that leads into something that is no object or array.
 */
export function setInJson(text: string, path: JsonPath, value: unknown): string {
  let node = new Scanner(text).value();
  for (const [depth, key] of path.entries()) {
    const item = itemOf(node, key);
    if (item === undefined) return insert(text, node, key, wrapped(path.slice(depth + 1), value));
    node = item.value;
  }
  return text.slice(0, node.start) + written(value, indentAt(text, node.start)) + text.slice(node.end);
}

function insert(text: string, parent: Node, key: string | number, value: unknown): string {
  const { items } = parent;
  if (items === undefined || (typeof key === 'number') !== (text[parent.start] === '[')) throw new TypeError('no place for this value');
  if (typeof key === 'number' && key !== items.length) throw new TypeError('no such rank');
  const name = typeof key === 'number' ? '' : `${JSON.stringify(key)}: `;
  const last = items.at(-1);
  if (last === undefined) {
    const outer = indentAt(text, parent.start);
    const inside = `\n${outer}  ${name}${written(value, `${outer}  `)}\n${outer}`;
    return text.slice(0, parent.start + 1) + inside + text.slice(parent.end - 1);
  }
  // As the one before it: on a line of its own, or behind it.
  const own = /\n[ \t]*$/.test(text.slice(0, last.start));
  const indent = indentAt(text, last.start);
  const added = own ? `,\n${indent}${name}${written(value, indent)}` : `, ${name}${JSON.stringify(value)}`;
  return text.slice(0, last.value.end) + added + text.slice(last.value.end);
}

/** Takes out what is at `path`; nothing there: nothing changes. A name written twice goes with all its values. Errors: SyntaxError. */
export function removeFromJson(text: string, path: JsonPath): string {
  let result = text;
  for (;;) {
    let node = new Scanner(result).value();
    for (const key of path.slice(0, -1)) {
      const item = itemOf(node, key);
      if (item === undefined) return result;
      node = item.value;
    }
    const key = path.at(-1);
    const items = node.items ?? [];
    const rank = items.findLastIndex((item) => item.key === key);
    const item = items[rank];
    if (item === undefined || key === undefined) return result;
    result = without(result, node, items, rank, item);
    if (typeof key === 'number') return result;
  }
}

function without(text: string, parent: Node, items: readonly Item[], rank: number, item: Item): string {
  const before = items[rank - 1];
  const after = items[rank + 1];
  if (before !== undefined) return text.slice(0, before.value.end) + text.slice(item.value.end);
  if (after !== undefined) return text.slice(0, item.start) + text.slice(after.start);
  return text.slice(0, parent.start + 1) + text.slice(parent.end - 1);
}

/** What a document holds at a path, undefined for nothing. */
export function valueAt(document: unknown, path: JsonPath): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined,
    document,
  );
}

/** `/network/smtp/port` as a path, and back. Names of the practice's file hold neither `/` nor `~`; ranks are digits. */
export const pathOf = (place: string): JsonPath =>
  place
    .split('/')
    .slice(1)
    .map((key) => (/^\d+$/.test(key) ? Number(key) : key));
export const placeOf = (path: JsonPath): string => path.map((key) => `/${key}`).join('');
