import { Download, KeyRound } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Conversation } from '#protocol/wire.ts';
import { FileIconButton } from '../design/FileIconButton.tsx';
import { IconButton } from '../design/IconButton.tsx';
import { saveBlob } from '../design/save-file.ts';
import { toast } from '../design/toast-store.ts';
import type { HeldPacket } from '../session/packet-log.ts';
import { useWire } from '../session/react.tsx';
import { MAX_KEY_LOG_BYTES, secretsFor } from './key-log.ts';
import { BEFORE_OPENING_US, flowRows } from './packet-rows.ts';
import { pcapngOf } from './save-pcapng.ts';

/** Props of {@link SavePackets}. */
export interface SavePacketsProps {
  /** The conversation whose packets are saved; `undefined`: all that are held. */
  readonly conversation: Conversation | undefined;
}

/** Saves packets as pcapng: as they are, or with the secrets of their TLS connections out of a key log on this machine. */
export function SavePackets({ conversation }: SavePacketsProps) {
  const { t } = useTranslation('packets');
  const packets = useWire((state) => state.packets);
  const demos = useWire((state) => state.demos);
  const name = conversation ? `porthole-${conversation.id}.pcapng` : 'porthole.pcapng';
  const wanted = (): readonly HeldPacket[] => (conversation ? packetsOf(conversation, packets.all) : packets.all);
  const save = (secrets: string): void => {
    saveBlob(name, pcapngOf(wanted(), demos, secrets));
    toast({ kind: 'good', text: t(secrets === '' ? 'saved' : 'savedWithKeys', { name }) });
  };
  const saveWith = async (keyLog: File): Promise<void> => {
    const secrets = keyLog.size > MAX_KEY_LOG_BYTES ? '' : secretsFor(await keyLog.text(), wanted());
    if (secrets === '') toast({ kind: 'bad', text: t('noKeys', { name: keyLog.name }) });
    else save(secrets);
  };
  const none = packets.all.length === 0;
  return (
    <>
      <IconButton
        size="sm"
        label={t('save')}
        icon={<Download aria-hidden />}
        disabled={none}
        onClick={() => (wanted().length === 0 ? undefined : save(''))}
      />
      <FileIconButton
        label={t('saveWithKeys')}
        fileLabel={t('keyLog')}
        icon={<KeyRound aria-hidden />}
        disabled={none}
        onFile={(keyLog) => void saveWith(keyLog)}
      />
    </>
  );
}

function packetsOf(conversation: Conversation, all: readonly HeldPacket[]): readonly HeldPacket[] {
  const rows = flowRows(conversation, all, [], conversation.openedUs - BEFORE_OPENING_US);
  return rows.flatMap((row) => (row.type === 'packet' ? [row.packet] : []));
}
