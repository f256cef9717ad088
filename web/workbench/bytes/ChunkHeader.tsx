import { ArrowLeft, ArrowRight } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { formatCount, formatMs } from '../format.ts';
import { byteCount } from '../words.ts';
import s from './ChunkHeader.module.css';
import type { Chunk } from './hexdump.ts';

/** Props of {@link ChunkHeader}. */
export interface ChunkHeaderProps {
  readonly chunk: Chunk;
  readonly selected: boolean;
  /** Moment that times are counted from, in microseconds since the journal began. */
  readonly zeroUs: number;
  readonly onSelect: (seq: number) => void;
}

/** Where one chunk begins: which way it went, how long it is, where it is in its stream. */
export function ChunkHeader({ chunk, selected, zeroUs, onSelect }: ChunkHeaderProps) {
  const { t } = useTranslation('workbench');
  const { event, direction, streamOffset } = chunk;
  const Icon = direction === 'to-server' ? ArrowRight : ArrowLeft;
  const last = streamOffset === null ? null : streamOffset + event.length - 1;
  return (
    <button
      type="button"
      className={s.header}
      data-direction={direction}
      aria-pressed={selected}
      onClick={() => onSelect(event.seq)}
    >
      <Icon aria-hidden />
      <b className={s.direction}>{t(`direction.${direction}`)}</b>
      <span>
        {t(event.kind === 'datagram' ? 'event.datagram' : 'hex.chunk')} · {byteCount(t, event.length)}
      </span>
      {event.kind === 'data' && streamOffset !== null && last !== null && event.length > 0 ? (
        <span className={s.dim}>{t('hex.stream', { from: formatCount(streamOffset), to: formatCount(last) })}</span>
      ) : null}
      <span className={s.time}>{formatMs(event.timeUs - zeroUs)} ms</span>
    </button>
  );
}
