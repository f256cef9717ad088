import { CircleCheck, CircleMinus } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Machine } from '#protocol/demos.ts';
import { EvidenceBadge } from '../design/EvidenceBadge.tsx';
import { useMachine } from '../session/react.tsx';
import { formatOctets } from '../workbench/format.ts';
import s from './MachinePanel.module.css';
import { installedTools, smallestBuffer } from './machine-facts.ts';

/** What this machine can show, and how to get what is off. */
export function MachinePanel() {
  const { t } = useTranslation('home');
  const { status, machine } = useMachine();
  if (!machine) return <p className={s.waiting}>{t(status === 'failed' ? 'machine.failed' : 'machine.loading')}</p>;
  return (
    <>
      <dl className={s.facts}>
        <Fact on name={t('machine.events')} badge={<EvidenceBadge evidence="observed" />}>
          {t('machine.eventsYes')}
        </Fact>
        <Fact
          on={machine.socketTable}
          name={t('machine.socketTable')}
          badge={machine.socketTable ? <EvidenceBadge evidence="kernel" /> : null}
        >
          {t(machine.socketTable ? 'machine.socketTableYes' : 'machine.socketTableNo', { platform: machine.platform })}
        </Fact>
        <Fact on={machine.ipv6} name={t('machine.ipv6')}>
          {t(machine.ipv6 ? 'machine.ipv6Yes' : 'machine.ipv6No')}
        </Fact>
        <Clients machine={machine} />
        <Buffer machine={machine} />
        <Fact on name={t('machine.certificate')}>
          {t('machine.certificateShown')} <code className={s.fingerprint}>{machine.certificateFingerprint}</code>
        </Fact>
      </dl>
      <p className={s.version}>{t('machine.version', { version: machine.version, platform: machine.platform })}</p>
    </>
  );
}

interface FactProps {
  readonly on: boolean;
  readonly name: string;
  readonly badge?: ReactNode;
  readonly children: ReactNode;
}

function Fact({ on, name, badge, children }: FactProps) {
  const { t } = useTranslation('home');
  const Icon = on ? CircleCheck : CircleMinus;
  return (
    <div className={s.fact} data-on={on}>
      <dt>
        <Icon role="img" aria-label={t(on ? 'machine.yes' : 'machine.no')} />
        {name}
        {badge}
      </dt>
      <dd>{children}</dd>
    </div>
  );
}

function Clients({ machine }: { readonly machine: Machine }) {
  const { t, i18n } = useTranslation('home');
  const { found, missing } = installedTools(machine.tools);
  const list = (tools: readonly string[]) => tools.join(i18n.language === 'zh-CN' ? '、' : ', ');
  return (
    <Fact on={found.length > 0} name={t('machine.clients')}>
      {found.length > 0 ? t('machine.clientsFound', { tools: list(found) }) : t('machine.clientsNone')}{' '}
      {missing.length > 0 ? t('machine.clientsMissing', { tools: list(missing) }) : null} {t('machine.clientsHere')}
    </Fact>
  );
}

function Buffer({ machine }: { readonly machine: Machine }) {
  const { t } = useTranslation('home');
  const bytes = smallestBuffer(machine.udpReceiveBuffer);
  if (bytes === null) return null;
  return (
    <Fact on name={t('machine.buffer')}>
      {t('machine.bufferGranted', { size: formatOctets(bytes) })}
    </Fact>
  );
}
