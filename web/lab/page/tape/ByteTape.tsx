import type { CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import { Segmented } from '../../../design/Segmented.tsx';
import { formatCount } from '../../../workbench/format.ts';
import type { HostId } from '../../net/link-settings.ts';
import { useEndpoints } from '../panels/use-endpoints.ts';
import { useNames } from '../use-names.ts';
import s from './ByteTape.module.css';
import { type Tape, type TapePiece, tapeOf } from './tape-pieces.ts';

const LEGEND = ['acknowledged', 'flight', 'held', 'usable', 'queued'] as const;

/** Props of {@link ByteTape}: whose octets, and what happens when others are to be shown. */
export interface ByteTapeProps {
  readonly from: HostId;
  readonly onFrom: (from: HostId) => void;
}

/** The octets of one direction as a tape: what is acknowledged, in flight, held beyond a gap, allowed, and waiting. */
export function ByteTape({ from, onFrom }: ByteTapeProps) {
  const { t } = useTranslation('lab');
  const names = useNames();
  const ends = useEndpoints();
  const other = from === 'a' ? 'b' : 'a';
  const sender = ends[from];
  const tape = sender?.peer ? tapeOf(sender, ends[other]?.peer ? ends[other] : null) : null;
  return (
    <section className={s.tape} aria-label={t('tape.label')}>
      <header className={s.head}>
        <Segmented
          label={t('tape.direction')}
          items={[
            { id: 'a', label: `${names.a} → ${names.b}` },
            { id: 'b', label: `${names.b} → ${names.a}` },
          ]}
          value={from}
          onValueChange={(id) => onFrom(id === 'b' ? 'b' : 'a')}
        />
        <ul className={s.legend}>
          {LEGEND.map((kind) => (
            <li key={kind}>
              <span className={s.key} data-kind={kind} aria-hidden /> {t(`tape.kind.${kind}`)}
            </li>
          ))}
        </ul>
      </header>
      <div className={s.strip}>
        {tape?.pieces.map((piece) => (
          <Piece key={`${piece.kind}${piece.from}`} piece={piece} tape={tape} />
        ))}
      </div>
      <p className={s.numbers}>{tape ? <Numbers tape={tape} /> : t(ends.hasNoTcp ? 'hosts.noTcp' : 'tape.none')}</p>
    </section>
  );
}

function Piece({ piece, tape }: { readonly piece: TapePiece; readonly tape: Tape }) {
  const { t } = useTranslation('lab');
  const span = tape.to - tape.from;
  const style: CSSProperties = {
    left: `${((piece.from - tape.from) / span) * 100}%`,
    width: `${((piece.to - piece.from) / span) * 100}%`,
  };
  const text = `${t(`tape.kind.${piece.kind}`)} ${piece.from}:${piece.to}`;
  return <span className={s.piece} data-kind={piece.kind} style={style} title={text} role="img" aria-label={text} />;
}

function Numbers({ tape }: { readonly tape: Tape }) {
  const { t } = useTranslation('lab');
  return (
    <>
      <span>
        snd.una <b>{formatCount(tape.una)}</b>
      </span>
      <span>
        snd.nxt <b>{formatCount(tape.nxt)}</b>
      </span>
      <span>
        snd.una + min(cwnd, rwnd) <b>{formatCount(tape.edge)}</b>
      </span>
      <span className={s.limit}>{t(`tape.limit.${tape.limit}`)}</span>
    </>
  );
}
