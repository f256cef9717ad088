import { useTranslation } from 'react-i18next';
import { Button } from '../../../design/Button.tsx';
import { formatDuration } from '../../../workbench/format.ts';
import { useLab, useLabState } from '../lab-context.tsx';
import { flyingBehind, flyingCopy, swapDeed } from '../ladder/flying.ts';
import { KEY_DELAY_US } from '../ladder/use-ladder-keys.ts';
import { packetLabel } from '../packet-label.ts';
import { fateText, numbersText, sourceOf } from '../packet-sentence.ts';
import { useNames } from '../use-names.ts';
import s from './WhyLine.module.css';

/** Below the ladder: why the chosen packet was sent, by which rule and numbers, and what can be done to it in flight. */
export function WhyLine() {
  const { t } = useTranslation('lab');
  const { book } = useLab();
  const names = useNames();
  const run = useLabState((state) => state.run);
  const selected = useLabState((state) => state.selected);
  const refused = useLabState((state) => state.refused);
  useLabState((state) => state.turn);
  const record = selected === null ? undefined : run.packets[selected];
  const facts = selected === null ? undefined : book.get(selected);
  if (!record || !facts) return <p className={s.line}>{t(run.end === null ? 'why.none' : `why.end.${run.end}`)}</p>;
  const { name, rest } = packetLabel(facts);
  const { because } = record;
  return (
    <div className={s.line}>
      <p className={s.words}>
        <b data-host={record.from}>{names[record.from]}</b>{' '}
        <code>
          {name} {rest}
        </code>{' '}
        <span className={s.why}>{t(`because.${because.rule}`)}</span>{' '}
        <span className={s.source}>{[numbersText(because), sourceOf(because)].filter(Boolean).join(' · ')}</span>{' '}
        <span className={s.fate}>{fateText(t, record)}</span>
      </p>
      <Hands />
      {refused ? (
        <p className={s.refused} role="alert">
          {t(`grab.refused.${refused}`)}
        </p>
      ) : null}
    </div>
  );
}

/** The deeds for a packet in flight; their place is kept while there is none. */
function Hands() {
  const { t } = useTranslation('lab');
  const session = useLab();
  const run = useLabState((state) => state.run);
  const selected = useLabState((state) => state.selected);
  const flying = flyingCopy(selected === null ? undefined : run.packets[selected]);
  const behind = flying && flyingBehind(run.packets, flying);
  return (
    <span className={s.hands}>
      <Button size="sm" disabled={!flying} onClick={() => flying && void session.act({ deed: 'drop', ...flying })}>
        {t('grab.dropIt')}
      </Button>
      <Button
        size="sm"
        disabled={!flying}
        onClick={() => flying && void session.act({ deed: 'delay', ...flying, byUs: KEY_DELAY_US })}
      >
        {t('grab.delayIt', { by: formatDuration(KEY_DELAY_US) })}
      </Button>
      <Button
        size="sm"
        disabled={!behind}
        onClick={() => flying && behind && void session.act(swapDeed(flying, behind))}
      >
        {t('grab.swapIt')}
      </Button>
    </span>
  );
}
