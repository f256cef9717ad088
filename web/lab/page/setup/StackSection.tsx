import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { Segmented } from '../../../design/Segmented.tsx';
import { Switch } from '../../../design/Switch.tsx';
import type { HostId } from '../../net/link-settings.ts';
import type { CongestionControlName, TcpOptions } from '../../stack/options.ts';
import { useDesk } from '../lab-context.tsx';
import { useNames } from '../use-names.ts';
import s from './SetupPanel.module.css';

const SWITCHES = [
  'nagle',
  'delayedAck',
  'sack',
  'fastRetransmit',
  'windowScale',
  'timestamps',
  'sillyWindowAvoidance',
  'keepAlive',
] as const satisfies readonly (keyof TcpOptions)[];
const CONTROLS: readonly CongestionControlName[] = ['reno', 'cubic', 'none'];
const WINDOWS = [1, 2, 4, 10, 20] as const;
const BUFFERS_KIB = [4, 8, 16, 64, 256, 1_024] as const;
const MIN_RTOS_MS = [200, 1_000] as const;

/** What each host's TCP can do: switch something off to see life without it. */
export function StackSection() {
  const { t } = useTranslation('lab');
  const desk = useDesk();
  const names = useNames();
  const { hosts } = useStore(desk.store, (state) => state.draft);
  const [host, setHost] = useState<HostId>('a');
  const { tcp } = hosts[host];
  const change = (part: Partial<TcpOptions>): void => desk.setHost(host, { tcp: { ...tcp, ...part } });
  return (
    <section className={s.section} aria-labelledby="lab-stack">
      <h2 id="lab-stack">{t('stack.title')}</h2>
      <Segmented
        label={t('stack.host')}
        items={[
          { id: 'a', label: names.a },
          { id: 'b', label: names.b },
        ]}
        value={host}
        onValueChange={(id) => setHost(id === 'b' ? 'b' : 'a')}
      />
      <div className={s.switches}>
        {SWITCHES.map((key) => (
          <Switch
            key={key}
            label={t(`stack.${key}`)}
            checked={tcp[key]}
            onCheckedChange={(on) => change({ [key]: on })}
          />
        ))}
      </div>
      <Numbers tcp={tcp} change={change} />
    </section>
  );
}

interface NumbersProps {
  readonly tcp: TcpOptions;
  readonly change: (part: Partial<TcpOptions>) => void;
}

/** What is more than on or off. */
function Numbers({ tcp, change }: NumbersProps) {
  const { t } = useTranslation('lab');
  return (
    <div className={s.selects}>
      <Select
        label={t('stack.congestionControl')}
        value={tcp.congestionControl}
        options={CONTROLS.map((id) => [id, t(`stack.controls.${id}`)])}
        choose={(id) => change({ congestionControl: CONTROLS.find((each) => each === id) ?? 'reno' })}
      />
      <Select
        label={t('stack.initialWindow')}
        value={String(tcp.initialWindowSegments)}
        options={withOwn(WINDOWS, tcp.initialWindowSegments).map((n) => [String(n), t('stack.segments', { n })])}
        choose={(n) => change({ initialWindowSegments: Number(n) })}
      />
      <Select
        label={t('stack.receiveBuffer')}
        value={String(tcp.receiveBufferBytes)}
        options={withOwn(
          BUFFERS_KIB.map((kib) => kib * 1_024),
          tcp.receiveBufferBytes,
        ).map((n) => [String(n), `${n / 1_024} KiB`])}
        choose={(n) => change({ receiveBufferBytes: Number(n) })}
      />
      <Select
        label={t('stack.minRto')}
        value={String(tcp.minRtoUs)}
        options={withOwn(
          MIN_RTOS_MS.map((ms) => ms * 1_000),
          tcp.minRtoUs,
        ).map((n) => [String(n), `${n / 1_000} ms`])}
        choose={(n) => change({ minRtoUs: Number(n) })}
      />
    </div>
  );
}

/** The usual choices, and the one that is set where it is none of them. */
function withOwn(usual: readonly number[], own: number): readonly number[] {
  return usual.includes(own) ? usual : [...usual, own].sort((one, two) => one - two);
}

interface SelectProps {
  readonly label: string;
  readonly value: string;
  readonly options: readonly (readonly [string, string])[];
  readonly choose: (id: string) => void;
}

function Select({ label, value, options, choose }: SelectProps) {
  return (
    <label className={s.select}>
      <span>{label}</span>
      <select value={value} onChange={(event) => choose(event.target.value)}>
        {options.map(([id, text]) => (
          <option key={id} value={id}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}
