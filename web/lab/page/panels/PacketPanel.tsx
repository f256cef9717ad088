import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LINK_TYPES } from '#packets/link.ts';
import { parsePacket } from '#packets/packet.ts';
import { Segmented } from '../../../design/Segmented.tsx';
import { PacketDetail } from '../../../packets/PacketDetail.tsx';
import type { HeldPacket } from '../../../session/packet-log.ts';
import type { PacketRecord } from '../../net/packet-record.ts';
import { useLabState } from '../lab-context.tsx';
import s from './Panels.module.css';

/** The chosen packet's headers and octets; where a bit was turned over on the way, as it was sent or as it arrived. */
export function PacketPanel() {
  const { t } = useTranslation('lab');
  const record = useLabState(({ run, selected }) => (selected === null ? undefined : run.packets[selected]));
  const [arrived, setArrived] = useState(true);
  if (!record) return <p className={s.empty}>{t('packet.none')}</p>;
  const damaged = record.arrivals.find((each) => each.damaged !== null)?.damaged ?? null;
  return (
    <div className={s.packet}>
      {damaged ? (
        <Segmented
          label={t('packet.which')}
          items={[
            { id: 'sent', label: t('packet.sent') },
            { id: 'arrived', label: t('packet.arrived') },
          ]}
          value={arrived ? 'arrived' : 'sent'}
          onValueChange={(id) => setArrived(id === 'arrived')}
        />
      ) : null}
      <Detail record={record} bytes={damaged && arrived ? damaged : record.bytes} />
    </div>
  );
}

function Detail({ record, bytes }: { readonly record: PacketRecord; readonly bytes: Uint8Array }) {
  const held = useMemo(() => heldOf(record, bytes), [record, bytes]);
  return <PacketDetail held={held} />;
}

const US_PER_S = 1_000_000;

/** A packet of the lab in the form of captured ones, numbered from 1 as Wireshark does. */
function heldOf({ id, sentAt }: PacketRecord, bytes: Uint8Array): HeldPacket {
  return {
    number: id + 1,
    seconds: Math.floor(sentAt / US_PER_S),
    nanoseconds: (sentAt % US_PER_S) * 1_000,
    timeUs: sentAt,
    interface: 'lab',
    linkType: LINK_TYPES.raw,
    bytes,
    originalLength: bytes.length,
    comment: null,
    packet: parsePacket(bytes, LINK_TYPES.raw),
  };
}
