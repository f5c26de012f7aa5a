/** The XML of an archive as plain data: what the writer writes and the reader gives back. */

export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  /** Text directly inside; empty for an element that has children. */
  readonly text: string;
}

type AttributeValue = string | number | boolean | null | undefined;

/** An element; attributes without a value are left out. */
export function element(
  name: string,
  attributes: Readonly<Record<string, AttributeValue>>,
  content: readonly (XmlElement | null)[] | string = [],
): XmlElement {
  const kept = Object.entries(attributes).flatMap(([key, value]) =>
    value === null || value === undefined ? [] : [[key, typeof value === 'boolean' ? (value ? 'oui' : 'non') : String(value)] as const],
  );
  const text = typeof content === 'string' ? content : '';
  const children = typeof content === 'string' ? [] : content.filter((child) => child !== null);
  return { name, attributes: Object.fromEntries(kept), children, text };
}

/** The first child of that name, null for none. */
export const childOf = (parent: XmlElement, name: string): XmlElement | null =>
  parent.children.find((child) => child.name === name) ?? null;

/** All children of that name. */
export const childrenOf = (parent: XmlElement, name: string): readonly XmlElement[] =>
  parent.children.filter((child) => child.name === name);
