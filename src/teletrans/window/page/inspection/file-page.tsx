import type { ComponentChildren, VNode } from 'preact';
import type { FileProofs, LotProof } from '../../../application/inspection-port';
import { formatDateTime, plural } from '../../view-model/format';
import { attemptText, returnKind, returnState } from '../../view-model/inspection';
import { Badge, Notice } from '../ui/badge';
import { useRead } from '../ui/use-read';
import { returnAddress, routeTo } from '../route';
import { Bytes } from './bytes';
import { readProofs } from './inspection-api';

/** One file: what proves what became of it, and its bytes. @param on changes when the day does. */
export function FilePage({ id, on }: { readonly id: string; readonly on: unknown }): VNode {
  const { value, failure } = useRead(() => readProofs(id), [id, on]);
  return (
    <section class="inspection" aria-labelledby="titre-liste">
      <p class="no-print">
        <a href={routeTo('fichiers')}>Tous les fichiers</a>
      </p>
      {value === null ? (
        <>
          <h2 id="titre-liste">Fichier</h2>
          {failure === null ? (
            <p class="loading">Lecture…</p>
          ) : (
            <Notice tone="attention" shape="box" title={failure.message} text={failure.action} code={failure.code} />
          )}
        </>
      ) : (
        <>
          <div class="row">
            <h2 id="titre-liste" class="grow">
              Fichier {value.fileId} pour {value.payer}
            </h2>
            <button type="button" class="secondary no-print" onClick={() => window.print()}>
              Imprimer
            </button>
          </div>
          <Proofs proofs={value} />
          <h3>Octets, champ par champ</h3>
          <Bytes of="files" id={id} />
        </>
      )}
    </section>
  );
}

function Line({ name, children }: { readonly name: string; readonly children: ComponentChildren }): VNode {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

const Hash = ({ value }: { readonly value: string | null }): VNode => (value === null ? <>–</> : <code class="hash">{value}</code>);

function Proofs({ proofs }: { readonly proofs: FileProofs }): VNode {
  const { attempts, lots, returns, decisions } = proofs;
  return (
    <>
      <h3>Preuves</h3>
      <dl class="proofs">
        <Line name="Empreinte du fichier (SHA-256)">
          <Hash value={proofs.sha256} />
        </Line>
        <Line name="Compostage">{proofs.compostage}</Line>
        <Line name="Identifiant du message">{proofs.messageId ?? '–'}</Line>
        <Line name="De, à">{proofs.envelope === null ? '–' : `${proofs.envelope.from} à ${proofs.envelope.to}`}</Line>
        <Line name="Chiffré pour l’organisme">{proofs.encrypted ? 'oui' : 'non'}</Line>
        <Line name="Profil de transport">{proofs.profile}</Line>
      </dl>
      <h4>{plural(lots.length, 'lot')}</h4>
      <ul class="plain">
        {lots.map((lot) => (
          <Lot key={lot.number} lot={lot} />
        ))}
      </ul>
      <h4>{attempts.length === 0 ? 'Aucun essai d’envoi' : plural(attempts.length, 'essai d’envoi', 'essais d’envoi')}</h4>
      <ol class="plain">
        {attempts.map((attempt) => (
          <li key={attempt.rank}>
            {formatDateTime(attempt.startedAt)} : {attemptText(attempt)}
            {attempt.reply === null ? null : (
              <>
                {' '}
                <code>{attempt.reply}</code>
              </>
            )}
          </li>
        ))}
      </ol>
      {returns.length === 0 ? null : (
        <>
          <h4>{plural(returns.length, 'retour')}</h4>
          <ul class="plain">
            {returns.map((entry) => (
              <li key={entry.id}>
                <a href={returnAddress(entry.id)}>
                  {returnKind(entry.kind)} du {formatDateTime(entry.receivedAt)}
                </a>{' '}
                <Badge {...returnState(entry.state)} />
              </li>
            ))}
          </ul>
        </>
      )}
      {decisions.length === 0 ? null : (
        <>
          <h4>{plural(decisions.length, 'décision')}</h4>
          <ul class="plain">
            {decisions.map(({ at, by, reason, stated }) => (
              <li key={at}>
                {formatDateTime(at)}, {by} : {reason}
                <details>
                  <summary>Ce qui avait été dit avant la décision</summary>
                  <ul>
                    {stated.map((line) => (
                      <li key={line}>{line}</li>
                    ))}
                  </ul>
                </details>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

function Lot({ lot }: { readonly lot: LotProof }): VNode {
  return (
    <li>
      <strong>Lot {lot.number}</strong>
      {lot.sealedAt === null
        ? ' : pas encore sécurisé.'
        : ` sécurisé le ${formatDateTime(lot.sealedAt)}, ${plural(lot.records ?? 0, 'enregistrement')}.`}
      {lot.ack === null ? ' Aucun ARL reçu.' : ` ARL ${lot.ack.code} ${lot.ack.label}, le ${formatDateTime(lot.ack.at)}.`}
      {lot.sha256 === null ? null : (
        <>
          <br />
          Empreinte <Hash value={lot.sha256} />
        </>
      )}
      {lot.signer === null ? null : (
        <>
          <br />
          Signé par {lot.signer} (certificat {lot.certificate})
        </>
      )}
    </li>
  );
}
