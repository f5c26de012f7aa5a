import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { GoodFridayBody, GoodFridayView } from '../protocol';
import { call, postJson } from './api';
import { useAsked } from './archives/asked';
import { Notice } from './ui/badge';

const ADDRESS = '/api/calendar/good-friday';

/** Asks once, in Alsace-Moselle, what no table knows: whether the commune keeps Good Friday. */
export function GoodFriday(): VNode | null {
  const [asked, setAsked] = useState(false);
  const [answered, setAnswered] = useState<boolean | null>(null);
  const { failure, working, ask } = useAsked();
  useEffect(() => void ask(async () => setAsked(((await call(ADDRESS)) as GoodFridayView).asked)), []);
  if (failure !== null) return <Notice tone="attention" shape="clock" title={failure.message} text={failure.action} code={failure.code} />;
  if (answered !== null)
    return (
      <Notice
        tone="good"
        shape="check"
        title={`C’est noté : le Vendredi saint ${answered ? 'est' : 'n’est pas'} férié dans votre commune.`}
        text="Les délais des factures reçues après la prochaine ouverture en tiennent compte."
        role="status"
      />
    );
  if (!asked) return null;
  const say = (goodFriday: boolean): void =>
    void ask(async () => {
      await postJson(ADDRESS, { goodFriday } satisfies GoodFridayBody);
      setAnswered(goodFriday);
    });
  return (
    <div class="purge-notice" role="status">
      <Notice
        tone="info"
        shape="question"
        title="Votre commune a-t-elle un temple protestant ou une église mixte ?"
        text="En Alsace-Moselle, le Vendredi saint n’est férié que dans ces communes. Sans réponse, il est compté comme ouvré : les délais annoncés sont les plus courts."
      />
      <div class="purge-actions">
        <button type="button" class="secondary" disabled={working} onClick={() => say(true)}>
          Oui, le Vendredi saint est férié
        </button>
        <button type="button" class="secondary" disabled={working} onClick={() => say(false)}>
          Non
        </button>
      </div>
    </div>
  );
}
