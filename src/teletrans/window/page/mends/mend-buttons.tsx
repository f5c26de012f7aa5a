import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import type { HeldView } from '../../../application/port';
import { shortNumber } from '../../view-model/format';
import { copied, mendOf, recheckSaid, type Mend } from '../../view-model/mends';
import { collect, declareInvoiceOnPaper, releaseInvoice } from '../api';
import { useAsked } from '../archives/asked';
import { Problem } from '../ui/badge';
import { PersonDecision } from '../ui/person-decision';
import { recheckHeld } from './mend-api';

export interface MendButtonsProps {
  readonly held: HeldView;
  /** In the details of the invoice itself: what stands there already is left out. */
  readonly inDetails?: boolean;
}

/** The mends a person decides, each with its decision. */
const DECISIONS = {
  release: { kind: 'release-held', decide: releaseInvoice },
  paper: { kind: 'paper-invoice', decide: declareInvoiceOnPaper },
} as const;

/** What mends the reason one invoice waits for, and what happens then. */
export function MendButtons({ held, inDetails = false }: MendButtonsProps): VNode {
  const [said, setSaid] = useState('');
  const [deciding, setDeciding] = useState<keyof typeof DECISIONS | null>(null);
  const { failure, working, ask } = useAsked();
  const plan = mendOf(held.reason.code);
  const name = `facture ${shortNumber(held.number)}`;
  const act = (kind: Exclude<Mend['kind'], 'go'>): Promise<void> =>
    ask(async () => {
      setSaid('');
      if (kind === 'recheck') setSaid(recheckSaid(await recheckHeld()));
      else if (kind === 'collect') {
        await collect();
        setSaid('Relève des retours commencée.');
      } else if (kind === 'release' || kind === 'paper') setDeciding(kind);
      else setSaid((await copy(copied(held))) ? 'Copié : collez-le où vous voulez.' : copied(held));
    });
  const mends = plan.mends(held).filter(({ kind }) => !inDetails || kind !== 'release');
  return (
    <div class="mend">
      <div class="row">
        {mends.map((mend) =>
          'address' in mend ? (
            <a key={mend.label} class="secondary small" href={`#${mend.address}`}>
              {mend.label}
              <span class="unseen"> : {name}</span>
            </a>
          ) : (
            <button
              key={mend.label}
              type="button"
              class="secondary small"
              aria-disabled={working}
              onClick={() => (working ? undefined : void act(mend.kind))}
            >
              {mend.label}
              <span class="unseen"> : {name}</span>
            </button>
          ),
        )}
      </div>
      <p class="hint">{plan.after}</p>
      <p role="status" class="mend-said">
        {said}
      </p>
      <Problem problem={failure} />
      {deciding === null ? null : (
        <PersonDecision
          kind={DECISIONS[deciding].kind}
          id={held.id}
          act={(says) => DECISIONS[deciding].decide(held.id, says)}
          onClose={() => setDeciding(null)}
        />
      )}
    </div>
  );
}

/** False where the browser keeps its clipboard shut: the text is shown instead. */
async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
