import { ArrowDown, ArrowUp } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../../design/IconButton.tsx';
import s from './ExerciseCard.module.css';
import type { ExerciseProps } from './ExerciseCard.tsx';
import { PacketText } from './PacketText.tsx';
import { packetLine, packetMeant, shuffled, type TracePacket } from './trace-packets.ts';

/** Packets to be put in order with buttons, which keys reach as well; it turns green by itself. */
export function OrderExercise({ exercise, packets, done, complete }: ExerciseProps<'order'>) {
  const { t } = useTranslation('lessons');
  const right = exercise.packets.flatMap((wanted) => packetMeant(packets, wanted) ?? []).sort(byNumber);
  const [order, setOrder] = useState(() => (done ? right : shuffled(right, exercise.id)));
  const [touched, setTouched] = useState(false);
  if (right.length !== exercise.packets.length) return <p role="alert">{t('exercise.failed')}</p>;
  const placed = order.filter((packet, at) => packet === right[at]).length;
  // At either end a button goes on being focused and does nothing: who presses it has not lost the place.
  const move = (from: number, to: number): void => {
    if (to < 0 || to >= order.length) return;
    const next = [...order];
    const [moved] = next.splice(from, 1);
    if (moved) next.splice(to, 0, moved);
    setOrder(next);
    setTouched(true);
    if (next.every((packet, at) => packet === right[at])) complete();
  };
  return (
    <>
      <ol className={s.packets} aria-label={t('exercise.order')}>
        {order.map((packet, at) => (
          <li key={packet.number} data-from={packet.from} className={s.movable}>
            <PacketText packet={packet} />
            <span className={s.moves}>
              <IconButton
                size="sm"
                label={t('exercise.up', { packet: packetLine(packet) })}
                icon={<ArrowUp aria-hidden />}
                aria-disabled={at === 0}
                onClick={() => move(at, at - 1)}
              />
              <IconButton
                size="sm"
                label={t('exercise.down', { packet: packetLine(packet) })}
                icon={<ArrowDown aria-hidden />}
                aria-disabled={at === order.length - 1}
                onClick={() => move(at, at + 1)}
              />
            </span>
          </li>
        ))}
      </ol>
      <p className={s.hint} aria-live="polite">
        {touched && placed < right.length ? t('exercise.placed', { count: placed, total: right.length }) : ''}
      </p>
    </>
  );
}

function byNumber(a: TracePacket, b: TracePacket): number {
  return a.number - b.number;
}
