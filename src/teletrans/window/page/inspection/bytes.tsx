import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import type { FieldShown, RecordShown } from '../../../formats/field-view';
import { formatCount, plural } from '../../view-model/format';
import { familyName, placeOf } from '../../view-model/inspection';
import { Notice } from '../ui/badge';
import { useRead } from '../ui/use-read';
import { readBytes, type Of } from './inspection-api';

/** The bytes of a file or a return, record by record and field by field. What they say of patients is masked until it is asked for. */
export function Bytes({ of, id }: { readonly of: Of; readonly id: string }): VNode {
  const [from, setFrom] = useState(0);
  const [clear, setClear] = useState(false);
  const { value, failure } = useRead(() => readBytes(of, id, from, clear), [of, id, from, clear]);
  if (value === null)
    return failure === null ? (
      <p class="loading">Lecture des octets…</p>
    ) : (
      <Notice tone="attention" shape="box" title={failure.message} text={failure.action} code={failure.code} role="status" />
    );
  const last = from + value.records.length;
  const step = Math.max(value.records.length, 1);
  return (
    <>
      <p>
        {familyName(value.family)}, {plural(value.size, 'octet')}, {plural(value.total, 'enregistrement')} ;{' '}
        {value.faults === 0 ? 'aucun défaut.' : `${plural(value.faults, 'défaut')}.`}
      </p>
      <label class="check no-print">
        <input type="checkbox" checked={clear} onChange={(event) => setClear(event.currentTarget.checked)} />
        Montrer aussi ce qui concerne les patients (identité, naissance, actes)
      </label>
      {value.records.map((record) => (
        <Record key={record.rank} record={record} open={value.records.length <= 3} />
      ))}
      <p class="row no-print" role="status">
        Enregistrements {formatCount(from + 1)} à {formatCount(last)} sur {formatCount(value.total)}
        <button type="button" class="secondary small" disabled={from === 0} onClick={() => setFrom(Math.max(0, from - step))}>
          Précédents
        </button>
        <button type="button" class="secondary small" disabled={last >= value.total} onClick={() => setFrom(last)}>
          Suivants
        </button>
      </p>
    </>
  );
}

function Record({ record, open }: { readonly record: RecordShown; readonly open: boolean }): VNode {
  const { rank, type, label, length, characters, fields, faults } = record;
  return (
    <details class="record" open={open}>
      <summary>
        <span class="record-rank">{rank}.</span> <strong>{type}</strong> {label}
        {faults.length === 0 ? null : <span class="tone-alert"> {plural(faults.length, 'défaut')}</span>}
      </summary>
      {faults
        .filter(({ field }) => field === null)
        .map((fault) => (
          <p key={fault.message} class="line tone-alert">
            {fault.message}
          </p>
        ))}
      {characters === null ? null : <pre class="characters">{characters}</pre>}
      <table class="fields">
        <caption class="unseen">
          Champs de l’enregistrement {rank}, {length} caractères
        </caption>
        <thead>
          <tr>
            <th scope="col">Positions</th>
            <th scope="col">Champ</th>
            <th scope="col">Valeur</th>
          </tr>
        </thead>
        <tbody>
          {fields.map((field) => (
            <Field
              key={field.name}
              field={field}
              faults={faults.filter((fault) => fault.field === field.name).map(({ message }) => message)}
            />
          ))}
        </tbody>
      </table>
    </details>
  );
}

function Field({ field, faults }: { readonly field: FieldShown; readonly faults: readonly string[] }): VNode {
  return (
    <tr>
      <td class="place">{placeOf(field)}</td>
      <th scope="row">
        {field.label} <span class="field-name">{field.name}</span>
      </th>
      <td>
        <code>{field.value === '' ? <span class="field-name">vide</span> : field.value}</code>
        {faults.map((fault) => (
          <span key={fault} class="under tone-alert">
            {fault}
          </span>
        ))}
      </td>
    </tr>
  );
}
