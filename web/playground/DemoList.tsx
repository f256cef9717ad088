import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useWire } from '../session/react.tsx';
import { ClientPicker } from './ClientPicker.tsx';
import { DemoCard, type DemoCardProps } from './DemoCard.tsx';
import s from './DemoList.module.css';
import { groupDemos } from './demo-groups.ts';

/** The playground's left side: what this page is for, and every running demo. */
export function DemoList(props: Omit<DemoCardProps, 'demo'>) {
  const { t } = useTranslation('playground');
  const addresses = useWire((state) => state.demos);
  const demos = useMemo(() => groupDemos(addresses), [addresses]);
  return (
    <div className={s.scroll}>
      <h1>{t('title')}</h1>
      <p className={s.lead}>{t('lead')}</p>
      <ClientPicker hasTerminal={props.run !== undefined} />
      <h2 className={s.heading}>{t('demos')}</h2>
      {demos.length === 0 ? <p className={s.lead}>{t('noDemos')}</p> : null}
      <div className={s.cards}>
        {demos.map((demo) => (
          <DemoCard key={demo.id} demo={demo} {...props} />
        ))}
      </div>
      <p className={s.lead}>
        <Link href="/chat">{t('chatLink')}</Link>
      </p>
      <h2 className={s.heading}>{t('own')}</h2>
      <p className={s.lead}>
        {t('ownLead')} <Link href="/relay">{t('ownLink')}</Link> · <Link href="/packets">{t('ownCapture')}</Link>
      </p>
    </div>
  );
}
