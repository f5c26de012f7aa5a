/** A print, as the person chooses: saved as a PDF, or handed to the host's printer where there is one. */
import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import type { ApiError, PrintServiceView } from '../../protocol';
import { ApiFailure, call, post } from '../api';
import { useRead } from './use-read';

const readService = async (): Promise<PrintServiceView> => (await call('/api/print')) as PrintServiceView;

export interface PrintChoiceProps {
  /** Address of the print. */
  readonly path: string;
  /** What the link to the file says. */
  readonly label: string;
  /** What is printed, after the button's words for those who do not see what stands beside it: `du dossier`. */
  readonly what: string;
  readonly linkClass?: string;
  readonly linkLabel?: string;
}

type Progress = 'idle' | 'printing' | 'printed' | ApiError;

const SAID: Readonly<Record<'idle' | 'printing' | 'printed', string>> = {
  idle: '',
  printing: 'Impression en cours…',
  printed: 'Remis à l’imprimante.',
};

export function PrintChoice({ path, label, what, linkClass, linkLabel }: PrintChoiceProps): VNode {
  const service = useRead(readService, []).value?.service ?? null;
  const [progress, setProgress] = useState<Progress>('idle');
  const print = (): void => {
    setProgress('printing');
    post(path).then(
      () => setProgress('printed'),
      (error: unknown) => {
        if (!(error instanceof ApiFailure)) throw error;
        setProgress(error.explained);
      },
    );
  };
  return (
    <>
      <a {...(linkClass === undefined ? {} : { class: linkClass })} href={path} download aria-label={linkLabel}>
        {label}
      </a>
      {service === null ? null : (
        <>
          {' '}
          <button
            type="button"
            class="secondary"
            disabled={progress === 'printing'}
            onClick={print}
            aria-label={`Imprimer avec ${service} : ${what}`}
          >
            Imprimer avec {service}
          </button>{' '}
          <span role="status">{typeof progress === 'string' ? SAID[progress] : `${progress.message} ${progress.action}`}</span>
        </>
      )}
    </>
  );
}
