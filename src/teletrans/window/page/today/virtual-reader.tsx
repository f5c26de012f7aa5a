import type { VNode } from 'preact';
import { useEffect, useId, useState } from 'preact/hooks';
import type { PractitionerView } from '../../../application/port';
import type { ApiError, ReaderView, VirtualCards } from '../../protocol';
import { likelyCard } from '../../view-model/card-view';
import { practitionerName } from '../../view-model/format';
import { ApiFailure, insertCard } from '../api';
import { Problem } from '../ui/badge';

export interface VirtualReaderProps {
  readonly cards: NonNullable<VirtualCards>;
  readonly reader: ReaderView;
  readonly chosen: PractitionerView | null;
  readonly refresh: () => Promise<unknown>;
}

/** Stands for the hand that puts a card in the reader, where the reader is software. */
export function VirtualReader({ cards, reader, chosen, refresh }: VirtualReaderProps): VNode {
  const id = useId();
  const inserted = reader.status.state === 'card' ? reader.status.cardId : null;
  const [wanted, setWanted] = useState<string | null>(null);
  const file = wanted ?? likelyCard(cards, chosen);
  useEffect(() => setWanted(null), [chosen?.billingNumber]);
  const [failure, setFailure] = useState<ApiError | null>(null);
  const put = async (next: string | null): Promise<void> => {
    setFailure(null);
    try {
      await insertCard(next);
    } catch (error) {
      if (!(error instanceof ApiFailure)) throw error;
      setFailure(error.explained);
    }
    await refresh();
  };
  return (
    <div class="step step-line" role="group" aria-labelledby={`${id}-titre`}>
      <h3 id={`${id}-titre`}>Carte virtuelle</h3>
      <div class="step-body">
        <div class="row">
          <label class="unseen" for={id}>
            Carte à mettre dans le lecteur
          </label>
          <select id={id} value={file ?? ''} onChange={(event) => setWanted(event.currentTarget.value)}>
            {cards.map((card) => (
              <option key={card.file} value={card.file}>
                Carte de {practitionerName(card.holderName, '')}
              </option>
            ))}
          </select>
          <button type="button" class="secondary" onClick={() => void put(file)}>
            Insérer
          </button>
          <button type="button" class="secondary" disabled={inserted === null} onClick={() => void put(null)}>
            Retirer
          </button>
        </div>
        <Problem problem={failure} />
      </div>
    </div>
  );
}
