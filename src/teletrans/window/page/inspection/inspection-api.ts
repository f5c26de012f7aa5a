/** The page's half of the addresses about what was sent and received. */
import type { FileProofs, Inspected, ReturnRow } from '../../../application/inspection-port';
import { call } from '../api';

/** Whose bytes: of a file that was sent, or of a return. */
export type Of = 'files' | 'returns';

/** @param from records before the first one wanted. */
export async function readBytes(of: Of, id: string, from: number, clear: boolean): Promise<Inspected> {
  const query = new URLSearchParams({ de: String(from), ...(clear ? { clair: 'oui' } : {}) });
  return (await call(`/api/${of}/${encodeURIComponent(id)}/bytes?${query.toString()}`)) as Inspected;
}

export const readProofs = async (id: string): Promise<FileProofs> =>
  (await call(`/api/files/${encodeURIComponent(id)}/proofs`)) as FileProofs;

export const readReturns = async (from: number): Promise<{ readonly total: number; readonly rows: readonly ReturnRow[] }> =>
  (await call(`/api/returns?de=${from}`)) as { readonly total: number; readonly rows: readonly ReturnRow[] };
