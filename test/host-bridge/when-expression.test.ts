import fc from 'fast-check';
import { compileCondition, ExpressionError, type ContextValue } from '../../src/host-bridge/when-expression';

const context: Readonly<Record<string, ContextValue>> = { waiting: 3, late: 0, busy: false, open: true, mode: 'demo', 'card.holder': '' };
const holds = (text: string): boolean => compileCondition(text)((key) => context[key]);

describe('an expression of the manifest', () => {
  it.each([
    ['open', true],
    ['busy', false],
    ['waiting', true],
    ['late', false],
    ['card.holder', false],
    ['unknown', false],
    ['!unknown', true],
    ['!!open', true],
    ['true && !false', true],
    ['waiting > 2', true],
    ['waiting >= 3 && waiting <= 3', true],
    ['waiting < 3', false],
    ['late == 0', true],
    ['late != -1.5', true],
    ["mode == 'demo'", true],
    ["mode != 'real'", true],
    ['open == true', true],
    ['busy == false', true],
    ['unknown == 0', false],
    ['unknown != 0', true],
    ['mode > 1', false],
    ['busy || open && waiting == 4', false],
    ['(busy || open) && waiting == 3', true],
    ['!(busy || open)', false],
    ['  open  ', true],
  ])('%s: %s', (text, expected) => {
    expect(holds(text)).toBe(expected);
  });

  it.each([
    ['', 0, 'a key'],
    ['open &&', 7, 'a key'],
    ['open & busy', 4, 'a key, an operator'],
    ['open busy', 5, '&& or ||'],
    ['(open', 5, ')'],
    ['waiting >', 9, "a number, a 'text', true or false"],
    ['waiting == open', 11, 'a number'],
    ['3 == waiting', 0, 'a key'],
    ["mode == 'demo", 7, 'a key, an operator'],
    ['open)', 4, '&& or ||'],
    ['!'.repeat(60) + 'open', 50, 'less nesting'],
  ])('%s is refused, with the place and what was expected', (text, at, expected) => {
    const refused = (): unknown => compileCondition(text);
    expect(refused).toThrow(ExpressionError);
    expect(refused).toThrow(`character ${at + 1}: expected ${expected}`);
  });

  it('made of any text either compiles or says where it is wrong', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), (text) => {
        try {
          expect(typeof compileCondition(text)(() => undefined)).toBe('boolean');
        } catch (error) {
          expect(error).toBeInstanceOf(ExpressionError);
          expect((error as ExpressionError).at).toBeLessThanOrEqual(text.length);
        }
      }),
    );
  });

  it('means what JavaScript means by the same text', () => {
    const key = fc.constantFrom('open', 'busy', 'waiting', 'late', 'mode');
    const leaf = fc.oneof(
      key,
      fc.constantFrom('waiting > 2', 'waiting <= 1', 'late == 0', "mode == 'demo'", "mode != 'x'", 'true', 'false'),
    );
    const { tree } = fc.letrec<{ tree: string }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 4 },
        leaf,
        tie('tree').map((inner) => `!(${inner})`),
        fc.tuple(tie('tree'), fc.constantFrom('&&', '||'), tie('tree')).map(([left, operator, right]) => `${left} ${operator} ${right}`),
        tie('tree').map((inner) => `(${inner})`),
      ),
    }));
    fc.assert(
      fc.property(tree, (text) => {
        // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the independent witness; the text is made of the few words above
        const witness = new Function(...Object.keys(context).filter((name) => !name.includes('.')), `return Boolean(${text})`) as (
          ...values: readonly ContextValue[]
        ) => boolean;
        expect(holds(text)).toBe(witness(...Object.entries(context).flatMap(([name, value]) => (name.includes('.') ? [] : [value]))));
      }),
    );
  });
});
