import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { browserChecks } from './browser-checks.ts';
import { CheckPanel } from './CheckPanel.tsx';

/** The check of one challenge, inside of a lesson. */
export function EmbeddedCheck({ id }: { readonly id: string }) {
  const { t } = useTranslation('challenges');
  const desk = browserChecks();
  const { challenges, problem } = useStore(desk.store);
  useEffect(() => void desk.load(), [desk]);
  const challenge = challenges?.find((each) => each.id === id);
  if (challenge) return <CheckPanel challenge={challenge} brief />;
  return <p>{problem ? t('unreachable') : t('loading')}</p>;
}
