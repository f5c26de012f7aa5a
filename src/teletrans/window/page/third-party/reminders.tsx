import type { VNode } from 'preact';
import { useCallback, useEffect, useState } from 'preact/hooks';
import type { ApiError, ReminderBrief } from '../../protocol';
import { formatEuros, plural } from '../../view-model/format';
import { ApiFailure } from '../api';
import { Empty } from '../lists/toolbar';
import { Problem } from '../ui/badge';
import { PrintChoice } from '../ui/print-choice';
import { act, readReminders } from './api';
import { SaysDialog } from './says-dialog';

/** What is to be reminded, a letter a payer: print it, send it, note that it was sent. @param change another value: the list is read again. */
export function Reminders({ change, refresh }: { readonly change: unknown; readonly refresh: () => Promise<void> }): VNode {
  const [letters, setLetters] = useState<readonly ReminderBrief[] | null>(null);
  const [failure, setFailure] = useState<ApiError | null>(null);
  const [noting, setNoting] = useState<ReminderBrief | null>(null);
  const read = useCallback(async (): Promise<void> => {
    try {
      setLetters(await readReminders());
      setFailure(null);
    } catch (error) {
      if (!(error instanceof ApiFailure)) throw error;
      setFailure(error.explained);
    }
  }, []);
  useEffect(() => void read(), [read, change]);
  if (failure !== null) return <Problem problem={failure} />;
  if (letters === null) return <p class="loading">Lecture…</p>;
  if (letters.length === 0)
    return (
      <Empty title="Aucune relance à faire." text="Les parts restées dues au-delà des délais du cabinet apparaîtront ici, par organisme." />
    );
  return (
    <>
      <p role="status">
        <strong>{plural(letters.length, 'lettre')} de relance à envoyer</strong>, selon les délais et les montants réglés pour le cabinet.
      </p>
      <ul class="cards">
        {letters.map((letter) => (
          <li key={letter.id}>
            <div class="grow">
              <p>
                <strong>
                  {letter.payer}, part {letter.part.toUpperCase()}
                </strong>{' '}
                – praticien {letter.practitioner} : {plural(letter.total.count, 'facture')}, reste dû {formatEuros(letter.total.due)}
              </p>
              <p class="hint">
                {[
                  `La plus ancienne a ${plural(letter.oldest, 'jour')}.`,
                  letter.penalty > 0 ? `Pénalités de retard : ${formatEuros(letter.penalty)}.` : '',
                  letter.again > 0 ? `${plural(letter.again, 'facture déjà relancée', 'factures déjà relancées')}.` : '',
                ].join(' ')}
              </p>
            </div>
            <PrintChoice
              path={`/api/print/reminder/${letter.id}`}
              label="Lettre (PDF)"
              what={`la lettre pour ${letter.payer}`}
              linkClass="secondary small"
              linkLabel={`Lettre (PDF) pour ${letter.payer}`}
            />
            <button type="button" class="secondary small" onClick={() => setNoting(letter)}>
              Noter envoyée…<span class="unseen"> la lettre pour {letter.payer}</span>
            </button>
          </li>
        ))}
      </ul>
      {noting === null ? null : (
        <SaysDialog
          title="La lettre est partie ?"
          action="Noter envoyée"
          act={async (says) => {
            await act('reminded', { letters: [noting.id], ...says });
            await refresh();
          }}
          onClose={() => setNoting(null)}
        >
          <p>
            {plural(noting.total.count, 'facture sera notée relancée', 'factures seront notées relancées')} aujourd’hui auprès de{' '}
            {noting.payer}. Une nouvelle relance ne sera proposée qu’après le délai réglé. La relance reste dans l’historique de chaque
            facture ; elle ne s’annule pas.
          </p>
        </SaysDialog>
      )}
    </>
  );
}
