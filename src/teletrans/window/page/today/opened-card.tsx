import type { RefObject, VNode } from 'preact';
import { useId, useState } from 'preact/hooks';
import { UNATTENDED_CHOICES, type CardView } from '../../view-model/card-view';
import { Icon } from '../ui/icon';

export interface OpenedCardProps {
  readonly card: Extract<CardView, { kind: 'opened' }>;
  /** The sentence that takes the focus after a right code. */
  readonly sentence: RefObject<HTMLParagraphElement | null>;
  readonly close: () => void;
  readonly keep: (minutes: number) => void;
}

/** A card whose code was accepted: it closes by itself after the work, unless the practitioner keeps it open for the closing of the day. */
export function OpenedCard({ card, sentence, close, keep }: OpenedCardProps): VNode {
  const id = useId();
  const [minutes, setMinutes] = useState<number>(UNATTENDED_CHOICES[2].minutes);
  return (
    <>
      <div class="row">
        <p ref={sentence} tabIndex={-1} class="line tone-good grow">
          <Icon shape="check" />
          Code accepté : carte de {card.holder}.
        </p>
        {card.unattended === null ? (
          <button type="button" class="secondary" onClick={close}>
            Refermer la carte
          </button>
        ) : null}
      </div>
      {card.unattended === null ? (
        <details class="keep">
          <summary>Garder la carte ouverte pour la clôture de la journée</summary>
          <p class="hint">
            La clôture pourra sécuriser et envoyer sans vous. Pendant ce temps, les autres programmes ne peuvent pas utiliser la carte. Elle
            se referme à l’heure dite, si vous la retirez, ou quand vous le demandez.
          </p>
          <div class="row">
            <label for={id}>Durée</label>
            <select id={id} value={minutes} onChange={(event) => setMinutes(Number(event.currentTarget.value))}>
              {UNATTENDED_CHOICES.map((choice) => (
                <option key={choice.minutes} value={choice.minutes}>
                  {choice.label}
                </option>
              ))}
            </select>
            <button type="button" class="secondary" onClick={() => keep(minutes)}>
              Garder ouverte
            </button>
          </div>
        </details>
      ) : null}
    </>
  );
}
