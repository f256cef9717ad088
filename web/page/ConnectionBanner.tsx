import { RefreshCw, Unplug } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../design/Button.tsx';
import { systemClock } from '../session/clock.ts';
import { useSession, useWire } from '../session/react.tsx';
import s from './ConnectionBanner.module.css';
import { useCountdown } from './countdown.ts';

/** Lies over the page while the server is not reached or is newer than the tab; the page below does not move. */
export function ConnectionBanner() {
  const status = useWire((state) => state.status);
  const malformed = useWire((state) => state.problem?.code === 'malformed-message');
  return (
    <div className={s.place} role="status" aria-live="polite">
      {status === 'outdated' ? <ReloadBanner reason="outdated" /> : null}
      {status === 'lost' && malformed ? <ReloadBanner reason="malformed" /> : null}
      {status === 'lost' && !malformed ? <LostBanner /> : null}
    </div>
  );
}

function LostBanner() {
  const { t } = useTranslation('page');
  const session = useSession();
  const seconds = useCountdown(
    useWire((state) => state.retryAtMs),
    systemClock,
  );
  return (
    <Banner icon={<Unplug aria-hidden />} text={t('banner.lost')} hint={t('banner.hint')} late>
      {/* Counting aloud would drown everything else. */}
      <span className={s.countdown} aria-hidden="true">
        {seconds === null ? t('banner.retrying') : t('banner.retryIn', { seconds })}
      </span>
      <Button size="sm" variant="primary" onClick={() => session.retryNow()}>
        {t('banner.retry')}
      </Button>
    </Banner>
  );
}

function ReloadBanner({ reason }: { readonly reason: 'outdated' | 'malformed' }) {
  const { t } = useTranslation('page');
  return (
    <Banner icon={<RefreshCw aria-hidden />} text={t(`banner.${reason}`)}>
      <Button size="sm" variant="primary" onClick={() => window.location.reload()}>
        {t('banner.reload')}
      </Button>
    </Banner>
  );
}

interface BannerProps {
  readonly icon: ReactNode;
  readonly text: string;
  readonly hint?: string;
  /** Shows only after a moment: a blip that heals by itself is not worth a word. */
  readonly late?: boolean;
  readonly children: ReactNode;
}

function Banner({ icon, text, hint, late = false, children }: BannerProps) {
  return (
    <div className={s.banner} data-late={late}>
      <span className={s.icon}>{icon}</span>
      <div className={s.words}>
        <p>{text}</p>
        {hint ? <p className={s.hint}>{hint}</p> : null}
      </div>
      <div className={s.actions}>{children}</div>
    </div>
  );
}
