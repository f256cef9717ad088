import { Radar, RotateCw } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { CaptureStatus } from '#protocol/capture.ts';
import { Button } from '../design/Button.tsx';
import { CodeLine } from '../design/CodeLine.tsx';
import { EmptyState } from '../design/EmptyState.tsx';
import s from './CaptureNotice.module.css';

/** Why there is no capture, what would allow it, and what can be looked at without. */
export function CaptureNotice({ status, retry }: { readonly status: CaptureStatus; readonly retry: () => void }) {
  const { t } = useTranslation('packets');
  const { refusal, remedy, detail, tool } = status;
  return (
    <EmptyState icon={<Radar aria-hidden />} title={t(`refused.${refusal ?? 'failed'}`)}>
      <div className={s.notice}>
        {remedy.length > 0 ? (
          <>
            <p>{t('refused.remedy')}</p>
            {remedy.map((command) => (
              <CodeLine key={command} text={command} copyLabel={t('refused.copy')} />
            ))}
          </>
        ) : null}
        {detail && tool ? (
          <details>
            <summary>{t('refused.words', { tool })}</summary>
            <pre className={s.words}>{detail}</pre>
          </details>
        ) : null}
        <p>
          {t('refused.else')} <Link href="/packets">{t('refused.traces')}</Link>
        </p>
        <Button size="sm" onClick={retry}>
          <RotateCw aria-hidden /> {t('refused.retry')}
        </Button>
      </div>
    </EmptyState>
  );
}
