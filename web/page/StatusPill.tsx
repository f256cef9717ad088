import { useTranslation } from 'react-i18next';
import { Tooltip } from '../design/Tooltip.tsx';
import { useWire } from '../session/react.tsx';
import s from './StatusPill.module.css';

/** Whether the page is live; the word, the dot's shape and its colour all say it. */
export function StatusPill() {
  const { t } = useTranslation('page');
  const status = useWire((state) => state.status);
  return (
    <Tooltip label={t(`status.${status}Meaning`)}>
      <button type="button" className={s.pill} data-status={status} data-testid="wire-status">
        <span className={s.dot} aria-hidden="true" />
        <span aria-live="polite">{t(`status.${status}`)}</span>
      </button>
    </Tooltip>
  );
}
