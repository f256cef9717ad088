import { useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { EmptyState } from '../design/EmptyState.tsx';
import { toast } from '../design/toast-store.ts';
import { groupDemos } from '../playground/demo-groups.ts';
import { UNREACHABLE } from '../session/json-api.ts';
import { useWire } from '../session/react.tsx';
import { browserRelays } from './browser-relays.ts';
import { RelayCard } from './RelayCard.tsx';
import { RelayForm } from './RelayForm.tsx';
import s from './RelayList.module.css';

/** The left side: what a relay is for, the form for a new one, and those that run. */
export function RelayList() {
  const { t } = useTranslation('relay');
  const desk = browserRelays();
  const { relays, problem } = useStore(desk.store);
  useEffect(() => desk.watch(), [desk]);
  const words = (reason: string): string => (reason === UNREACHABLE ? t('unreachable') : reason);
  const orTell = async (work: Promise<string | null>): Promise<void> => {
    const reason = await work;
    if (reason) toast({ kind: 'bad', text: words(reason) });
  };
  return (
    <div className={s.scroll}>
      <h1>{t('title')}</h1>
      <p className={s.lead}>{t('lead')}</p>
      <RelayForm
        start={async (request) => {
          const reason = await desk.add(request);
          return reason && words(reason);
        }}
      />
      {problem ? (
        <p className={s.problem} role="alert">
          {words(problem)}
        </p>
      ) : null}
      {relays === null ? <p className={s.lead}>{problem ? null : t('loading')}</p> : null}
      {relays?.length === 0 ? <NoRelays /> : null}
      <div className={s.cards}>
        {relays?.map((relay) => (
          <RelayCard
            key={relay.id}
            relay={relay}
            setFaults={(faults) => void orTell(desk.setFaults(relay.id, faults))}
            stop={() => void orTell(desk.remove(relay.id))}
          />
        ))}
      </div>
    </div>
  );
}

function NoRelays() {
  const { t } = useTranslation('relay');
  const demos = useWire((state) => state.demos);
  const port = useMemo(() => groupDemos(demos).find(({ id }) => id === 'echo')?.offers[0]?.port, [demos]);
  return <EmptyState title={t('empty.title')}>{port === undefined ? null : t('empty.body', { port })}</EmptyState>;
}
