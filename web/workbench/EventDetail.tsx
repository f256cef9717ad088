import { Binary } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Conversation } from '#protocol/wire.ts';
import { Button } from '../design/Button.tsx';
import { EvidenceBadge } from '../design/EvidenceBadge.tsx';
import s from './EventDetail.module.css';
import { formatMs } from './format.ts';
import type { EndState } from './ladder/end-states.ts';
import type { EventRow } from './ladder/ladder-layout.ts';
import { useViewStore } from './view-context.tsx';
import { eventWords } from './words.ts';

/** Props of {@link EventDetail}. */
export interface EventDetailProps {
  readonly conversation: Conversation;
  /** The selected event's row; `null` while none is selected. */
  readonly row: EventRow | null;
  /** What it brought, in the words of the protocol on top. */
  readonly note?: string | undefined;
}

/** What is known of the selected event, and how. Its place is kept while nothing is selected. */
export function EventDetail({ conversation, row, note }: EventDetailProps) {
  const { t } = useTranslation('workbench');
  return (
    <section className={s.detail} data-empty={row === null} aria-label={t('detail.label')}>
      {row ? <Facts row={row} conversation={conversation} note={note} /> : <p className={s.hint}>{t('detail.hint')}</p>}
    </section>
  );
}

interface FactsProps {
  readonly row: EventRow;
  readonly conversation: Conversation;
  readonly note: string | undefined;
}

function Facts({ row, conversation, note }: FactsProps) {
  const { t } = useTranslation('workbench');
  const view = useViewStore();
  const { event, after, sinceUs } = row;
  const words = eventWords(t, event, conversation);
  return (
    <>
      <p className={s.facts}>
        <b className={s.what}>{t('detail.event', { seq: event.seq })}</b>
        <span className={s.word} data-direction={event.direction ?? 'none'}>
          {event.direction ? `${t(`direction.${event.direction}`)} · ` : ''}
          {words.word}
        </span>
        <span className={s.mono}>{formatMs(sinceUs)} ms</span>
        <span className={s.mono}>{t('detail.wall', { time: wallTime(event.wallMs) })}</span>
        <EvidenceBadge evidence={event.evidence} />
        {note ? <span>{note}</span> : null}
        {event.recorded > 0 ? (
          <Button size="sm" variant="quiet" className={s.jump} onClick={() => view.setState({ tab: 'bytes' })}>
            <Binary aria-hidden />
            {t('detail.inBytes')}
          </Button>
        ) : null}
      </p>
      {conversation.transport === 'udp' ? (
        <p className={s.states}>{t('detail.noState')}</p>
      ) : (
        <div className={s.states}>
          <StateFact end={t('detail.clientState')} state={after.client} />
          <StateFact end={t('detail.serverState')} state={after.server} />
        </div>
      )}
    </>
  );
}

function StateFact({ end, state }: { readonly end: string; readonly state: EndState | null }) {
  const { t } = useTranslation('workbench');
  return (
    <p className={s.state}>
      {end} <b className={s.mono}>{state?.name ?? t('detail.unknown')}</b>
      {state ? (
        <>
          <EvidenceBadge evidence={state.evidence} />
          <span className={s.rule}>{t(`rule.${state.rule}`)}</span>
        </>
      ) : null}
    </p>
  );
}

const TWO_DIGITS = 2;

/** Local wall time to the millisecond. */
function wallTime(wallMs: number): string {
  const time = new Date(wallMs);
  const two = (value: number) => String(value).padStart(TWO_DIGITS, '0');
  const ms = String(time.getMilliseconds()).padStart(3, '0');
  return `${two(time.getHours())}:${two(time.getMinutes())}:${two(time.getSeconds())}.${ms}`;
}
