import { Radar } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { looksAtPackets } from '#lessons/checks.ts';
import { capturedInterfaces } from '#protocol/capture.ts';
import { useWire } from '../session/react.tsx';
import s from './CaptureLine.module.css';
import type { TaskView } from './lesson-context.tsx';

/** Of a step that looks at packets: that they are captured while it waits, or that they can't be. */
export function CaptureLine({ view }: { readonly view: TaskView }) {
  const { t } = useTranslation('lessons');
  const status = useWire(({ capture }) => capture);
  if (!looksAtPackets(view.task.check)) return null;
  const state = status?.state === 'on' || status?.state === 'refused' ? status.state : 'starting';
  const names = status ? capturedInterfaces(status).join(' + ') : '';
  return (
    <div className={s.line} data-capture={state}>
      <Radar aria-hidden />
      <p>{t(`capture.${state}`, { interface: names, tool: status?.tool })}</p>
    </div>
  );
}
