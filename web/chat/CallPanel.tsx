import { Phone, PhoneOff } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { Button } from '../design/Button.tsx';
import s from './CallPanel.module.css';
import type { Seat } from './seat.ts';

/** The call of a seat, as long as there is one, and why there is none when it could not be. */
export function CallPanel({ seat }: { readonly seat: Seat }) {
  const { t } = useTranslation('chat');
  const { phase, peer, local, remote, problem, reason } = useStore(seat.call.store);
  if (phase === 'idle') return null;
  const isRinging = phase === 'ringing';
  return (
    <section className={s.call} aria-label={t('call.title', { peer })}>
      <p className={s.phase} role="status">
        {t(`call.${phase}`, { peer, reason })}
      </p>
      {problem ? (
        <p className={s.problem} role="alert">
          {t(`media.${problem}`)}
        </p>
      ) : null}
      {local || remote ? (
        <div className={s.videos}>
          <Camera stream={remote} label={t('call.remote', { peer })} />
          <Camera stream={local} label={t('call.local')} muted />
        </div>
      ) : null}
      {phase === 'ended' ? null : (
        <div className={s.actions}>
          {isRinging ? (
            <Button size="sm" variant="primary" onClick={() => void seat.call.accept()}>
              <Phone aria-hidden /> {t('call.accept')}
            </Button>
          ) : null}
          <Button size="sm" onClick={() => seat.call.hangUp()}>
            <PhoneOff aria-hidden /> {t(isRinging ? 'call.refuse' : 'call.hangUp')}
          </Button>
        </div>
      )}
    </section>
  );
}

interface CameraProps {
  readonly stream: MediaStream | null;
  readonly label: string;
  readonly muted?: boolean;
}

function Camera({ stream, label, muted = false }: CameraProps) {
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    if (video.current) video.current.srcObject = stream;
  }, [stream]);
  return <video ref={video} className={s.video} aria-label={label} autoPlay playsInline muted={muted} />;
}
