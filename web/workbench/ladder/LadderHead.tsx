import { Eye } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Conversation } from '#protocol/wire.ts';
import { formatEndpoint } from '../format.ts';
import { serverName } from '../words.ts';
import s from './LadderHead.module.css';

/** Names of both lifelines; it stays at the top while rows scroll under it. */
export function LadderHead({ conversation }: { readonly conversation: Conversation }) {
  const { t } = useTranslation('workbench');
  const { client, server, terminal, observer } = conversation;
  return (
    <div className={s.head}>
      <span className={s.unit}>{t('ladder.unit')}</span>
      <span className={s.ends}>
        <span className={s.end}>
          <b>
            {t('client')} {client.port > 0 ? `:${client.port}` : ''}
          </b>
          <small title={formatEndpoint(client)}>
            {[client.address, terminal === null ? '' : t('terminal', { number: terminal })].filter(Boolean).join(' · ')}
            {observer === 'client' ? <Observed /> : null}
          </small>
        </span>
        <span className={s.end} data-end="server">
          <b>
            {conversation.demo === null ? t('server') : serverName(t, conversation)} :{server.port}
          </b>
          <small title={formatEndpoint(server)}>
            {observer === 'server' ? <Observed /> : null}
            {server.address}
          </small>
        </span>
      </span>
    </div>
  );
}

function Observed() {
  const { t } = useTranslation('workbench');
  return (
    <span className={s.observed}>
      <Eye aria-hidden /> {t('ladder.observedHere')}
    </span>
  );
}
