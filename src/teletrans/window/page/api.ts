/** The page's half of the window's protocol. */
import type { DecisionQuestion, FiledReturnView, Glance, OpenCardView, Preflight, TrayView } from '../../application/port';
import type { DecisionKind, NumbersDecision } from '../../store/port';
import type {
  ApiError,
  AttachBody,
  BundleView,
  DecisionBody,
  DiagnosticsView,
  InsertBody,
  KeepBody,
  ReaderView,
  TransmitBody,
  VirtualCards,
  WorkAnswer,
  WorkView,
} from '../protocol';
import type { HealthReport } from '../../diagnostics/health/report';
import type { StateWords } from '../state-words';

/** Any request that did not succeed; `status` 0 when the program did not answer at all. */
export class ApiFailure extends Error {
  constructor(
    readonly status: number,
    readonly explained: ApiError,
  ) {
    super(explained.code);
    this.name = 'ApiFailure';
  }
}

const SILENT: ApiError = {
  code: 'FEN-009',
  message: 'Le module de télétransmission ne répond pas.',
  action: 'Attendez un instant. S’il ne revient pas, cliquez de nouveau sur l’icône du téléphone.',
};

function isApiError(value: unknown): value is ApiError {
  return typeof value === 'object' && value !== null && 'code' in value && 'message' in value && 'action' in value;
}

/** Any request. Errors: {@link ApiFailure}. */
export async function call(path: string, init: RequestInit = {}): Promise<unknown> {
  let answer: Response;
  try {
    answer = await fetch(path, { credentials: 'same-origin', cache: 'no-store', redirect: 'error', ...init });
  } catch {
    throw new ApiFailure(0, SILENT);
  }
  const body: unknown = answer.status === 204 ? null : await answer.json().catch(() => null);
  if (answer.ok) return body;
  throw new ApiFailure(answer.status, isApiError(body) ? body : SILENT);
}

