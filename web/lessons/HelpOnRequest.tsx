import { KeyRound, Lightbulb } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../design/Button.tsx';
import s from './HelpOnRequest.module.css';
import { useLesson, useLessonUi } from './lesson-context.tsx';
import type { Revealed } from './lesson-ui.ts';
import { Answer, Help, wordsOf } from './slots.tsx';

/** First a hint, then the answer, for those who ask. */
export function HelpOnRequest({ id, children }: { readonly id: string; readonly children: ReactNode }) {
  const { t } = useTranslation('lessons');
  const { ui } = useLesson();
  const revealed = useLessonUi((state) => state.revealed[id] ?? 0);
  const [help, answer] = [wordsOf(children, Help), wordsOf(children, Answer)];
  const reveal = (next: Revealed) => ui.setState((state) => ({ revealed: { ...state.revealed, [id]: next } }));
  // Without a hint the answer is all there is.
  const next: Revealed = revealed === 0 && help !== null ? 1 : 2;
  const hasMore = revealed < 2 && (next === 1 || answer !== null);
  return (
    <div className={s.help}>
      <div aria-live="polite">
        {revealed >= 1 && help !== null ? (
          <Revelation icon={<Lightbulb aria-hidden />} label={t('hint')}>
            {help}
          </Revelation>
        ) : null}
        {revealed >= 2 && answer !== null ? (
          <Revelation icon={<KeyRound aria-hidden />} label={t('theAnswer')}>
            {answer}
          </Revelation>
        ) : null}
      </div>
      {hasMore ? (
        <Button size="sm" variant="quiet" onClick={() => reveal(next)}>
          {next === 1 ? <Lightbulb aria-hidden /> : <KeyRound aria-hidden />}
          {t(next === 1 ? 'help' : 'answer')}
        </Button>
      ) : null}
    </div>
  );
}

function Revelation({
  icon,
  label,
  children,
}: {
  readonly icon: ReactNode;
  readonly label: string;
  readonly children: ReactNode;
}) {
  return (
    <div className={s.revelation}>
      {icon}
      <div>
        <strong>{label}</strong> {children}
      </div>
    </div>
  );
}
