/** The road of a transmission, in order: who, which card, what leaves, the code, the situation, the button. */
import type { VNode } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import type { Glance, Preflight } from '../../../application/port';
import type { ApiError, ReaderView } from '../../protocol';
import type { StateWords } from '../../state-words';
import { cardView, otherCardNotice, practitionerChoices, situationChoices, usedChoice } from '../../view-model/card-view';
import { plural, practitionerName } from '../../view-model/format';
import { preflightView, sendView } from '../../view-model/transmission';
import { ApiFailure, readPreflight, transmit } from '../api';
import { Term } from '../glossary/term';
import type { LiveHandle } from '../live';
import { Notice, Problem } from '../ui/badge';
import { CodeStep } from './code-step';
import { PreflightTable } from './preflight-table';
import { VirtualReader } from './virtual-reader';
import { useReport } from './report';
import { WorkShown } from './work-shown';

export interface TransmitPanelProps {
  readonly live: LiveHandle;
  readonly overview: Glance;
  readonly words: StateWords;
  readonly reader: ReaderView;
}

/** What would leave, read again after each change of the choice or of the day. */
function usePreflight(
  overview: Glance,
  practitioner: string | null,
  situation: string | null,
): { preflight: Preflight | null; failure: ApiError | null } {
  const [state, setState] = useState<{ preflight: Preflight | null; failure: ApiError | null }>({ preflight: null, failure: null });
  useEffect(() => {
    let current = true;
    if (practitioner === null) {
      setState({ preflight: null, failure: null });
      return undefined;
    }
    readPreflight(practitioner, situation).then(
      (preflight) => {
        if (current) setState({ preflight, failure: null });
      },
      (error: unknown) => {
        if (!(error instanceof ApiFailure)) throw error;
        // A program that does not answer is told once, above; what was last read stays.
        if (current && error.status !== 0) setState({ preflight: null, failure: error.explained });
      },
    );
    return () => {
      current = false;
    };
  }, [overview, practitioner, situation]);
  return state;
}

/** The card step of this practitioner, null where nobody of that number is to be chosen. */
function choose(
  signer: string,
  choices: readonly { readonly billingNumber: string }[],
  setWanted: (billingNumber: string) => void,
): (() => void) | null {
  if (!choices.some(({ billingNumber }) => billingNumber === signer)) return null;
  return () => {
    setWanted(signer);
    document.querySelector<HTMLInputElement>(`input[name="praticien"][value="${CSS.escape(signer)}"]`)?.focus();
  };
}

export function TransmitPanel({ live, overview, words, reader }: TransmitPanelProps): VNode {
  const choices = useMemo(() => practitionerChoices(overview.practitioners), [overview]);
  const [wanted, setWanted] = useState<string | null>(null);
  /** Undefined until the person chooses: what was chosen last time is proposed. */
  const [situation, setSituation] = useState<string | null | undefined>(undefined);
  const [failure, setFailure] = useState<ApiError | null>(null);
  const report = useReport(live, overview.now);

  const chosen = choices.find(({ billingNumber }) => billingNumber === wanted) ?? choices[0] ?? null;
  const situations = situationChoices(reader, chosen);
  const usedSituation = usedChoice(situations, situation, chosen);
  const { preflight, failure: preflightFailure } = usePreflight(overview, chosen?.billingNumber ?? null, usedSituation);

  const { work } = live;
  const otherCard = otherCardNotice(reader, chosen);
  const running = work?.endedAt === null;
  const send = sendView(preflight, {
    connected: live.connection === 'live',
    card: cardView(reader),
    otherCard,
    running,
    busy: overview.busy,
  });

  const start = async (): Promise<void> => {
    if (chosen === null || !send.possible) return;
    setFailure(null);
    try {
      live.setWork(await transmit(chosen.billingNumber, usedSituation, situations.length > 0));
    } catch (error) {
      if (!(error instanceof ApiFailure)) throw error;
      setFailure(error.explained);
      await live.refresh();
    }
  };

  if (report.shown !== null)
    return (
      <section class="panel" aria-labelledby="titre-envoi">
        <h2 id="titre-envoi">{report.shown.kind === 'transmit' ? 'Envoi' : 'Relève des retours'}</h2>
        <WorkShown work={report.shown} words={words} onClose={report.close} />
      </section>
    );
  return (
    <section class="panel" aria-labelledby="titre-envoi">
      <h2 id="titre-envoi">Transmettre</h2>
      <div class="steps">
        <div class="step step-line" role="radiogroup" aria-labelledby="titre-praticien">
          <h3 id="titre-praticien">Praticien</h3>
          {choices.length === 0 ? (
            <p class="hint">Aucun praticien n’est déclaré dans le cabinet. Contactez le support pour compléter la configuration.</p>
          ) : null}
          <div class="choices">
            {choices.map(({ billingNumber, name, ready }) => (
              <label key={billingNumber} class="choice">
                <input
                  type="radio"
                  name="praticien"
                  value={billingNumber}
                  checked={billingNumber === chosen?.billingNumber}
                  onChange={() => {
                    setWanted(billingNumber);
                    setSituation(undefined);
                    setFailure(null);
                  }}
                />
                <span class="choice-name">{practitionerName(name, billingNumber)}</span>
                <span class="count" title={`${plural(ready, 'facture')} à envoyer`}>
                  {ready}
                  <span class="unseen"> {ready >= 2 ? 'factures' : 'facture'} à envoyer</span>
                </span>
              </label>
            ))}
          </div>
        </div>
        {live.cards === null ? null : <VirtualReader cards={live.cards} reader={reader} chosen={chosen} refresh={live.refresh} />}
        <div class="step" role="group" aria-labelledby="titre-depart">
          <h3 id="titre-depart">Ce qui va partir</h3>
          {preflight === null ? null : (
            <PreflightTable view={preflightView(preflight)} choose={(signer) => choose(signer, choices, setWanted)} />
          )}
          {preflightFailure === null ? null : (
            <Notice
              tone="alert"
              shape="cross"
              title={preflightFailure.message}
              text={preflightFailure.action}
              code={preflightFailure.code}
              role="alert"
            />
          )}
        </div>
        <CodeStep
          reader={reader}
          needed={preflight !== null && (preflight.invoices > 0 || preflight.unsealable.length > 0)}
          otherCard={otherCard}
          practitioner={chosen?.billingNumber ?? null}
          refresh={live.refresh}
        />
        {situations.length === 0 ? null : (
          <div class="step step-line" role="radiogroup" aria-labelledby="titre-situation">
            <h3 id="titre-situation">
              <Term word="Situation d’exercice" />
            </h3>
            <div class="choices">
              {situations.map(({ number, label }) => (
                <label key={number ?? ''} class="choice">
                  <input type="radio" name="situation" checked={number === usedSituation} onChange={() => setSituation(number)} />
                  <span class="choice-name">{label}</span>
                </label>
              ))}
            </div>
          </div>
        )}
      </div>
      <div class="send">
        <Problem problem={failure} />
        <button type="button" class="primary" aria-disabled={!send.possible} aria-describedby="pourquoi-envoi" onClick={() => void start()}>
          {send.label}
        </button>
        <p id="pourquoi-envoi" class="hint">
          {send.why ?? 'Les retours sont relevés d’abord, puis les lots partent.'}
        </p>
      </div>
    </section>
  );
}
