import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { Segmented } from '../../../design/Segmented.tsx';
import type { LinkSettings } from '../../net/link-settings.ts';
import { useDesk } from '../lab-context.tsx';
import { useNames } from '../use-names.ts';
import { LinkFields } from './LinkFields.tsx';
import s from './SetupPanel.module.css';

type Direction = 'both' | 'a' | 'b';

/** The wire: both directions alike, or each by itself. */
export function WireSection() {
  const { t } = useTranslation('lab');
  const desk = useDesk();
  const names = useNames();
  const { wire } = useStore(desk.store, (state) => state.draft);
  const isAlike = JSON.stringify(wire.a) === JSON.stringify(wire.b);
  const [chosen, setChosen] = useState<Direction>(isAlike ? 'both' : 'a');
  const direction = chosen === 'both' && !isAlike ? 'a' : chosen;
  const change = (settings: LinkSettings): void => {
    if (direction !== 'b') desk.setLink('a', settings);
    if (direction !== 'a') desk.setLink('b', settings);
  };
  const choose = (id: string): void => {
    const next = id === 'a' || id === 'b' ? id : 'both';
    // "Both" means alike: the one that was looked at holds for the other, too.
    if (next === 'both' && !isAlike) desk.setLink(direction === 'b' ? 'a' : 'b', wire[direction === 'b' ? 'b' : 'a']);
    setChosen(next);
  };
  return (
    <section className={s.section} aria-labelledby="lab-wire">
      <h2 id="lab-wire">{t('wire.title')}</h2>
      <Segmented
        label={t('wire.direction')}
        items={[
          { id: 'both', label: t('wire.both') },
          { id: 'a', label: `${names.a} →` },
          { id: 'b', label: `${names.b} →` },
        ]}
        value={direction}
        onValueChange={choose}
      />
      <LinkFields settings={direction === 'b' ? wire.b : wire.a} change={change} />
    </section>
  );
}
