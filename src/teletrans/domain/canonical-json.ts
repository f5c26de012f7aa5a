/**
 * JSON with sorted members: equal documents give equal text, whatever the order their members came in. The text itself is the engine's own: every invoice comes
 * through here, and one put together piece by piece leaves five times the garbage.
 */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(sorted(value));
}

function sorted(value: unknown): unknown {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(sorted);
  const members = value as Readonly<Record<string, unknown>>;
  const copy: Record<string, unknown> = {};
  for (const name of sortedNames(members)) {
    const member = sorted(members[name]);
    // As an assignment this one name would set the copy's prototype.
    if (name === '__proto__') Object.defineProperty(copy, name, { value: member, enumerable: true });
    else copy[name] = member;
  }
  return copy;
}

/** The engine's `sort` makes copies of its own; the members of an invoice are few. */
const FEW = 32;

function sortedNames(members: Readonly<Record<string, unknown>>): string[] {
  const names = Object.keys(members);
  if (names.length > FEW) return names.sort();
  for (let from = 1; from < names.length; from++) {
    const name = names[from] ?? '';
    let to = from;
    for (let before = names[to - 1]; to > 0 && before !== undefined && before > name; before = names[to - 1]) names[to--] = before;
    names[to] = name;
  }
  return names;
}
