/**
 * The small language of `when` and `enablement` in the manifest: context keys, `!`, `&&`, `||`, brackets, and comparisons with a number, a 'text', true or
 * false, e.g. `waiting > 0 && !(mode == 'demo')`. A key alone holds when its value is neither false, 0, '' nor missing.
 */

/** What an add-in says of its state for those expressions. */
export type ContextValue = string | number | boolean;

/** A compiled expression; `get` gives the value of a key, undefined when nobody has set it. */
export type Condition = (get: (key: string) => ContextValue | undefined) => boolean;

/** `at`: 0-based position of the fault in the text. */
export class ExpressionError extends Error {
  constructor(
    readonly at: number,
    expected: string,
  ) {
    super(`character ${at + 1}: expected ${expected}`);
    this.name = 'ExpressionError';
  }
}

interface Token {
  readonly text: string;
  readonly at: number;
}

const TOKEN = /\s*(?:(&&|\|\||==|!=|<=|>=|[!()<>])|([A-Za-z][A-Za-z0-9_.]*)|(-?\d+(?:\.\d+)?)|'([^']*)')/y;
const MAX_DEPTH = 50;
const COMPARISONS: Readonly<Record<string, (left: ContextValue | undefined, right: ContextValue) => boolean>> = {
  '==': (left, right) => left === right,
  '!=': (left, right) => left !== right,
  '<': (left, right) => typeof left === 'number' && typeof right === 'number' && left < right,
  '<=': (left, right) => typeof left === 'number' && typeof right === 'number' && left <= right,
  '>': (left, right) => typeof left === 'number' && typeof right === 'number' && left > right,
  '>=': (left, right) => typeof left === 'number' && typeof right === 'number' && left >= right,
};

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  const end = text.trimEnd().length;
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < end) {
    const from = TOKEN.lastIndex;
    const found = TOKEN.exec(text);
    if (found === null) throw new ExpressionError(from, 'a key, an operator, a number or a quoted text');
    const token = found[0].trimStart();
    tokens.push({ text: token, at: TOKEN.lastIndex - token.length });
  }
  return tokens;
}

class Parser {
  #at = 0;
  #depth = 0;
  readonly #tokens: readonly Token[];

  constructor(private readonly text: string) {
    this.#tokens = tokensOf(text);
  }

  parse(): Condition {
    const condition = this.#or();
    if (this.#at < this.#tokens.length) throw this.#expected('&& or ||');
    return condition;
  }

  #or(): Condition {
    const parts = [this.#and()];
    while (this.#take('||')) parts.push(this.#and());
    return (get) => parts.some((part) => part(get));
  }

  #and(): Condition {
    const parts = [this.#not()];
    while (this.#take('&&')) parts.push(this.#not());
    return (get) => parts.every((part) => part(get));
  }

  #not(): Condition {
    if (++this.#depth > MAX_DEPTH) throw this.#expected('less nesting');
    const condition = this.#take('!') ? negated(this.#not()) : this.#primary();
    this.#depth--;
    return condition;
  }

  #primary(): Condition {
    if (this.#take('(')) {
      const inside = this.#or();
      if (!this.#take(')')) throw this.#expected(')');
      return inside;
    }
    const key = this.#next();
    if (key === undefined || !/^[A-Za-z]/.test(key.text)) throw this.#expected('a key', -1);
    if (key.text === 'true' || key.text === 'false') return () => key.text === 'true';
    const operator = this.#tokens[this.#at]?.text ?? '';
    const compare = COMPARISONS[operator];
    if (compare === undefined) return (get) => Boolean(get(key.text));
    this.#at++;
    const value = this.#value();
    return (get) => compare(get(key.text), value);
  }

  #value(): ContextValue {
    const token = this.#next();
    if (token?.text.startsWith("'") === true) return token.text.slice(1, -1);
    if (token?.text === 'true' || token?.text === 'false') return token.text === 'true';
    if (token !== undefined && /^-?\d/.test(token.text)) return Number(token.text);
    throw this.#expected("a number, a 'text', true or false", -1);
  }

  #next(): Token | undefined {
    return this.#tokens[this.#at++];
  }

  #take(text: string): boolean {
    if (this.#tokens[this.#at]?.text !== text) return false;
    this.#at++;
    return true;
  }

  /** `back`: -1 when the token that is wrong was taken already. */
  #expected(what: string, back = 0): ExpressionError {
    return new ExpressionError(this.#tokens[this.#at + back]?.at ?? this.text.length, what);
  }
}

function negated(condition: Condition): Condition {
  return (get) => !condition(get);
}

/** @throws ExpressionError with where and what was expected */
export function compileCondition(text: string): Condition {
  return new Parser(text).parse();
}
