import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import s from './ExerciseCard.module.css';
import type { ExerciseProps } from './ExerciseCard.tsx';
import { PacketText } from './PacketText.tsx';
import { packetMeant } from './trace-packets.ts';

/** A number of one packet is left out; it turns green by itself when the right one is typed. */
export function BlankExercise({ exercise, packets, done, complete }: ExerciseProps<'blank'>) {
  const { t } = useTranslation('lessons');
  const id = useId();
  const meant = packetMeant(packets, exercise.packet);
  const answer = meant?.[exercise.field] ?? 0;
  const [typed, setTyped] = useState(done ? String(answer) : '');
  if (!meant) return <p role="alert">{t('exercise.failed')}</p>;
  const given = /^\d{1,10}$/.test(typed.trim()) ? Number(typed) : null;
  const type = (text: string): void => {
    setTyped(text);
    if (text.trim() === String(answer)) complete();
  };
  return (
    <>
      <ol className={s.packets}>
        {packets.map((packet) => (
          <li key={packet.number} data-from={packet.from}>
            <PacketText packet={packet} without={packet === meant ? exercise.field : null} />
          </li>
        ))}
      </ol>
      <p className={s.blank}>
        <label htmlFor={id}>{t('exercise.blank')}</label>
        <input
          id={id}
          inputMode="numeric"
          autoComplete="off"
          maxLength={10}
          value={typed}
          onChange={(event) => type(event.target.value)}
        />
      </p>
      <p className={s.hint} aria-live="polite">
        {given === null || given === answer ? '' : t(`exercise.${hintFor(exercise.field, given, answer)}`, { given })}
      </p>
    </>
  );
}

/** What the wrong number suggests. */
function hintFor(field: 'seq' | 'ack' | 'len', given: number, answer: number) {
  if (field === 'len') return 'lenNo';
  if (given === answer - 1) return 'phantomNo';
  return field === 'ack' ? 'blankNo' : 'seqNo';
}
