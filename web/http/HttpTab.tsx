import { useTranslation } from 'react-i18next';
import type { Conversation } from '#protocol/wire.ts';
import { EmptyState } from '../design/EmptyState.tsx';
import { useSelection } from '../session/react.tsx';
import s from './HttpTab.module.css';
import { MessageCard } from './MessageCard.tsx';
import { useHttp } from './use-http.ts';

/** Messages shown at once, the newest; older ones are counted. */
const MAX_SHOWN_MESSAGES = 100;

/** The HTTP messages within a conversation's byte stream, in the order in which they began. */
export function HttpTab({ conversation }: { readonly conversation: Conversation }) {
  const { t } = useTranslation('http');
  const trace = useHttp(conversation);
  const selected = useSelection((state) => state.event);
  const select = useSelection((state) => state.selectEvent);
  const messages = trace.messages();
  const shown = messages.slice(-MAX_SHOWN_MESSAGES);
  const older = messages.length - shown.length;
  if (messages.length === 0) return <EmptyState title={t('empty')}>{t('emptyBody')}</EmptyState>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className={s.box} aria-label={t('label')} tabIndex={0}>
      {older > 0 ? <p className={s.note}>{t('older', { count: older })}</p> : null}
      <ol className={s.list}>
        {shown.map((traced) => (
          <MessageCard
            key={`${traced.direction} ${traced.message.index}`}
            traced={traced}
            sinceUs={traced.timeUs - conversation.openedUs}
            selected={traced.seq === selected}
            onSelect={() => select(traced.seq)}
          />
        ))}
      </ol>
      {trace.rest().map(({ direction, why, bytes }) => (
        <p key={direction} className={s.note} data-why={why}>
          {t(`rest.${why}`, { count: bytes, direction: t(`workbench:direction.${direction}`) })}
        </p>
      ))}
    </section>
  );
}
