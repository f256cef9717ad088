import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import s from './ExerciseCard.module.css';
import type { ExerciseProps } from './ExerciseCard.tsx';
import { PacketText } from './PacketText.tsx';
import { packetLine, packetMeant } from './trace-packets.ts';

/** One packet among all is to be found. */
export function FindExercise({ exercise, packets, done, complete }: ExerciseProps<'find'>) {
  const { t } = useTranslation('lessons');
  const meant = packetMeant(packets, exercise.packet);
  const [chosen, setChosen] = useState(done && meant ? meant.number : null);
  if (!meant) return <p role="alert">{t('exercise.failed')}</p>;
  const wrong = packets.find(({ number }) => number === chosen && number !== meant.number);
  return (
    <>
      <ol className={s.packets} aria-label={t('exercise.find')}>
        {packets.map((packet) => (
          <li key={packet.number} data-from={packet.from}>
            <button
              type="button"
              aria-pressed={chosen === packet.number}
              data-right={chosen === packet.number ? packet.number === meant.number : undefined}
              onClick={() => {
                setChosen(packet.number);
                if (packet.number === meant.number) complete();
              }}
            >
              <PacketText packet={packet} />
            </button>
          </li>
        ))}
      </ol>
      <p className={s.hint} aria-live="polite">
        {wrong ? t('exercise.findNo', { packet: `${t(`exercise.from.${wrong.from}`)}: ${packetLine(wrong)}` }) : ''}
      </p>
    </>
  );
}
