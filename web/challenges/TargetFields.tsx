import { Play, Square } from 'lucide-react';
import { type ComponentProps, type FormEvent, useEffect, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { ChallengeInfo } from '#protocol/check.ts';
import { Button } from '../design/Button.tsx';
import { browserChecks } from './browser-checks.ts';
import s from './TargetFields.module.css';
import type { TargetForm } from './target-form.ts';
import { useWords } from './use-words.ts';

/** Ports that are offered at the most. */
const MAX_OFFERED = 8;

/** Props of {@link TargetFields}. */
export interface TargetFieldsProps {
  readonly challenge: ChallengeInfo;
  readonly form: TargetForm;
  readonly change: (part: Partial<TargetForm>) => void;
  readonly running: boolean;
  readonly start: () => void;
  readonly stop: () => void;
}

/** Where the learner's server is: typed, or picked from what began to listen. */
export function TargetFields({ challenge, form, change, running, start, stop }: TargetFieldsProps) {
  const { t } = useTranslation('challenges');
  const words = useWords();
  const isServer = challenge.writes === 'server';
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    start();
  };
  return (
    <form className={s.form} onSubmit={submit} aria-label={t('check', { title: words(challenge.title) })}>
      <div className={s.fields}>
        {isServer ? (
          <Field
            label={t('host')}
            value={form.host}
            spellCheck={false}
            maxLength={253}
            onChange={(event) => change({ host: event.target.value })}
          />
        ) : null}
        <Field
          label={t(isServer ? 'port' : 'ownPort')}
          className={s.number}
          value={form.port}
          inputMode="numeric"
          maxLength={5}
          onChange={(event) => change({ port: event.target.value })}
        />
        <Button type="submit" variant="primary">
          <Play aria-hidden /> {t(running ? 'restart' : 'start')}
        </Button>
        <Button onClick={stop} disabled={!running}>
          <Square aria-hidden /> {t('stop')}
        </Button>
      </div>
      {isServer ? <Listeners challenge={challenge} pick={change} /> : null}
    </form>
  );
}

function Field({ label, ...input }: ComponentProps<'input'> & { readonly label: string }) {
  const id = useId();
  return (
    <span className={s.field}>
      <label htmlFor={id}>{label}</label>
      <input id={id} autoComplete="off" {...input} />
    </span>
  );
}

interface ListenersProps {
  readonly challenge: ChallengeInfo;
  readonly pick: (form: TargetForm) => void;
}

/** What listens on this machine besides Porthole; what began to since the page looks comes first. */
function Listeners({ challenge, pick }: ListenersProps) {
  const { t } = useTranslation('challenges');
  const desk = browserChecks();
  const listeners = useStore(desk.store, (state) => state.listeners);
  useEffect(() => desk.watchListeners(), [desk]);
  const offered = (listeners ?? []).filter(({ transport }) => transport === challenge.transport).slice(0, MAX_OFFERED);
  return (
    <div className={s.listeners}>
      <span>{t(listeners === null ? 'listenersUnknown' : offered.length === 0 ? 'listenersNone' : 'listeners')}</span>
      {offered.map(({ address, port, isNew }) => (
        <Button
          key={port}
          size="sm"
          data-new={isNew}
          className={s.port ?? ''}
          onClick={() => pick({ host: hostOf(address), port: String(port) })}
        >
          {port} {isNew ? <b>{t('isNew')}</b> : null}
        </Button>
      ))}
    </div>
  );
}

/** A server on one loopback address only is not found at the other one. */
function hostOf(address: string): string {
  return address === '::1' || address.startsWith('127.') ? address : 'localhost';
}
