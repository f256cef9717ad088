import { Square } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { noFaults, type Relay, type RelayCounts, type RelayFaults } from '#protocol/relay.ts';
import { Badge } from '../design/Badge.tsx';
import { Button } from '../design/Button.tsx';
import { CodeLine } from '../design/CodeLine.tsx';
import { formatCount, formatEndpoint, formatOctets } from '../workbench/format.ts';
import { CutField } from './CutField.tsx';
import { FaultFields } from './FaultFields.tsx';
import { TCP_FIELDS, UDP_FIELDS } from './fault-fields.ts';
import s from './RelayCard.module.css';

/** Props of {@link RelayCard}. */
export interface RelayCardProps {
  readonly relay: Relay;
  readonly setFaults: (faults: RelayFaults) => void;
  readonly stop: () => void;
}

/** One running relay: where it leads, what it carried, and the faults of each direction. */
export function RelayCard({ relay, setFaults, stop }: RelayCardProps) {
  const { t } = useTranslation('relay');
  const port = relay.listens[0]?.port ?? 0;
  const { transport, targetName, target, live, total, failed, lastFailure, seed } = relay;
  return (
    <article className={s.card} aria-labelledby={`relay-${relay.id}`}>
      <header className={s.header}>
        <h3 id={`relay-${relay.id}`}>
          <Badge>{transport.toUpperCase()}</Badge> :{port} <span aria-hidden="true">→</span>{' '}
          {formatEndpoint({ address: targetName, port: target.port })}
        </h3>
        <Button size="sm" variant="quiet" aria-label={t('card.stopLabel', { port })} onClick={stop}>
          <Square aria-hidden /> {t('card.stop')}
        </Button>
      </header>
      <p className={s.facts}>
        {t('card.counts', { count: total, total: formatCount(total), live: formatCount(live) })} ·{' '}
        {t('card.seed', { seed })}
        {failed > 0 ? <strong> · {t('card.failed', { count: failed, code: lastFailure })}</strong> : null}
      </p>
      <CodeLine text={`nc ${transport === 'udp' ? '-u ' : ''}localhost ${port}`} copyLabel={t('card.copyTry')} />
      <div className={s.directions}>
        <Direction relay={relay} way="toServer" setFaults={setFaults} />
        <Direction relay={relay} way="toClient" setFaults={setFaults} />
      </div>
      <footer className={s.footer}>
        <Button
          size="sm"
          aria-label={t('card.clearLabel', { port })}
          onClick={() => setFaults(noFaults(relay.transport))}
        >
          {t('card.clear')}
        </Button>
        {transport === 'tcp' ? <small>{t('card.note')}</small> : null}
      </footer>
    </article>
  );
}

interface DirectionProps {
  readonly relay: Relay;
  readonly way: 'toServer' | 'toClient';
  readonly setFaults: (faults: RelayFaults) => void;
}

function Direction({ relay, way, setFaults }: DirectionProps) {
  const { t } = useTranslation('relay');
  const { faults } = relay;
  return (
    <fieldset className={s.direction} data-way={way}>
      <legend>{t(`direction.${way}`)}</legend>
      <Carried counts={relay[way]} />
      {faults.transport === 'tcp' ? (
        <>
          <FaultFields
            fields={TCP_FIELDS}
            values={faults[way]}
            change={(part) => setFaults({ ...faults, [way]: { ...faults[way], ...part } })}
          />
          <CutField cut={faults[way].cut} change={(cut) => setFaults({ ...faults, [way]: { ...faults[way], cut } })} />
        </>
      ) : (
        <FaultFields
          fields={UDP_FIELDS}
          values={faults[way]}
          change={(part) => setFaults({ ...faults, [way]: { ...faults[way], ...part } })}
        />
      )}
    </fieldset>
  );
}

function Carried({ counts }: { readonly counts: RelayCounts }) {
  const { t } = useTranslation('relay');
  const { bytes, droppedBytes, droppedPieces } = counts;
  return (
    <p className={s.carried}>
      {t('card.carried', { bytes: formatOctets(bytes) })}
      {droppedPieces > 0 ? (
        <strong>
          {' '}
          · {t('card.dropped', { bytes: formatOctets(droppedBytes), pieces: formatCount(droppedPieces) })}
        </strong>
      ) : null}
    </p>
  );
}
