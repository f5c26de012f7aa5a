import type { VNode } from 'preact';
import { formatCount, formatEuros, plural, shortNumber } from '../../view-model/format';
import type { PreflightView } from '../../view-model/transmission';
import { Term } from '../glossary/term';
import { routeTo } from '../route';
import { Icon } from '../ui/icon';

export interface PreflightTableProps {
  readonly view: PreflightView;
  /** Chooses another practitioner, whose card is then asked for; null where this one is not among the choices. */
  readonly choose: (billingNumber: string) => (() => void) | null;
}

/** What leaves, per payer, and what stays. */
export function PreflightTable({ view, choose }: PreflightTableProps): VNode {
  const { lines, totals, deadline, held, heldText, waitingText, unsealable, elsewhere, empty } = view;
  return (
    <>
      {lines.length === 0 ? null : (
        <table class="preflight">
          <caption class="unseen">Factures qui vont partir, par organisme</caption>
          <thead>
            <tr>
              <th scope="col">Organisme</th>
              <th scope="col">
                <Term word="FSE" /> ou <Term word="DRE" />
              </th>
              <th scope="col" class="right">
                Factures
              </th>
              <th scope="col" class="right">
                Part <Term word="AMO" />
              </th>
              <th scope="col" class="right">
                Part <Term word="AMC" />
              </th>
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <tr key={`${line.label} ${line.kind}`}>
                <th scope="row">{line.label}</th>
                <td>{line.kind}</td>
                <td class="right">{formatCount(line.invoices)}</td>
                <td class="right">{formatEuros(line.amo)}</td>
                <td class="right">{formatEuros(line.amc)}</td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row" colSpan={2}>
                Total
              </th>
              <td class="right">{formatCount(totals.invoices)}</td>
              <td class="right">{formatEuros(totals.amo)}</td>
              <td class="right">{formatEuros(totals.amc)}</td>
            </tr>
          </tfoot>
        </table>
      )}
      {empty ? <p class="hint">Rien à envoyer pour ce praticien.</p> : null}
      {deadline === null ? null : (
        <p class={`line tone-${deadline.tone}`}>
          <Icon shape={deadline.shape} />
          {deadline.text}
        </p>
      )}
      {waitingText === null ? null : (
        <p class="line tone-info">
          <Icon shape="lock" />
          {waitingText}
        </p>
      )}
      {heldText === null ? null : (
        <details class="held">
          <summary class="line tone-attention">
            <Icon shape="hand" />
            {heldText} <span class="more">Voir pourquoi</span>
          </summary>
          <ul>
            {held.map(({ number, reason }) => (
              <li key={number}>
                <strong>Facture {shortNumber(number)}</strong> – {reason.message} {reason.action}
              </li>
            ))}
          </ul>
          <p>
            <a href={routeTo('factures', 'held')}>Ouvrir les factures retenues</a>
          </p>
        </details>
      )}
      {unsealable.map((text) => (
        <p key={text} class="line tone-attention">
          <Icon shape="hand" />
          {text}
        </p>
      ))}
      {elsewhere.map(({ signer, name, text, reason }) => {
        const chosen = choose(signer);
        return (
          <div key={signer} class="line tone-info">
            <Icon shape="hand" />
            <p class="grow">
              {text} {reason.action}
            </p>
            {chosen === null ? null : (
              <button type="button" class="secondary small" onClick={chosen}>
                Passer à {name}
              </button>
            )}
          </div>
        );
      })}
      {held.length === 0 && !empty && lines.length > 0 ? <p class="unseen">{plural(0, 'facture')} retenue.</p> : null}
    </>
  );
}
