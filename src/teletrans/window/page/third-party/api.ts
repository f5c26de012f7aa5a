/** The page's half of the third-party protocol. */
import type {
  CandidateView,
  ChartsView,
  ClaimRef,
  ClaimsAsked,
  ClaimsExportAsked,
  ClaimsPage,
  HistoryView,
  ThirdPartyOverview,
  TotalsView,
} from '../../../application/third-party-port';
import type { ExportView, ReminderBrief, ThirdPartyBodies } from '../../protocol';
import { call, postJson } from '../api';

export const readThirdParty = async (): Promise<ThirdPartyOverview> => (await call('/api/third-party')) as ThirdPartyOverview;

export const readClaims = async (asked: ClaimsAsked): Promise<ClaimsPage> =>
  (await postJson('/api/third-party/claims', asked)) as ClaimsPage;

/** The address a list is saved from; good once. */
export const askExport = async (asked: ClaimsExportAsked): Promise<string> =>
  `/api/third-party/claims/export/${((await postJson('/api/third-party/claims/export', asked)) as ExportView).id}`;

export const readReminders = async (): Promise<readonly ReminderBrief[]> =>
  (await call('/api/third-party/reminders')) as readonly ReminderBrief[];

export const readTotals = async (): Promise<TotalsView> => (await call('/api/third-party/totals')) as TotalsView;

export const readCharts = async (): Promise<ChartsView> => (await call('/api/third-party/charts')) as ChartsView;

export const readCandidates = async (line: number): Promise<readonly CandidateView[]> =>
  (await call(`/api/third-party/candidates/${line}`)) as readonly CandidateView[];

export const readHistory = async ({ invoiceId, part }: ClaimRef): Promise<readonly HistoryView[]> =>
  (await call(`/api/third-party/history/${encodeURIComponent(invoiceId)}/${part}`)) as readonly HistoryView[];

export async function act<N extends keyof ThirdPartyBodies>(name: N, body: ThirdPartyBodies[N]): Promise<void> {
  await postJson(`/api/third-party/${name}`, body);
}
