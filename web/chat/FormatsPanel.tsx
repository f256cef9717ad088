import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { calmFrames } from './calm-frames.ts';
import s from './FormatsPanel.module.css';
import { formatsOf, newestSaid } from './formats.ts';
import type { Seat } from './seat.ts';
import type { SeatState } from './seat-state.ts';
import type { ProtocolId } from './speakers/speaker.ts';
import { FrameView } from './WirePane.tsx';

/** The newest message of the room as each protocol carried it, one above the other. */
export function FormatsPanel({ seats }: { readonly seats: readonly Seat[] }) {
  const { t } = useTranslation('chat');
  const states = useSeatStates(seats);
  const newest = newestSaid(states);
  const formats = newest === null ? [] : formatsOf(states, newest);
  const protocols: readonly ProtocolId[] = seats[0]?.protocols ?? [];
  return (
    <section className={s.panel} aria-labelledby="chat-formats">
      <h2 id="chat-formats">{t('formats.title')}</h2>
      <p className={s.lead}>{newest === null ? t('formats.empty') : t('formats.lead')}</p>
      <dl className={s.list}>
        {protocols.map((protocol) => {
          const format = formats.find((each) => each.protocol === protocol);
          return (
            <div key={protocol} className={s.row}>
              <dt>{t(`protocols.${protocol}`)}</dt>
              <dd>
                {format ? <FrameView protocol={protocol} frame={format.frame} /> : <span>{t('formats.missing')}</span>}
              </dd>
            </div>
          );
        })}
      </dl>
    </section>
  );
}

/** The states of all seats as they were at the last drawing. */
function useSeatStates(seats: readonly Seat[]): SeatState[] {
  const [, changed] = useState(0);
  useEffect(() => {
    let cancel: (() => void) | null = null;
    const later = (): void => {
      cancel ??= calmFrames(() => {
        cancel = null;
        changed((count) => count + 1);
      });
    };
    const stops = seats.map((seat) => seat.store.subscribe(later));
    return () => {
      for (const stop of stops) stop();
      cancel?.();
    };
  }, [seats]);
  return seats.map((seat) => seat.store.getState());
}
