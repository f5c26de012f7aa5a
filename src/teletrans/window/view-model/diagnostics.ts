/** Words of the diagnostics page. */
import type { HealthStatus } from '../../diagnostics/health/report';
import type { DiagnosticsView } from '../protocol';
import type { Shape, Tone } from '../state-words';
import { formatDateTime } from './format';

export interface Line {
  readonly text: string;
  readonly detail: string;
  readonly tone: Tone;
  readonly shape: Shape;
}

/** Whether diagnostics are on, until when, and how that is changed. */
export function switchLine({ state, until, level, faulty }: DiagnosticsView): Line {
  const how = 'Il se règle dans le manifeste du module (manifest.json, « diagnostics ») et prend effet aussitôt.';
  if (faulty)
    return {
      text: 'Le manifeste du module est illisible ou incorrect : le dernier réglage valable reste en vigueur.',
      detail: how,
      tone: 'attention',
      shape: 'question',
    };
  if (state === 'on' && until !== null)
    return {
      text: `Diagnostic activé jusqu’au ${formatDateTime(until)} (niveau ${level}).`,
      detail: 'Le journal technique est plus bavard ; il ne contient toujours ni patient, ni montant, ni code. Il s’arrêtera de lui-même.',
      tone: 'info',
      shape: 'clock',
    };
  if (state === 'expired') return { text: 'Diagnostic arrêté : son temps est écoulé.', detail: how, tone: 'neutral', shape: 'circle' };
  return { text: 'Diagnostic non activé.', detail: how, tone: 'neutral', shape: 'circle' };
}

/** The result of a check: word, shape and tone. */
export const STATUS_WORDS: Readonly<
  Record<HealthStatus, { readonly word: string; readonly meaning: string; readonly tone: Tone; readonly shape: Shape }>
> = {
  ok: { word: 'Bon', meaning: 'Rien à faire.', tone: 'good', shape: 'check' },
  warning: { word: 'À voir', meaning: 'Rien ne bloque aujourd’hui.', tone: 'attention', shape: 'clock' },
  error: { word: 'À réparer', meaning: 'Empêche ou empêchera de transmettre.', tone: 'alert', shape: 'cross' },
};

export const SUMMARY: Readonly<Record<HealthStatus, string>> = {
  ok: 'Tout est bon.',
  warning: 'Rien ne bloque ; voyez ce qui est signalé.',
  error: 'Quelque chose est à réparer.',
};

/** `3,4 Ko`. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} o`;
  const thousands = bytes < 1_000_000;
  return `${(bytes / (thousands ? 1000 : 1_000_000)).toFixed(1).replace('.', ',')} ${thousands ? 'Ko' : 'Mo'}`;
}
