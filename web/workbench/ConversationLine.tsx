import { useTranslation } from 'react-i18next';
import type { Conversation } from '#protocol/wire.ts';
import s from './ConversationLine.module.css';
import { formatOctets } from './format.ts';
import { clientName, serverName, stateWord } from './words.ts';

/** One conversation on one line: who talks with whom, how, and how much. */
export function ConversationLine({ conversation }: { readonly conversation: Conversation }) {
  const { t } = useTranslation('workbench');
  const { id, server, transport, toServer, toClient, terminal } = conversation;
  const sent = formatOctets(toServer.bytes);
  const received = formatOctets(toClient.bytes);
  return (
    <span className={s.line}>
      <span className={s.id}>#{id}</span>
      <span className={s.ends}>
        {clientName(t, conversation)} ⇄ {serverName(t, conversation)} :{server.port}
      </span>
      <span className={s.transport}>{transport.toUpperCase()}</span>
      <span className={s.state} data-state={conversation.state}>
        {stateWord(t, conversation)}
      </span>
      <span className={s.octets} title={t('picker.octets', { sent, received })}>
        <span className={s.sent}>→ {sent}</span> <span className={s.received}>← {received}</span>
      </span>
      {terminal === null ? null : <span className={s.terminal}>{t('terminal', { number: terminal })}</span>}
    </span>
  );
}
