import { ZoomIn, ZoomOut } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../../../design/IconButton.tsx';
import { Segmented } from '../../../design/Segmented.tsx';
import { Tooltip } from '../../../design/Tooltip.tsx';
import { WhyLine } from '../panels/WhyLine.tsx';
import { Ladder } from './Ladder.tsx';
import s from './LadderPane.module.css';

const ZOOMS = [0.05, 0.1, 0.25, 0.5, 1, 1.75, 3, 6, 12, 30] as const;
const FIRST_ZOOM = 5;

/** The ladder with its scale, and the line below it. */
export function LadderPane() {
  const { t } = useTranslation('lab');
  const [zoom, setZoom] = useState(FIRST_ZOOM);
  const [spread, setSpread] = useState(true);
  const scale = useMemo(() => ({ pxPerMs: ZOOMS[zoom] ?? 1, spread }), [zoom, spread]);
  return (
    <div className={s.pane}>
      <Ladder scale={scale}>
        <ZoomButtons zoom={zoom} onZoom={setZoom} />
        <Tooltip label={t('ladder.modeWhy')}>
          <span className={s.mode}>
            <Segmented
              label={t('ladder.mode')}
              items={[
                { id: 'rows', label: t('ladder.rows') },
                { id: 'scale', label: t('ladder.scale') },
              ]}
              value={spread ? 'rows' : 'scale'}
              onValueChange={(id) => setSpread(id === 'rows')}
            />
          </span>
        </Tooltip>
      </Ladder>
      <WhyLine />
    </div>
  );
}

interface ZoomButtonsProps {
  /** An index into the zooms there are. */
  readonly zoom: number;
  readonly onZoom: (zoom: number) => void;
}

function ZoomButtons({ zoom, onZoom }: ZoomButtonsProps) {
  const { t } = useTranslation('lab');
  return (
    <span className={s.scale}>
      <IconButton
        size="sm"
        label={t('ladder.zoomOut')}
        icon={<ZoomOut aria-hidden />}
        disabled={zoom === 0}
        onClick={() => onZoom(zoom - 1)}
      />
      <IconButton
        size="sm"
        label={t('ladder.zoomIn')}
        icon={<ZoomIn aria-hidden />}
        disabled={zoom === ZOOMS.length - 1}
        onClick={() => onZoom(zoom + 1)}
      />
    </span>
  );
}
