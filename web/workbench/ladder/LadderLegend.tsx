import { useTranslation } from 'react-i18next';
import type { WireEvent } from '#protocol/wire.ts';
import { Arrow, type ArrowKind } from './Arrow.tsx';
import type { EndState } from './end-states.ts';
import s from './LadderLegend.module.css';
import { Lifeline } from './Lifeline.tsx';

const SHAPES: readonly { readonly kind: ArrowKind; readonly words: string; readonly unanswered?: boolean }[] = [
  { kind: 'opened', words: 'opened' },
  { kind: 'data', words: 'data' },
  { kind: 'flow', words: 'flow' },
  { kind: 'datagram', words: 'datagram', unanswered: true },
  { kind: 'half-closed', words: 'halfClosed' },
  { kind: 'closed', words: 'closed' },
  { kind: 'reset', words: 'reset' },
  { kind: 'failed', words: 'failed' },
  { kind: 'skipped', words: 'skipped' },
  { kind: 'detached', words: 'detached' },
];

const ESTABLISHED = { name: 'ESTABLISHED', rule: 'call' } as const;
const LINES: readonly { readonly words: string; readonly state: EndState | null }[] = [
  { words: 'solid', state: { ...ESTABLISHED, evidence: 'observed' } },
  { words: 'striped', state: { ...ESTABLISHED, evidence: 'derived' } },
  { words: 'dotted', state: null },
];

/** How to read the ladder: its shapes and its lifelines. These are examples, and look like it: none is in a ladder. */
export function LadderLegend() {
  const { t } = useTranslation('workbench');
  return (
    <div className={s.legend}>
      <p>{t('legend.intro')}</p>
      <h3>{t('legend.shapes')}</h3>
      <dl className={s.list}>
        {SHAPES.map(({ kind, words, unanswered = false }) => (
          <div key={kind} className={s.item}>
            <dt>
              <span className={s.sample}>
                <Arrow kind={kind} direction={directionOf(kind)} unanswered={unanswered} />
              </span>
              {t(`event.${kind}`)}
            </dt>
            <dd>{t(`legend.${words}`)}</dd>
          </div>
        ))}
      </dl>
      <h3>{t('legend.lifelines')}</h3>
      <ul className={s.list}>
        {LINES.map(({ words, state }) => (
          <li key={words} className={s.line}>
            <span className={s.piece} aria-hidden>
              <Lifeline end="client" before={state} />
            </span>
            {t(`legend.${words}`)}
          </li>
        ))}
      </ul>
      <p>{t('legend.kernel')}</p>
    </div>
  );
}

const directionOf = (kind: ArrowKind): WireEvent['direction'] =>
  kind === 'flow' || kind === 'closed' || kind === 'detached' ? null : 'to-server';
