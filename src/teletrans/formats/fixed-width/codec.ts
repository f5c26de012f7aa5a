/** A layout compiled once: its encoder and decoder, typed by the table. */
import { Decoder } from './decoder';
import { Encoder } from './encoder';
import type { Decoded } from './faults';
import type { FieldRow, Layout, RecordInput, RecordValues } from './layout';
import { loopOver, type Shape } from './shape';

export class RecordCodec<R extends readonly FieldRow[] = readonly FieldRow[]> {
  readonly #encoder: Encoder;
  readonly #decoder: Decoder;
  /** @param shape that of this table, written out. */
  constructor(
    readonly layout: Layout & { readonly fields: R },
    shape: Shape = loopOver(layout),
  ) {
    this.#encoder = new Encoder(layout, shape);
    this.#decoder = new Decoder(layout, shape.cut);
  }

  /** Bytes of one record. */
  get length(): number {
    return this.layout.length;
  }

  /** One record as bytes. Errors: FAC-001 (mandatory field missing), FAC-011 (a value does not fit), details `champ`, `record`, `field`, `position`. */
  encode(values: RecordInput<R>): Buffer {
    const target = Buffer.allocUnsafe(this.layout.length);
    this.write(values, target, 0);
    return target;
  }

  /** As {@link encode}, into a buffer of the caller's; returns the offset after the record. */
  write(values: RecordInput<R>, target: Uint8Array, offset: number): number {
    return this.#encoder.write(values, target, offset);
  }

  /**
   * Every field as it stands and nothing more: no check is made. Fields beyond the end are short or empty. Never throws.
   * @param text all of `bytes` as characters (latin1). @param start where the record starts in both, 0-based.
   */
  values(bytes: Uint8Array, text: string, start: number): RecordValues<R> {
    return this.#decoder.values(bytes, text, start) as RecordValues<R>;
  }

  /**
   * Every field as it stands and every fault: form, dates, keys. Never throws.
   * @param text all of `bytes` as characters (latin1): where many records are read, made once for all of them.
   */
  decode(bytes: Buffer, offset = 0, length = bytes.length - offset, text?: string): Decoded & { readonly values: RecordValues<R> } {
    return this.#decoder.decode(bytes, offset, length, text) as Decoded & { readonly values: RecordValues<R> };
  }
}

type CodecsOf<T extends Readonly<Record<string, Layout>>> = { readonly [K in keyof T]: RecordCodec<T[K]['fields']> };

/** Compiles a family of layouts. @param shapes those there are, by record. */
export function compileAll<T extends Readonly<Record<string, Layout>>>(
  layouts: T,
  shapes: Readonly<Record<string, Shape>> = {},
): CodecsOf<T> {
  return Object.fromEntries(
    Object.entries(layouts).map(([record, layout]) => [record, new RecordCodec(layout, shapes[record])]),
  ) as unknown as CodecsOf<T>;
}
