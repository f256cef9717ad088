import { X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../design/Button.tsx';
import { IconButton } from '../../design/IconButton.tsx';
import { formatMs } from '../../workbench/format.ts';
import s from './LabPage.module.css';
import { useLab } from './lab-context.tsx';
import type { LabNotice } from './use-lab-desk.ts';

/** Props of {@link LabNotices}. */
export interface LabNoticesProps {
  readonly notice: LabNotice | null;
  readonly dismiss: () => void;
}

/** What came with a link, what was restored, what was refused. */
export function LabNotices({ notice, dismiss }: LabNoticesProps) {
  const { t } = useTranslation('lab');
  const session = useLab();
  if (!notice) return null;
  const { kind } = notice;
  const at = kind === 'refused' ? 0 : notice.at;
  return (
    <div className={s.notice} data-kind={kind} role={kind === 'refused' ? 'alert' : 'status'}>
      <p>
        {t(`notice.${kind}`)}{' '}
        {kind === 'refused' ? t(`refusal.${notice.refusal.code}`, { where: notice.refusal.where }) : ''}
      </p>
      {at > 0 ? (
        <Button
          size="sm"
          onClick={() => {
            dismiss();
            void session.jumpTo(at);
          }}
        >
          {t('notice.goOn', { time: formatMs(at) })}
        </Button>
      ) : null}
      <IconButton size="sm" label={t('notice.close')} icon={<X aria-hidden />} onClick={dismiss} />
    </div>
  );
}
