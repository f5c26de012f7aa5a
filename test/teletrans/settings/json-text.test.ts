import fc from 'fast-check';
import { removeFromJson, setInJson, valueAt, type JsonPath } from '../../../src/teletrans/settings/json-text';

const text = `{
  "mode": "demo",   "ours": {"kept" : 1.50, "1": 2, "0": [ ] },
\t"list": [
    { "name": "A" },
    { "name": "B" }
  ],
  "empty": {}
}
`;

it('changes one value and no other byte', () => {
  expect(setInJson(text, ['mode'], 'test')).toBe(text.replace('"demo"', '"test"'));
  expect(setInJson(text, ['list', 1, 'name'], 'C')).toBe(text.replace('"B"', '"C"'));
  expect(setInJson(text, ['ours', 'kept'], null)).toBe(text.replace('1.50', 'null'));
});

it('adds a member as the one before it is written', () => {
  expect(setInJson(text, ['list', 2], { name: 'C' })).toBe(
    text.replace('{ "name": "B" }', '{ "name": "B" },\n    {\n      "name": "C"\n    }'),
  );
  expect(setInJson(text, ['ours', 'more'], true)).toBe(text.replace('"0": [ ]', '"0": [ ], "more": true'));
  expect(setInJson(text, ['empty', 'a', 'b'], 1)).toContain('"empty": {\n    "a": {\n      "b": 1\n    }\n  }');
});

it('takes a member out with its comma', () => {
  expect(removeFromJson(text, ['mode'])).toBe(text.replace('"mode": "demo",   ', ''));
  expect(removeFromJson(text, ['empty'])).toBe(text.replace(',\n  "empty": {}', ''));
  expect(removeFromJson(text, ['list', 0])).toBe(text.replace('{ "name": "A" },\n    ', ''));
  expect(removeFromJson('{"a":1}', ['a'])).toBe('{}');
  expect(removeFromJson(text, ['nothing', 'here'])).toBe(text);
});

it('takes the last of a name written twice, as reading does, and removes both', () => {
  const twice = '{"a":1,"b":2,"a":3}';
  expect(JSON.parse(setInJson(twice, ['a'], 4))).toEqual({ a: 4, b: 2 });
  expect(removeFromJson(twice, ['a'])).toBe('{"b":2}');
});

it('refuses what is no JSON and what has no place', () => {
  expect(() => setInJson('{"a":', ['a'], 1)).toThrow(SyntaxError);
  expect(() => setInJson('{"a":1}', ['a', 'b'], 1)).toThrow(TypeError);
  expect(() => setInJson('{"a":[]}', ['a', 1], 1)).toThrow(TypeError);
  expect(() => setInJson('{"a":[]}', ['a', 'name'], 1)).toThrow(TypeError);
});

const name = fc.oneof(fc.constantFrom('a', 'b', '0', '1', 'é', '"', '\\', '__proto__'), fc.string({ maxLength: 4 }));
const document = fc.dictionary(name, fc.jsonValue({ maxDepth: 3 }), { noNullPrototype: true, maxKeys: 5 });

/** Every place of a document. */
function places(value: unknown, at: JsonPath = []): JsonPath[] {
  if (typeof value !== 'object' || value === null) return [at];
  return [at, ...Object.entries(value).flatMap(([key, inner]) => places(inner, [...at, Array.isArray(value) ? Number(key) : key]))];
}

it('reads back as the change made on the document itself, however the text was written', () => {
  fc.assert(
    fc.property(document, fc.nat(), fc.jsonValue(), fc.constantFrom(0, 1, 2, '\t'), (whole, pick, value, indent) => {
      const written = JSON.stringify(whole, null, indent);
      const parsed = JSON.parse(written) as unknown;
      const all = places(parsed);
      const path = all[pick % all.length] ?? [];
      const changed = JSON.parse(setInJson(written, path, value)) as unknown;
      expect(path.length === 0 ? changed : valueAt(changed, path)).toEqual(JSON.parse(JSON.stringify(value)));
      // Everywhere else it is as before.
      for (const other of all.filter(
        (one) => !path.every((key, rank) => one[rank] === key) && !one.every((key, rank) => path[rank] === key),
      ))
        expect(valueAt(changed, other)).toEqual(valueAt(parsed, other));
      if (path.length > 0 && typeof path.at(-1) === 'string') {
        const removed = JSON.parse(removeFromJson(written, path)) as unknown;
        expect(valueAt(removed, path)).toBeUndefined();
        expect(setInJson(removeFromJson(written, path), path, value)).not.toBe('');
      }
    }),
    { numRuns: 500 },
  );
});
