/** The settings as the file has them, what was typed over them, and what became of it. */
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { SettingConfirmation, SettingFault, SettingsOutcome, SettingsView } from '../../../settings/port';
import type { ApiError } from '../../protocol';
import { changeOf, EMPTY_DRAFT, fieldId, firstFault, type SettingsDraft } from '../../view-model/settings-draft';
import { ApiFailure } from '../api';
import { goBack, readSettings, saveSettings } from './settings-api';

/** What was asked and waits for a person's word about its consequences. */
export interface Asked {
  readonly confirmations: readonly SettingConfirmation[];
  readonly again: (confirmed: readonly string[]) => Promise<void>;
}

export interface SettingsHandle {
  readonly view: SettingsView | null;
  readonly draft: SettingsDraft;
  readonly faults: readonly SettingFault[];
  readonly failure: ApiError | null;
  /** What was done last, in words; empty before. */
  readonly said: string;
  readonly working: boolean;
  readonly asked: Asked | null;
  readonly edit: (draft: SettingsDraft) => void;
  readonly reset: () => void;
  /** Reads the file again; what was typed stays. */
  readonly reread: () => Promise<void>;
  readonly save: () => Promise<void>;
  readonly back: () => Promise<void>;
  readonly forgetAsked: () => void;
}

/** What was typed stays when the person looks at another page; a password does not. */
let kept: SettingsDraft = EMPTY_DRAFT;
const isPassword = (place: string): boolean => place.endsWith('/password');
const withoutPasswords = ({ values, lists }: SettingsDraft): SettingsDraft => ({
  values: Object.fromEntries(Object.entries(values).filter(([place]) => !isPassword(place))),
  lists,
});

/** @param on read again when it changes and nothing is typed: the file may be another one. */
export function useSettings(on: unknown): SettingsHandle {
  const [view, setView] = useState<SettingsView | null>(null);
  const [draft, setDraft] = useState<SettingsDraft>(kept);
  const [faults, setFaults] = useState<readonly SettingFault[]>([]);
  const [failure, setFailure] = useState<{ readonly of: 'reading' | 'writing'; readonly error: ApiError } | null>(null);
  const [said, setSaid] = useState('');
  const [working, setWorking] = useState(false);
  const [asked, setAsked] = useState<Asked | null>(null);
  const focusNext = useRef<string | null>(null);
  const touched = draft !== EMPTY_DRAFT;

  const edit = (next: SettingsDraft): void => {
    kept = withoutPasswords(next);
    setDraft(next);
    setSaid('');
  };
  const attempt = async (of: 'reading' | 'writing', work: () => Promise<void>): Promise<void> => {
    setWorking(true);
    try {
      await work();
    } catch (error) {
      if (!(error instanceof ApiFailure)) throw error;
      // A program that does not answer is told once, above the page.
      if (of === 'writing' || error.status !== 0) setFailure({ of, error: error.explained });
    } finally {
      setWorking(false);
    }
  };
  const look = (): Promise<void> =>
    attempt('reading', async () => {
      const read = await readSettings();
      setView(read);
      setFaults(read.faults);
      setFailure((before) => (before?.of === 'reading' ? null : before));
    });
  useEffect(() => {
    if (!touched || view === null) void look();
  }, [on]);
  useLayoutEffect(() => {
    if (focusNext.current === null) return;
    document.getElementById(focusNext.current)?.focus();
    focusNext.current = null;
  }, [faults, asked]);

  const finish = (outcome: SettingsOutcome, words: string, again: (confirmed: readonly string[]) => Promise<void>): void => {
    setAsked(null);
    if (outcome.saved) {
      edit(EMPTY_DRAFT);
      setView(outcome.view);
      setFaults(outcome.view.faults);
      setSaid(words);
      return;
    }
    setFaults(outcome.faults);
    const first = view === null ? null : firstFault(view, draft, outcome.faults);
    focusNext.current = first === null ? null : fieldId(first);
    if (outcome.faults.length === 0) setAsked({ confirmations: outcome.confirmations, again });
  };

  const save = (confirmed: readonly string[] = []): Promise<void> =>
    attempt('writing', async () => {
      if (view === null) return;
      setFailure(null);
      const change = changeOf(view, draft);
      finish(await saveSettings({ version: view.version, change, confirmed }), 'Réglages enregistrés.', save);
    });
  const back = (confirmed: readonly string[] = []): Promise<void> =>
    attempt('writing', async () => {
      if (view === null) return;
      setFailure(null);
      const words = 'La version précédente est de nouveau en place ; celle d’avant ce retour est gardée à son tour.';
      finish(await goBack({ version: view.version, confirmed }), words, back);
    });
  return {
    view,
    draft,
    faults,
    failure: failure?.error ?? null,
    said,
    working,
    asked,
    edit,
    reset: () => {
      edit(EMPTY_DRAFT);
      setFaults(view?.faults ?? []);
      setFailure(null);
    },
    reread: () => {
      setFailure(null);
      return look();
    },
    save: () => save(),
    back: () => back(),
    forgetAsked: () => setAsked(null),
  };
}
