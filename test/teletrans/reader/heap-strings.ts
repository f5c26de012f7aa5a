import { readFileSync } from 'node:fs';

interface Snapshot {
  readonly snapshot: {
    readonly meta: { readonly node_fields: readonly string[]; readonly node_types: readonly [readonly string[], ...unknown[]] };
  };
  readonly nodes: readonly number[];
  readonly strings: readonly string[];
}

/** The strings that live in the heap of a snapshot: its other names, of properties by index and of numbers, look like codes by chance. */
export function stringsOf(file: string): readonly string[] {
  const { snapshot, nodes, strings } = JSON.parse(readFileSync(file, 'utf8')) as Snapshot;
  const { node_fields: fields, node_types: types } = snapshot.meta;
  const [type, name] = [fields.indexOf('type'), fields.indexOf('name')];
  const found: string[] = [];
  for (let i = 0; i < nodes.length; i += fields.length) {
    if (types[0][nodes[i + type] ?? 0]?.includes('string') === true) found.push(strings[nodes[i + name] ?? 0] ?? '');
  }
  return found;
}
