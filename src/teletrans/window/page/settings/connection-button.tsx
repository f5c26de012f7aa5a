import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import type { ConnectionView, MailServerName, SettingsView } from '../../../settings/port';
import { changeOf, type SettingsDraft } from '../../view-model/settings-draft';
import { useAsked } from '../archives/asked';
import { Notice } from '../ui/badge';
import { tryConnection } from './settings-api';

export interface ConnectionButtonProps {
  readonly server: MailServerName;
  /** What the server is, for those who do not see the heading. */
  readonly title: string;
  readonly view: SettingsView;
  readonly draft: SettingsDraft;
}

/** Tries the server with what is typed, saved or not: nothing is sent. */
export function ConnectionButton({ server, title, view, draft }: ConnectionButtonProps): VNode {
  const [result, setResult] = useState<ConnectionView | null>(null);
  const { failure, working, ask } = useAsked();
  return (
    <div class="setting-check">
      <button
        type="button"
        class="secondary"
        aria-disabled={working}
        onClick={() =>
          working
            ? undefined
            : void ask(async () => {
                setResult(null);
                setResult(await tryConnection({ version: view.version, change: changeOf(view, draft), server }));
              })
        }
      >
        {working ? 'Connexion en cours…' : 'Vérifier la connexion'}
        <span class="unseen"> : {title}</span>
      </button>
      <div role="status">
        {result === null ? null : (
          <Notice
            tone={result.ok ? 'good' : 'attention'}
            shape={result.ok ? 'check' : 'cross'}
            title={result.message}
            text={result.action === '' ? null : result.action}
            code={result.ok ? null : result.code}
          />
        )}
        {failure === null ? null : <Notice tone="alert" shape="cross" title={failure.message} text={failure.action} code={failure.code} />}
      </div>
    </div>
  );
}
