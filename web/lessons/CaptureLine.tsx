import { Radar } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { partsOf } from '#lessons/checks.ts';
import { capturedInterfaces } from '#protocol/capture.ts';
import { useWire } from '../session/react.tsx';
import s from './CaptureLine.module.css';
import type { TaskView } from './lesson-context.tsx';
import { WithoutCapture, wordsOf } from './slots.tsx';

/** Props of {@link CaptureLine}. */
export interface CaptureLineProps {
  readonly view: TaskView;
  /** All that the card has. */
  readonly children: ReactNode;
}

/** Of a step that looks at packets: that they are captured while it waits, or what takes their place where that is not allowed. */
export function CaptureLine({ view, children }: CaptureLineProps) {
  const { t } = useTranslation('lessons');
  const status = useWire(({ capture }) => capture);
  if (!partsOf(view.task.check).some(({ kind }) => kind === 'captured')) return null;
  if (status?.state === 'refused') {
    return (
      <div className={s.line} data-capture="refused">
        <Radar aria-hidden />
        <div>
          <p>{t('capture.refused')}</p>
          {wordsOf(children, WithoutCapture)}
        </div>
      </div>
    );
  }
  const isOn = status?.state === 'on';
  const names = status ? capturedInterfaces(status).join(' + ') : '';
  return (
    <div className={s.line} data-capture={isOn ? 'on' : 'starting'}>
      <Radar aria-hidden />
      <p>{t(isOn ? 'capture.on' : 'capture.starting', { interface: names, tool: status?.tool })}</p>
    </div>
  );
}
