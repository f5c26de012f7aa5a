import type { VNode } from 'preact';
import { useRef, useState } from 'preact/hooks';

export interface CodeFormProps {
  /** The last try was confirmed, or none is the last. */
  readonly allowed: boolean;
  readonly present: (code: Uint8Array<ArrayBuffer>) => Promise<void>;
}

const DIGITS = 4;

/** The field of the code porteur. What is typed leaves it as bytes, and the field is emptied before anything is sent. */
export function CodeForm({ allowed, present }: CodeFormProps): VNode {
  const field = useRef<HTMLInputElement>(null);
  const [length, setLength] = useState(0);
  const [presenting, setPresenting] = useState(false);
  const ready = length === DIGITS && !presenting && allowed;

  const submit = async (): Promise<void> => {
    const input = field.current;
    if (input === null || !ready) return;
    const code = Uint8Array.from(input.value, (digit) => digit.charCodeAt(0));
    input.value = '';
    setLength(0);
    setPresenting(true);
    await present(code);
    setPresenting(false);
    field.current?.focus();
  };
  return (
    <form
      class="row"
      autoComplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
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
    </form>
  );
}
