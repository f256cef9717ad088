import { Calculator, Cpu, Eye, FlaskConical, Radar } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Evidence } from '#protocol/wire.ts';
import s from './EvidenceBadge.module.css';
import { Tooltip } from './Tooltip.tsx';

const ICONS = { observed: Eye, kernel: Cpu, captured: Radar, simulated: FlaskConical, derived: Calculator } as const;

/** Props of {@link EvidenceBadge}. */
export interface EvidenceBadgeProps {
  readonly evidence: Evidence;
}

/** Says how the page knows what it shows; focus or hover explains the word. */
export function EvidenceBadge({ evidence }: EvidenceBadgeProps) {
  const { t } = useTranslation('design');
  const Icon = ICONS[evidence];
  return (
    <Tooltip label={t(`evidence.${evidence}Meaning`)}>
      <button type="button" className={s.badge}>
        <Icon aria-hidden />
        {t(`evidence.${evidence}`)}
      </button>
    </Tooltip>
  );
}
