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
  const move = (from: number, to: number): void => {
    if (to < 0 || to >= order.length) return;
    const next = moved(order, from, to);
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
            <MoveButtons packet={packet} at={at} last={order.length - 1} onMove={(to) => move(at, to)} />
          </li>
        ))}
      </ol>
      <p className={s.hint} aria-live="polite">
        {touched && placed < right.length ? t('exercise.placed', { count: placed, total: right.length }) : ''}
      </p>
    </>
  );
}

interface MoveButtonsProps {
  readonly packet: TracePacket;
  readonly at: number;
  readonly last: number;
  readonly onMove: (to: number) => void;
}

/** At either end a button goes on being focused and does nothing: who presses it has not lost the place. */
function MoveButtons({ packet, at, last, onMove }: MoveButtonsProps) {
  const { t } = useTranslation('lessons');
  return (
    <span className={s.moves}>
      <IconButton
        size="sm"
        label={t('exercise.up', { packet: packetLine(packet) })}
        icon={<ArrowUp aria-hidden />}
        aria-disabled={at === 0}
        onClick={() => onMove(at - 1)}
      />
      <IconButton
        size="sm"
        label={t('exercise.down', { packet: packetLine(packet) })}
        icon={<ArrowDown aria-hidden />}
        aria-disabled={at === last}
        onClick={() => onMove(at + 1)}
      />
    </span>
  );
}

function moved(order: readonly TracePacket[], from: number, to: number): TracePacket[] {
  const next = [...order];
  const [packet] = next.splice(from, 1);
  if (packet) next.splice(to, 0, packet);
  return next;
}

function byNumber(a: TracePacket, b: TracePacket): number {
  return a.number - b.number;
}
