/** What the page asks of the routing tables. */
import type { RecipientsOutcome, RecipientsView } from '../../../settings/recipients-port';
import type { RecipientBackBody, RecipientBody } from '../../protocol';
import { call, postJson } from '../api';

const ADDRESS = '/api/settings/recipients';
export const readRecipients = async (): Promise<RecipientsView> => (await call(ADDRESS)) as RecipientsView;
export const saveRecipient = async (body: RecipientBody): Promise<RecipientsOutcome> =>
  (await postJson(ADDRESS, body)) as RecipientsOutcome;
export const backRecipients = async (body: RecipientBackBody): Promise<RecipientsOutcome> =>
  (await postJson(`${ADDRESS}/back`, body)) as RecipientsOutcome;
