/** The application's port names Node's Buffer where it takes a code porteur; in a browser it is just its base type, and the page never makes one. */
type Buffer = Uint8Array;

/** A text of the documents, taken into the page when it is built. */
declare module '*.md?raw' {
  const text: string;
  export default text;
}

interface ImportMeta {
  /** The builder's: what the files of a pattern export, by their path. */
  glob<T>(pattern: string, options: { readonly eager: true; readonly query: string; readonly import: string }): Readonly<Record<string, T>>;
}