export const post = (path: string): Promise<unknown> => call(path, { method: 'POST' });
export const postJson = (path: string, body: object): Promise<unknown> =>
  call(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

export const readWords = async (): Promise<StateWords> => (await call('/api/words')) as StateWords;
export const readGlance = async (): Promise<Glance> => (await call('/api/glance')) as Glance;
export const readReader = async (): Promise<ReaderView> => (await call('/api/reader')) as ReaderView;
export const readCards = async (): Promise<VirtualCards> => (await call('/api/cards')) as VirtualCards;
export const readDiagnostics = async (): Promise<DiagnosticsView> => (await call('/api/diagnostics')) as DiagnosticsView;
export const readWork = async (): Promise<WorkView | null> => ((await call('/api/transmission')) as WorkAnswer).work;

export async function readPreflight(practitioner: string, situation: string | null): Promise<Preflight> {
  const query = new URLSearchParams({ praticien: practitioner, ...(situation === null ? {} : { situation }) });
  return (await call(`/api/preflight?${query.toString()}`)) as Preflight;
}

export async function insertCard(file: string | null): Promise<void> {
  await postJson('/api/card/insert', { file } satisfies InsertBody);
}

const cardQuery = (lastTryConfirmed: boolean, practitioner: string | null): string =>
  new URLSearchParams({
    ...(practitioner === null ? {} : { praticien: practitioner }),
    ...(lastTryConfirmed ? { dernierEssai: 'confirme' } : {}),
  }).toString();

/** Presents the code of the chosen practitioner's card. `code` is wiped when the promise settles. */
export async function openCard(
  code: Uint8Array<ArrayBuffer>,
  lastTryConfirmed: boolean,
  practitioner: string | null,
): Promise<OpenCardView> {
  const path = `/api/card/open?${cardQuery(lastTryConfirmed, practitioner)}`;
  try {
    return (await call(path, { method: 'POST', headers: { 'content-type': 'application/octet-stream' }, body: code })) as OpenCardView;
  } finally {
    code.fill(0);
  }
}

/** Has the code typed on the keypad of the reader: answers when it was, at most 30 s later. */
export async function openCardOnKeypad(lastTryConfirmed: boolean, practitioner: string | null): Promise<OpenCardView> {
  const query = cardQuery(lastTryConfirmed, practitioner);
  return (await post(`/api/card/keypad?${query}`)) as OpenCardView;
}

/** Keeps the opened card open for work nobody attends. */
export async function keepCardOpen(minutes: number): Promise<OpenCardView> {
  return (await postJson('/api/card/keep', { minutes } satisfies KeepBody)) as OpenCardView;
}

export async function closeCard(): Promise<void> {
  await post('/api/card/close');
}

/** @param chosen the person chose the situation among several. */
export async function transmit(practitioner: string, situation: string | null, chosen: boolean): Promise<WorkView | null> {
  const body = { praticien: practitioner, situation, choisie: chosen } satisfies TransmitBody;
  return ((await postJson('/api/transmit', body)) as WorkAnswer).work;
}

/** Cancels the transmission under way, while nothing is sealed. */
export async function cancelTransmission(): Promise<void> {
  await post('/api/transmission/cancel');
}

export async function collect(): Promise<WorkView | null> {
  return ((await post('/api/collect')) as WorkAnswer).work;
}

export async function releaseLot(id: string): Promise<void> {
  await post(`/api/lots/${encodeURIComponent(id)}/release`);
}

/** Lets a file refused for good leave again, unchanged, with the next transmission. */
export async function retryFile(id: string): Promise<void> {
  await post(`/api/files/${encodeURIComponent(id)}/retry`);
}

export async function readQuestion(kind: DecisionKind, id: string): Promise<DecisionQuestion> {
  return (await call(`/api/questions/${kind}/${encodeURIComponent(id)}`)) as DecisionQuestion;
}

/** Sends the same bytes of a file that may have arrived once more. Resolves when the attempt has ended. */
export async function resendFile(id: string, says: DecisionBody): Promise<void> {
  await postJson(`/api/files/${encodeURIComponent(id)}/resend`, says);
}

/** Lets sending go on although the brake stopped it. */
export async function releaseBrake(id: string, says: DecisionBody): Promise<void> {
  await postJson(`/api/brake/${encodeURIComponent(id)}/release`, says);
}

/** After a restored backup: the numbers go on, and sending with them. */
export async function takeUpNumbers(kind: NumbersDecision, says: DecisionBody): Promise<void> {
  await postJson(`/api/numbers/${kind}`, says);
}

/** Lets an invoice leave that was held after a restored backup. */
export async function releaseInvoice(id: string, says: DecisionBody): Promise<void> {
  await postJson(`/api/invoices/${encodeURIComponent(id)}/release`, says);
}

/** Gives up the electronic sending of a lot: its invoices go on paper. */
export async function declareOnPaper(id: string, says: DecisionBody): Promise<void> {
  await postJson(`/api/lots/${encodeURIComponent(id)}/paper-duplicate`, says);
}

/** The same of one invoice that can leave no more. */
export async function declareInvoiceOnPaper(id: string, says: DecisionBody): Promise<void> {
  await postJson(`/api/invoices/${encodeURIComponent(id)}/paper-duplicate`, says);
}

/** Notes that the sheet of paper of an invoice has been sent. */
export async function noteSheetSent(id: string, says: DecisionBody): Promise<void> {
  await postJson(`/api/invoices/${encodeURIComponent(id)}/sheet-sent`, says);
}

export const checkHealth = async (): Promise<HealthReport> => (await post('/api/diagnostics/health')) as HealthReport;

/** Makes a support bundle and shows what it holds. */
export const makeBundle = async (): Promise<BundleView> => (await post('/api/diagnostics/bundle')) as BundleView;

/** Where the browser saves the bundle that was shown. */
export const bundleAddress = (id: string): string => `/api/diagnostics/bundle/${encodeURIComponent(id)}`;

export const readTray = async (): Promise<readonly TrayView[]> => (await call('/api/tray')) as readonly TrayView[];

export const readFiledReturns = async (): Promise<readonly FiledReturnView[]> =>
  (await call('/api/tray/filed')) as readonly FiledReturnView[];

/** Puts an entry of the tray away without attaching it. */
export async function fileReturn(id: string, says: DecisionBody): Promise<void> {
  await postJson(`/api/returns/${encodeURIComponent(id)}/file`, says);
}

/** Takes a return that was put away back to the tray. */
export async function takeBackReturn(id: string): Promise<void> {
  await post(`/api/returns/${encodeURIComponent(id)}/take-back`);
}

/** Applies an unmatched ARL to a file. */
export async function attachReturn(id: string, file: string, says: DecisionBody): Promise<void> {
  await postJson(`/api/returns/${encodeURIComponent(id)}/attach`, { ...says, fichier: file } satisfies AttachBody);
}
