/** What of a text XML 1.0 can hold, and keeps as it is from writing to reading. */
import type { XmlElement } from './element';

/** Control characters, halves of pairs, and what is no character: XML cannot hold them, or its readers change them in attributes. */
const FOREIGN = /[\u0000-\u001f\u007f-\u009f\ud800-\udfff\ufffe\uffff]/g;
/** Pairs stay whole. */
const CHARACTERS = /[\ud800-\udbff][\udc00-\udfff]|[\u0000-\uffff]/g;

/** The text as an archive holds it: what XML cannot hold has become a blank. */
export function readable(text: string): string {
  FOREIGN.lastIndex = 0;
  if (!FOREIGN.test(text)) return text;
  return text.replace(CHARACTERS, (character) => (character.length === 2 ? character : character.replace(FOREIGN, ' ')));
}

/** The element as a reader gives it back. */
export function readableElement({ name, attributes, children, text }: XmlElement): XmlElement {
  return {
    name,
    attributes: Object.fromEntries(Object.entries(attributes).map(([key, value]) => [key, readable(value)])),
    children: children.map(readableElement),
    text: readable(text),
  };
}
