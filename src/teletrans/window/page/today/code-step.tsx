import type { VNode } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { ApiError, ReaderView } from '../../protocol';
import { cardView, type CardView } from '../../view-model/card-view';
import { ApiFailure, closeCard, openCard } from '../api';
import { Notice } from '../ui/badge';
import { Icon } from '../ui/icon';

export interface CodeStepProps {
  readonly reader: ReaderView;
  /** Something that leaves has to be sealed by the card. */
  readonly needed: boolean;
  readonly otherCard: string | null;
  /** Billing number of the chosen practitioner: another person's card is refused before a try is spent. */
  readonly practitioner: string | null;
  readonly refresh: () => Promise<void>;
}

/** Asks for the code porteur. Enter validates it and does nothing more: sending is another gesture. */
export function CodeStep({ reader, needed, otherCard, practitioner, refresh }: CodeStepProps): VNode {
  const card = cardView(reader);
  const cardId = reader.status.state === 'card' ? reader.status.cardId : null;
  const [failure, setFailure] = useState<ApiError | null>(null);
  const opened = useRef<HTMLParagraphElement>(null);
  const kind = useRef(card.kind);
  useEffect(() => setFailure(null), [cardId]);
  useEffect(() => {
    // After a right code the focus goes to the sentence that says so, never to a button that acts.
    if (kind.current === 'ask' && card.kind === 'opened') opened.current?.focus();
    kind.current = card.kind;
  }, [card.kind]);

  const attempt = async (work: () => Promise<unknown>): Promise<void> => {
    setFailure(null);
    let refused: ApiError | null = null;
    try {
      await work();
    } catch (error) {
      if (!(error instanceof ApiFailure)) throw error;
      refused = error.explained;
    }
    // The tries left are read again first: no message stands beside a count that is no longer true.
    await refresh();
    setFailure(refused);
  };
  return (
    <div class="step step-line" role="group" aria-labelledby="titre-code">
      <h3 id="titre-code">Code porteur</h3>
      <div class="step-body">
        {otherCard === null || (!needed && card.kind !== 'opened') ? null : (
          <Notice tone="attention" shape="hand" title={otherCard} text="Changez de carte, ou choisissez un autre praticien." />
        )}
        {card.kind === 'opened' ? (
          <div class="row">
            <p ref={opened} tabIndex={-1} class="line tone-good grow">
              <Icon shape="check" />
              Code accepté : carte de {card.holder}.
            </p>
            <button type="button" class="secondary" onClick={() => void attempt(closeCard)}>
              Refermer la carte
            </button>
          </div>
        ) : !needed ? (
          <p class="hint">Aucun code n’est nécessaire : il n’y a rien à sécuriser.</p>
        ) : card.kind === 'stopped' ? (
          <Notice
            tone="attention"
            shape={reader.status.state === 'no-card' ? 'circle' : 'cross'}
            title={card.problem.message}
            text={card.problem.action}
            code={card.problem.code}
          />
        ) : (
          <CodeForm key={cardId} card={card} present={(code, confirmed) => attempt(() => openCard(code, confirmed, practitioner))} />
        )}
        {failure === null || (card.kind === 'stopped' && failure.code === card.problem.code) ? null : (
          <Notice tone="alert" shape="cross" title={failure.message} text={failure.action} code={failure.code} role="alert" />
        )}
      </div>
    </div>
  );
}

interface CodeFormProps {
  readonly card: Extract<CardView, { kind: 'ask' }>;
  readonly present: (code: Uint8Array<ArrayBuffer>, lastTryConfirmed: boolean) => Promise<void>;
}

const DIGITS = 4;

function CodeForm({ card, present }: CodeFormProps): VNode {
  const field = useRef<HTMLInputElement>(null);
  const [length, setLength] = useState(0);
  const [confirmed, setConfirmed] = useState(false);
  const [presenting, setPresenting] = useState(false);
  const ready = length === DIGITS && !presenting && (card.lastTry === null || confirmed);

  const submit = async (): Promise<void> => {
    const input = field.current;
    if (input === null || !ready) return;
    const code = Uint8Array.from(input.value, (digit) => digit.charCodeAt(0));
    input.value = '';
    setLength(0);
    setPresenting(true);
    await present(code, confirmed);
    setPresenting(false);
    setConfirmed(false);
    field.current?.focus();
  };
  return (
    <form
      class="code"
      autoComplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <p id="essais" class={`line tone-${card.lastTry === null ? 'neutral' : 'alert'}`}>
        <Icon shape={card.lastTry === null ? 'lock' : 'question'} />
        Carte de {card.holder} : {card.tries}.
      </p>
      {card.lastTry === null ? null : (
        <>
          <Notice tone="alert" shape="hand" title={card.lastTry.message} text={card.lastTry.action} code={card.lastTry.code} role="alert" />
          <label class="check">
            <input type="checkbox" checked={confirmed} onChange={(event) => setConfirmed(event.currentTarget.checked)} />
            J’ai compris : un code faux bloquera la carte. J’utilise le dernier essai.
          </label>
        </>
      )}
      <div class="row">
        <label for="code-porteur">Code à 4 chiffres</label>
        <input
          id="code-porteur"
          ref={field}
          class="code-field"
          type="password"
          inputMode="numeric"
          autoComplete="off"
          spellcheck={false}
          maxLength={DIGITS}
          aria-describedby="essais"
          onInput={(event) => {
            const input = event.currentTarget;
            const digits = input.value.replace(/[^0-9]/g, '');
            if (digits !== input.value) input.value = digits;
            setLength(digits.length);
          }}
        />
        <button type="submit" class="secondary" aria-disabled={!ready}>
          Valider le code
        </button>
      </div>
    </form>
  );
}
