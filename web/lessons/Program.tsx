import { useTranslation } from 'react-i18next';
import { CodeLine } from '../design/CodeLine.tsx';
import { useTask } from './lesson-context.tsx';
import s from './Program.module.css';

/** The program that the learner starts first in a step: a command to copy, and the same in C for who wants to read it. */
export function Program() {
  const { t } = useTranslation('lessons');
  const program = useTask()?.task.program;
  if (!program) return null;
  return (
    <div className={s.program}>
      <p className={s.own}>{t('program.own')}</p>
      <CodeLine text={program.python} copyLabel={t('program.copy')} />
      <details>
        <summary>{t('program.c')}</summary>
        <CodeLine text={program.c} copyLabel={t('program.copyC')} />
      </details>
    </div>
  );
}
