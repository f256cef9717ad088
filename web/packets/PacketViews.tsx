import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Split, SplitHandle, SplitPanel } from '../design/Split.tsx';
import { useIsWide } from '../design/use-media.ts';
import type { HeldPacket } from '../session/packet-log.ts';
import { PacketDetail } from './PacketDetail.tsx';
import s from './PacketViews.module.css';

/** Props of {@link PacketViews}. */
export interface PacketViewsProps {
  /** Names the remembered heights. */
  readonly id: string;
  /** The chosen packet; without one, the packets have all the room. */
  readonly held: HeldPacket | undefined;
  /** The packets, as ladder or list. */
  readonly children: ReactNode;
}

/** Packets above, and below them the chosen one; the learner shares the height out, except on a phone, where all scrolls. */
export function PacketViews({ id, held, children }: PacketViewsProps) {
  const { t } = useTranslation('packets');
  const isWide = useIsWide();
  if (!isWide)
    return (
      <div className={s.stack}>
        {children}
        {held ? <PacketDetail held={held} /> : null}
      </div>
    );
  return (
    <Split id={id} orientation="vertical" panelIds={held ? ['packets', 'packet'] : ['packets']}>
      <SplitPanel id="packets" minSize="6rem">
        {children}
      </SplitPanel>
      {held ? (
        <>
          <SplitHandle label={t('detail.resize')} />
          <SplitPanel id="packet" defaultSize="50%" minSize="7rem">
            <PacketDetail held={held} />
          </SplitPanel>
        </>
      ) : null}
    </Split>
  );
}
