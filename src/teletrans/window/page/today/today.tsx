import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import type { Glance } from '../../../application/port';
import type { ApiError, ReaderView } from '../../protocol';
import type { StateWords } from '../../state-words';
import { wayOf } from '../../view-model/advice';
import { headline, returnsNotice, tiles } from '../../view-model/summary';
import { ApiFailure, collect } from '../api';
import type { LiveHandle } from '../live';
import { Term } from '../glossary/term';
import { routeTo } from '../route';
import { HeldList } from '../mends/held-list';
import { TransmitPanel } from './transmit-panel';
import { Notice, Problem } from '../ui/badge';
import { Icon } from '../ui/icon';

export interface TodayProps {
  readonly live: LiveHandle;
  readonly overview: Glance;
  readonly words: StateWords;
  readonly reader: ReaderView;
}

/** The day in one look, and the button that transmits. */
export function Today({ live, overview, words, reader }: TodayProps): VNode {
  return (
    <div class="today">
      <section class="summary" aria-labelledby="titre-jour">
        <Summary overview={overview} />
        <Returns live={live} overview={overview} />
        <Expiry reader={reader} />
        <HeldList overview={overview} />
        <Advice overview={overview} />
      </section>
      <TransmitPanel live={live} overview={overview} words={words} reader={reader} />
    </div>
  );
}

function Summary({ overview }: { readonly overview: Glance }): VNode {
  const line = headline(overview);
  return (
    <>
      <div class={`headline tone-${line.tone}`}>
        <Icon shape={line.shape} />
        <div>
          <h2 id="titre-jour">{line.text}</h2>
          <p>{line.detail}</p>
        </div>
      </div>
      <ul class="tiles">
        {tiles(overview.counts).map((tile) => (
          <li key={tile.group}>
            <a
              class={`tile tone-${tile.tone}${tile.count === 0 ? ' tile-empty' : ''}`}
              href={routeTo('factures', tile.group)}
              title={tile.meaning}
            >
              <span class="tile-count">{tile.count}</span>
              <span class="tile-label">
                <Icon shape={tile.shape} />
                {tile.label}
              </span>
            </a>
          </li>
        ))}
      </ul>
    </>
  );
}

const EXPIRY_TONES = { 60: 'info', 30: 'attention', 7: 'alert' } as const;

/** The end of the card in the reader, said ahead and more and more strongly. */
function Expiry({ reader }: { readonly reader: ReaderView }): VNode | null {
  const { expiry } = reader;
  if (expiry === null) return null;
  const { message, action, code } = expiry.notice;
  return <Notice tone={EXPIRY_TONES[expiry.stage]} shape="clock" title={message} text={action} code={code} />;
}

function Advice({ overview }: { readonly overview: Glance }): VNode | null {
  if (overview.advice.length === 0) return null;
  return (
    <section class="advice" aria-labelledby="titre-conseils">
      <h3 id="titre-conseils">À savoir, à faire</h3>
      <ol>
        {overview.advice.map((advice, index) => (
          <li key={`${advice.code} ${index}`}>
            <p class="advice-text">{advice.message}</p>
            <p class="advice-action">
              {advice.action} <AdviceWay code={advice.code} />
            </p>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** The way to the page where it is acted upon. */
function AdviceWay({ code }: { readonly code: string }): VNode | null {
  const way = wayOf(code);
  return way === null ? null : <a href={`#${way.address}`}>{way.label}</a>;
}

function Returns({ live, overview }: { readonly live: LiveHandle; readonly overview: Glance }): VNode {
  const [failure, setFailure] = useState<ApiError | null>(null);
  const running = live.work?.endedAt === null || overview.busy;
  const notice = returnsNotice(overview.returns);
  const start = async (): Promise<void> => {
    setFailure(null);
    try {
      live.setWork(await collect());
    } catch (error) {
      if (!(error instanceof ApiFailure)) throw error;
      setFailure(error.explained);
    }
  };
  return (
    <div class="returns">
      <button type="button" class="secondary" disabled={running} onClick={() => void start()}>
        <Icon shape="loop" />
        Relever les retours
      </button>
      <p class="hint">
        Les accusés (<Term word="ARL" />) sont aussi relevés avant chaque envoi.
      </p>
      {notice === null ? null : <Notice tone="attention" shape="question" title={notice} />}
      <Problem problem={failure} />
    </div>
  );
}
