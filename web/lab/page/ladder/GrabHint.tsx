import { useTranslation } from 'react-i18next';
import { formatDuration } from '../../../workbench/format.ts';
import { useLab } from '../lab-context.tsx';
import { packetLabel } from '../packet-label.ts';
import s from './Ladder.module.css';
import type { Grab } from './use-grab.ts';

/** Says beside the pointer what letting go would do. */
export function GrabHint({ grab }: { readonly grab: Grab }) {
  const { t } = useTranslation('lab');
  const { book } = useLab();
  const { intent } = grab;
  const other = intent?.deed === 'swap' ? book.get(intent.withPacket) : undefined;
  const text = () => {
    if (!intent) return t('grab.hold');
    if (intent.deed === 'delay') return t('grab.delay', { by: formatDuration(intent.byUs) });
    if (intent.deed === 'swap') return t('grab.swap', { other: other ? packetLabel(other).name : '' });
    return t('grab.drop');
  };
  return (
    <div className={s.hint} data-deed={intent?.deed ?? 'none'} style={{ left: grab.clientX, top: grab.clientY }}>
      {text()}
    </div>
  );
}
