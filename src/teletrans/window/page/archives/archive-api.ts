/** What the page asks of the archives. */
import type { ArchiveView, Dossier, FoundInvoice, PurgeNotice, PurgeReport, VerificationReport } from '../../../archive/port';
import type { SearchBody } from '../../protocol';
import { call, post, postJson } from '../api';

export const readArchives = async (): Promise<readonly ArchiveView[]> => (await call('/api/archives')) as readonly ArchiveView[];
export const announcePurge = async (): Promise<PurgeNotice | null> => (await post('/api/archives/announce')) as PurgeNotice | null;
export async function postponePurge(): Promise<void> {
  await post('/api/archives/postpone');
}
export const simulatePurge = async (): Promise<PurgeReport> => (await call('/api/archives/simulation')) as PurgeReport;
export const runPurge = async (): Promise<PurgeReport> => (await post('/api/archives/purge')) as PurgeReport;
export const verifyArchives = async (): Promise<VerificationReport> => (await post('/api/archives/verify')) as VerificationReport;
export const readDossier = async (id: string): Promise<Dossier> => (await call(`/api/dossiers/${encodeURIComponent(id)}`)) as Dossier;

export async function searchArchives(text: string): Promise<readonly FoundInvoice[]> {
  return (await postJson('/api/archives/search', { text } satisfies SearchBody)) as readonly FoundInvoice[];
}
