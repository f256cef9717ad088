import { useTranslation } from 'react-i18next';
import type { Field } from '#packets/field.ts';
import type { OctetRange } from '#packets/octets.ts';
import s from './PacketHex.module.css';

/** Octets drawn; a packet may have 65,535. */
const MAX_SHOWN = 1_024;

/** Props of {@link PacketHex}. */
export interface PacketHexProps {
  readonly bytes: Uint8Array;
  readonly octetsPerLine: number;
  readonly payload: OctetRange;
  readonly chosen: Field | null;
  readonly onOctet: (at: number) => void;
}

/** The octets of a packet; those of the chosen field stand out, and a click chooses the field of an octet. */
export function PacketHex({ bytes, octetsPerLine, payload, chosen, onOctet }: PacketHexProps) {
  const { t } = useTranslation('packets');
  const shown = bytes.subarray(0, MAX_SHOWN);
  const lines = Array.from({ length: Math.ceil(shown.length / octetsPerLine) }, (_, line) => line * octetsPerLine);
  const choose = ({ target }: { readonly target: EventTarget }): void => {
    const at = target instanceof HTMLElement ? target.dataset.at : undefined;
    if (at !== undefined) onOctet(Number(at));
  };
  return (
    <div className={s.hex}>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: a shortcut for the pointer; the drawing beside it has a button for every field */}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: see above */}
      <div className={s.lines} onClick={choose}>
        {lines.map((start) => (
          <Line
            key={start}
            start={start}
            bytes={shown.subarray(start, start + octetsPerLine)}
            octetsPerLine={octetsPerLine}
            payload={payload}
            chosen={chosen}
          />
        ))}
      </div>
      {bytes.length > shown.length ? (
        <p className={s.more}>{t('detail.more', { count: bytes.length - shown.length })}</p>
      ) : null}
    </div>
  );
}

interface LineProps extends Omit<PacketHexProps, 'onOctet'> {
  /** Where its first octet is in the packet. */
  readonly start: number;
}

function Line({ start, bytes, octetsPerLine, payload, chosen }: LineProps) {
  const [from, to] = chosen ? [chosen.bit >> 3, (chosen.bit + chosen.bits - 1) >> 3] : [-1, -1];
  return (
    <div className={s.line}>
      <span className={s.offset}>{start.toString(16).padStart(4, '0')}</span>
      <span className={s.octets} style={{ gridTemplateColumns: `repeat(${octetsPerLine}, 2ch)` }}>
        {Array.from(bytes, (octet, index) => {
          const at = start + index;
          return (
            <span
              key={at}
              data-at={at}
              data-chosen={at >= from && at <= to}
              data-payload={at >= payload.start && at < payload.end}
            >
              {octet.toString(16).padStart(2, '0')}
            </span>
          );
        })}
      </span>
      <span className={s.text}>{textOf(bytes)}</span>
    </div>
  );
}

/** ASCII, and a dot for everything else. */
function textOf(bytes: Uint8Array): string {
  return Array.from(bytes, (octet) => (octet >= 0x20 && octet < 0x7f ? String.fromCharCode(octet) : '·')).join('');
}
