import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import type { ApiError } from '../../protocol';
import { formatEuros, plural } from '../../view-model/format';
import { ApiFailure } from '../api';
import { Problem } from '../ui/badge';
import { askExport } from './api';
import type { ListAsked } from './use-claims';
import type { Chosen } from './use-chosen';

export interface ClaimExportProps {
  readonly asked: ListAsked;
  /** Rows of the list. */
  readonly count: number;
  readonly chosen: Chosen;
}

const FORMATS = [
  { format: 'csv', label: 'Tableur (CSV)' },
  { format: 'xml', label: 'XML' },
] as const;

/** The list as a file: as it is chosen and sorted, or the parts chosen one by one. */
export function ClaimExport({ asked, count, chosen }: ClaimExportProps): VNode {
  const [failure, setFailure] = useState<ApiError | null>(null);
  const { claims } = chosen;
  const take = async (format: (typeof FORMATS)[number]['format']): Promise<void> => {
    setFailure(null);
    try {
      const only = claims.length === 0 ? null : claims.map(({ invoiceId, part }) => ({ invoiceId, part }));
      save(await askExport({ ...asked, chosen: only, format }));
    } catch (error) {
      if (!(error instanceof ApiFailure)) throw error;
      setFailure(error.explained);
    }
  };
  const which = claims.length === 0 ? 'toute la liste' : 'les parts choisies';
  return (
    <div class="claims-export no-print" role="group" aria-label="Exporter la liste">
      <p class="hint" role="status">
        {claims.length === 0
          ? `Exporter ${plural(count, 'part')}, dans cet ordre :`
          : `${plural(claims.length, 'part choisie', 'parts choisies')}, reste dû ${formatEuros(claims.reduce((sum, { due }) => sum + due, 0))}. Les exporter :`}
        {chosen.full ? ' Vous ne pouvez pas en choisir davantage : exportez toute la liste, ou resserrez les choix.' : ''}
      </p>
      <div class="row">
        {FORMATS.map(({ format, label }) => (
          <button key={format} type="button" class="secondary small" onClick={() => void take(format)}>
            {label}
            <span class="unseen"> : exporter {which}</span>
          </button>
        ))}
        {claims.length === 0 ? null : (
          <button type="button" class="link" onClick={chosen.clear}>
            Ne plus rien choisir
          </button>
        )}
      </div>
      <Problem problem={failure} />
    </div>
  );
}

/** Lets the browser save what is found at an address, without leaving the page. */
function save(address: string): void {
  const link = document.createElement('a');
  link.href = address;
  link.download = '';
  link.click();
}
