import { useTranslation } from 'react-i18next';
import s from './ExerciseCard.module.css';
import { packetLine, type TracePacket } from './trace-packets.ts';

/** A packet in one line: who sent it, which way, and what it says. */
export function PacketText(props: { readonly packet: TracePacket; readonly without?: 'seq' | 'ack' | 'len' | null }) {
  const { packet, without = null } = props;
  const { t } = useTranslation('lessons');
  return (
    <span className={s.packet}>
      <span className={s.from}>
        {t(`exercise.from.${packet.from}`)} <span aria-hidden="true">{packet.from === 'client' ? '→' : '←'}</span>
      </span>{' '}
      <code>{packetLine(packet, without)}</code>
    </span>
  );
}
