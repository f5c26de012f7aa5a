/** What the page asks of the settings. */
import type { ConnectionView, SettingsOutcome, SettingsView } from '../../../settings/port';
import type { ConnectionBody, GoBackBody, SettingsBody } from '../../protocol';
import { call, postJson } from '../api';

export const readSettings = async (): Promise<SettingsView> => (await call('/api/settings')) as SettingsView;
export const saveSettings = async (body: SettingsBody): Promise<SettingsOutcome> =>
  (await postJson('/api/settings', body)) as SettingsOutcome;
export const goBack = async (body: GoBackBody): Promise<SettingsOutcome> => (await postJson('/api/settings/back', body)) as SettingsOutcome;
export const tryConnection = async (body: ConnectionBody): Promise<ConnectionView> =>
  (await postJson('/api/settings/connection', body)) as ConnectionView;
