/** Another fixed-width engine, set up for one table. */

export type PeerValues = Record<string, string | number>;

export interface Peer {
  /** Package and version. */
  readonly name: string;
  /** Records as lines of text. */
  write(records: PeerValues[]): string;
  /** Lines of text as objects of texts. */
  read(text: string): readonly PeerValues[];
}
