import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Conversation } from '#protocol/wire.ts';
import { EmptyState } from '../design/EmptyState.tsx';
import { Switch } from '../design/Switch.tsx';
import type { HeldPacket } from '../session/packet-log.ts';
import { useConversationEvents, useSession, useWire } from '../session/react.tsx';
import { NoConversation } from '../workbench/Empty.tsx';
import { CaptureBar } from './CaptureBar.tsx';
import { CaptureNotice } from './CaptureNotice.tsx';
import { PacketLadder } from './PacketLadder.tsx';
import { PacketList } from './PacketList.tsx';
import s from './PacketsTab.module.css';
import { PacketViews } from './PacketViews.tsx';
import { BEFORE_OPENING_US, flowRows } from './packet-rows.ts';

/** The captured packets, of one conversation or all; captured only while this is in view. */
export function PacketsTab({ conversation }: { readonly conversation: Conversation | undefined }) {
  const { t } = useTranslation('packets');
  const session = useSession();
  const status = useWire((state) => state.capture);
  const packets = useWire((state) => state.packets);
  useWire((state) => state.packetRevision);
  const [tries, setTries] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another try is another watch
  useEffect(() => session.watchPackets(), [session, tries]);
  const [which, setWhich] = useState<'flow' | 'all'>('flow');
  const [selected, setSelected] = useState<number | null>(null);
  const [absolute, setAbsolute] = useState(false);
  const isRefused = status?.state === 'refused' && packets.all.length === 0;
  const held = selected === null ? undefined : packets.byNumber(selected);
  return (
    <div className={s.tab}>
      <CaptureBar status={status} which={which} setWhich={setWhich} conversation={conversation}>
        <span className={s.absolute} title={t('absoluteWhy')}>
          <Switch label={t('absolute')} checked={absolute} onCheckedChange={setAbsolute} />
        </span>
      </CaptureBar>
      {isRefused ? (
        <CaptureNotice status={status} retry={() => setTries(tries + 1)} />
      ) : (
        <PacketViews id="packets" held={held}>
          {which === 'flow' ? (
            <FlowPackets conversation={conversation} selected={selected} onSelect={setSelected} absolute={absolute} />
          ) : (
            <AllPackets packets={packets.all} selected={selected} onSelect={setSelected} />
          )}
        </PacketViews>
      )}
    </div>
  );
}

interface ViewProps {
  readonly selected: number | null;
  readonly onSelect: (number: number) => void;
}

interface FlowProps extends ViewProps {
  readonly absolute: boolean;
}

function FlowPackets({ conversation, ...view }: FlowProps & { readonly conversation: Conversation | undefined }) {
  return conversation ? <ConversationPackets conversation={conversation} {...view} /> : <NoConversation />;
}

function ConversationPackets({ conversation, ...view }: FlowProps & { readonly conversation: Conversation }) {
  const { t } = useTranslation('packets');
  const rows = useRows(conversation);
  if (!rows.some(({ type }) => type === 'packet'))
    return <EmptyState title={t('empty.flow')}>{t('empty.flowBody')}</EmptyState>;
  return <PacketLadder key={conversation.id} flow={conversation} rows={rows} conversation={conversation} {...view} />;
}

/** The rows of a conversation; made anew when there are more packets or events. */
function useRows(conversation: Conversation) {
  const packets = useWire((state) => state.packets);
  const revision = useWire((state) => state.packetRevision);
  const events = useConversationEvents(conversation.id);
  const { transport, client, server, openedUs } = conversation;
  const newest = events.at(-1)?.seq;
  // biome-ignore lint/correctness/useExhaustiveDependencies: both logs stay the same objects while they grow
  return useMemo(
    () => flowRows({ transport, client, server }, packets.all, events, openedUs - BEFORE_OPENING_US),
    [packets, revision, events, newest, transport, client, server, openedUs],
  );
}

function AllPackets({ packets, selected, onSelect }: ViewProps & { readonly packets: readonly HeldPacket[] }) {
  const { t } = useTranslation('packets');
  if (packets.length === 0) return <EmptyState title={t('empty.all')}>{t('empty.allBody')}</EmptyState>;
  return (
    <PacketList
      count={packets.length}
      packetAt={(index) => packets[index]}
      selected={packets.findIndex(({ number }) => number === selected)}
      onSelect={(index) => {
        const packet = packets[index];
        if (packet) onSelect(packet.number);
      }}
      follows
    />
  );
}
