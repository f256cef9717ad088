import { Info, TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { type HttpProblem, sectionOf, severityOf } from '#packets/http/http-problem.ts';
import s from './Problems.module.css';

/** What is wrong with a message, each in a sentence, with the section that says so and where it is. */
export function Problems({ problems }: { readonly problems: readonly HttpProblem[] }) {
  const { t } = useTranslation('http');
  if (problems.length === 0) return null;
  return (
    <ul className={s.problems}>
      {problems.map((problem) => {
        const severity = severityOf(problem.code);
        const Icon = severity === 'note' ? Info : TriangleAlert;
        return (
          <li key={`${problem.code} ${problem.at}`} className={s.problem} data-severity={severity}>
            <Icon aria-hidden />
            <span>
              <b>{t(`severity.${severity}`)}</b> {t(`problem.${problem.code}`, problem.values)}{' '}
              <span className={s.where}>
                {t('at', { at: problem.at })}
                {sectionOf(problem.code) ? ` · ${sectionOf(problem.code)}` : ''}
              </span>
            </span>
          </li>
        );
      })}
    </ul>
  );
}
