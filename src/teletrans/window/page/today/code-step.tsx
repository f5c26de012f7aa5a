import type { VNode } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { ApiError, ReaderView } from '../../protocol';
import { afterRefusal, cardView, type CardView } from '../../view-model/card-view';
import { ApiFailure, closeCard, keepCardOpen, openCard, openCardOnKeypad } from '../api';
import { Term } from '../glossary/term';
import { beep } from '../ui/beep';
import { Notice, Problem } from '../ui/badge';
import { Icon } from '../ui/icon';
import { CodeForm } from './code-form';
import { KeypadEntry } from './keypad-entry';
import { OpenedCard } from './opened-card';

export interface CodeStepProps {
  readonly reader: ReaderView;
  /** Something that leaves has to be sealed by the card. */
  readonly needed: boolean;
  readonly otherCard: string | null;
  /** Billing number of the chosen practitioner: another person's card is refused before a try is spent. */
  readonly practitioner: string | null;
  /** Reads the day and the reader again; the reader as it was read. */
  readonly refresh: () => Promise<ReaderView | null>;
}

/** Asks for the code porteur. Enter validates it and does nothing more: sending is another gesture. */
export function CodeStep({ reader, needed, otherCard, practitioner, refresh }: CodeStepProps): VNode {
  const card = cardView(reader);
  const cardId = reader.status.state === 'card' ? reader.status.cardId : null;
  const [failure, setFailure] = useState<ApiError | null>(null);
  const [onKeypad, setOnKeypad] = useState(false);
  const [typing, setTyping] = useState(false);
  const opened = useRef<HTMLParagraphElement>(null);
  const kind = useRef(card.kind);
  useEffect(() => {
    setFailure(null);
    setOnKeypad(false);
  }, [cardId]);
  useLayoutEffect(() => {
    // After a right code the focus goes to the sentence that says so, never to a button that acts.
    if (kind.current === 'ask' && card.kind === 'opened') opened.current?.focus();
    if (card.kind === 'opened') setOnKeypad(false);
    kind.current = card.kind;
  }, [card.kind]);

  /**
   * @param before what is still said while `work` goes on.
   * @returns the refusal and the reader as it is after it.
   */
  const attempt = async (
    work: () => Promise<unknown>,
    before: ApiError | null = null,
  ): Promise<{ refused: ApiError; reader: ReaderView } | null> => {
    setFailure(before);
    let refused: ApiError | null = null;
    try {
      await work();
    } catch (error) {
      if (!(error instanceof ApiFailure)) throw error;
      refused = error.explained;
    }
    // The tries left are read again first: no message stands beside a count that is no longer true.
    const now = await refresh();
    setFailure(refused);
    return refused === null || now === null ? null : { refused, reader: now };
  };

  /** @param after the wrong code that leads to it: it stays said until the next one is typed. */
  const typeOnKeypad = async (confirmed: boolean, after: ApiError | null = null): Promise<void> => {
    setTyping(true);
    // Readers sound their keys, none sounds that it waits.
    beep();
    const end = await attempt(() => openCardOnKeypad(confirmed, practitioner), after);
    setTyping(false);
    if (end !== null && afterRefusal(end.refused.code, end.reader) === 'keypad-now') await typeOnKeypad(false, end.refused);
  };
  const present = async (code: Uint8Array<ArrayBuffer>, confirmed: boolean): Promise<void> => {
    const end = await attempt(() => openCard(code, confirmed, practitioner));
    const next = end === null ? 'window' : afterRefusal(end.refused.code, end.reader);
    if (next !== 'window') setOnKeypad(true);
    if (end !== null && next === 'keypad-now') await typeOnKeypad(false, end.refused);
  };
  return (
    <div class="step step-line" role="group" aria-labelledby="titre-code">
      <h3 id="titre-code">
        <Term word="Code porteur" />
      </h3>
      <div class="step-body">
        {otherCard === null || (!needed && card.kind !== 'opened') ? null : (
          <Notice tone="attention" shape="hand" title={otherCard} text="Changez de carte, ou choisissez un autre praticien." />
        )}
        {card.kind === 'opened' ? (
          <OpenedCard
            card={card}
            sentence={opened}
            close={() => void attempt(closeCard)}
            keep={(minutes) => void attempt(() => keepCardOpen(minutes))}
          />
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
          <AskCode
            key={cardId}
            card={card}
            typing={typing || card.typing}
            onKeypad={onKeypad}
            present={present}
            typeOnKeypad={typeOnKeypad}
            backToScreen={() => setOnKeypad(false)}
          />
        )}
        {failure === null || (card.kind === 'stopped' && failure.code === card.problem.code) ? null : <Problem problem={failure} />}
      </div>
    </div>
  );
}

interface AskCodeProps {
  readonly card: Extract<CardView, { kind: 'ask' }>;
  /** The reader waits for the code on its keypad now. */
  readonly typing: boolean;
  /** A code was wrong: the next one is typed on the reader. */
  readonly onKeypad: boolean;
  readonly present: (code: Uint8Array<ArrayBuffer>, lastTryConfirmed: boolean) => Promise<void>;
  readonly typeOnKeypad: (lastTryConfirmed: boolean) => Promise<void>;
  readonly backToScreen: () => void;
}

/** The tries left, the last one confirmed, then the code: in the window first, on the keypad of the reader after a wrong one or when asked. */
function AskCode({ card, typing, onKeypad, present, typeOnKeypad, backToScreen }: AskCodeProps): VNode {
  const [confirmed, setConfirmed] = useState(false);
  const allowed = card.lastTry === null || confirmed;
  const once = async (work: Promise<void>): Promise<void> => {
    await work;
    setConfirmed(false);
  };
  return (
    <div class="code">
      <p id="essais" class={`line tone-${card.lastTry === null ? 'neutral' : 'alert'}`}>
        <Icon shape={card.lastTry === null ? 'lock' : 'question'} />
        Carte de {card.holder} : {card.tries}.
      </p>
      {card.lastTry === null || typing ? null : (
        <>
          <Notice tone="alert" shape="hand" title={card.lastTry.message} text={card.lastTry.action} code={card.lastTry.code} role="alert" />
          <label class="check">
            <input type="checkbox" checked={confirmed} onChange={(event) => setConfirmed(event.currentTarget.checked)} />
            J’ai compris : un code faux bloquera la carte. J’utilise le dernier essai.
          </label>
        </>
      )}
      {onKeypad || typing ? null : <CodeForm allowed={allowed} present={(code) => once(present(code, confirmed))} />}
      {card.keypad ? <KeypadEntry typing={typing} allowed={allowed} start={() => void once(typeOnKeypad(confirmed))} /> : null}
      {onKeypad && !typing ? (
        <button type="button" class="link" onClick={backToScreen}>
          Saisir plutôt à l’écran
        </button>
      ) : null}
    </div>
  );
}
