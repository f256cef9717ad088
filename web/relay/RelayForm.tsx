import { type FormEvent, type ReactNode, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RelayRequest } from '#protocol/relay.ts';
import { Button } from '../design/Button.tsx';
import { InShell } from '../design/InShell.tsx';
import { Segmented } from '../design/Segmented.tsx';
import s from './RelayForm.module.css';
import { EMPTY_FORM, type RelayFormState, readForm, shellCommand } from './relay-form.ts';

/** Asks for a new relay. The answer, when it is a refusal, stays below the form until something is changed. */
export function RelayForm({ start }: { readonly start: (request: RelayRequest) => Promise<string | null> }) {
  const { t } = useTranslation('relay');
  const { form, change, refusal, busy, submit } = useRelayForm(start);
  return (
    <form className={s.form} onSubmit={(event) => void submit(event)} aria-label={t('form.title')}>
      <h2 className={s.heading}>{t('form.title')}</h2>
      <Segmented
        label={t('form.transport')}
        items={[
          { id: 'tcp', label: 'TCP' },
          { id: 'udp', label: 'UDP' },
        ]}
        value={form.transport}
        onValueChange={(id) => change({ transport: id === 'udp' ? 'udp' : 'tcp' })}
      />
      <Fields form={form} change={change} />
      <div className={s.actions}>
        <Button type="submit" variant="primary" disabled={busy}>
          {t('form.start')}
        </Button>
        {refusal ? (
          <p className={s.refusal} role="alert">
            {refusal}
          </p>
        ) : null}
      </div>
      <InShell summary={t('form.shell')} text={shellCommand(form)} copyLabel={t('form.copyShell')} />
    </form>
  );
}

/** What is typed, and what came of asking. */
function useRelayForm(start: (request: RelayRequest) => Promise<string | null>) {
  const { t } = useTranslation('relay');
  const [form, setForm] = useState(EMPTY_FORM);
  const [refusal, setRefusal] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const change = (part: Partial<RelayFormState>): void => {
    setForm({ ...form, ...part });
    setRefusal(null);
  };
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const request = readForm(form);
    if (request === null) {
      setRefusal(t('form.invalid'));
      return;
    }
    setBusy(true);
    setRefusal(await start(request));
    setBusy(false);
  };
  return { form, change, refusal, busy, submit };
}

interface FieldsProps {
  readonly form: RelayFormState;
  readonly change: (part: Partial<RelayFormState>) => void;
}

/** From our port to the server's. */
function Fields({ form, change }: FieldsProps) {
  const { t } = useTranslation('relay');
  return (
    <div className={s.fields}>
      <Field label={t('form.port')} hint={t('form.portHint')}>
        {(id) => <PortInput id={id} value={form.port} onChange={(port) => change({ port })} />}
      </Field>
      <span className={s.arrow} aria-hidden="true">
        →
      </span>
      <Field label={t('form.host')}>
        {(id) => (
          <input
            id={id}
            value={form.host}
            autoComplete="off"
            spellCheck={false}
            maxLength={253}
            required
            onChange={(event) => change({ host: event.target.value })}
          />
        )}
      </Field>
      <Field label={t('form.serverPort')}>
        {(id) => (
          <PortInput id={id} required value={form.serverPort} onChange={(serverPort) => change({ serverPort })} />
        )}
      </Field>
      <Field label={t('form.seed')} hint={t('form.seedHint')}>
        {(id) => <PortInput id={id} value={form.seed} onChange={(seed) => change({ seed })} />}
      </Field>
    </div>
  );
}

function Field(props: {
  readonly label: string;
  readonly hint?: string;
  readonly children: (id: string) => ReactNode;
}) {
  const id = useId();
  return (
    <span className={s.field}>
      <label htmlFor={id}>{props.label}</label>
      {props.children(id)}
      {props.hint ? <small>{props.hint}</small> : null}
    </span>
  );
}

interface PortInputProps {
  readonly id: string;
  readonly value: string;
  readonly required?: boolean;
  readonly onChange: (value: string) => void;
}

function PortInput({ id, value, required = false, onChange }: PortInputProps) {
  return (
    <input
      id={id}
      className={s.number}
      value={value}
      required={required}
      inputMode="numeric"
      maxLength={10}
      autoComplete="off"
      onChange={(event) => onChange(event.target.value)}
    />
  );
}
