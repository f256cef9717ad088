import { Fragment, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatCount, formatDuration } from '../../../workbench/format.ts';
import type { TcpView } from '../../stack/tcp-view.ts';
import { toneOf } from '../ladder/ladder-ribbon.ts';
import { useNames } from '../use-names.ts';
import s from './HostsSection.module.css';
import { useEndpoints } from './use-endpoints.ts';

/** Infinity of a variable: RFC 5681 §3.1 lets ssthresh begin arbitrarily high. */
const ARBITRARILY_HIGH = 2 ** 30;

/** The live variables of both ends of the connection that is looked at. Sequence numbers count from each side's SYN. */
export function HostsSection() {
  const { t } = useTranslation('lab');
  const { a, b, now, hasNoTcp } = useEndpoints();
  return (
    <section className={s.section} aria-labelledby="lab-hosts">
      <h2 id="lab-hosts">{t('hosts.title')}</h2>
      {hasNoTcp ? <p className={s.none}>{t('hosts.noTcp')}</p> : null}
      <table className={s.table} hidden={hasNoTcp}>
        <Head />
        <tbody>
          {ROWS.map(([key, show]) => (
            <tr key={key}>
              <th scope="row" title={t(`hosts.why.${key}`)}>
                {key}
              </th>
              <td>{shown(a, key, show)}</td>
              <td>{shown(b, key, show)}</td>
            </tr>
          ))}
          <tr>
            <th scope="row" title={t('hosts.why.timers')}>
              {t('hosts.timers')}
            </th>
            <td>{a ? <Timers view={a} now={now} /> : '—'}</td>
            <td>{b ? <Timers view={b} now={now} /> : '—'}</td>
          </tr>
        </tbody>
      </table>
    </section>
  );
}

function Head() {
  const { t } = useTranslation('lab');
  const names = useNames();
  return (
    <thead>
      <tr>
        <th scope="col">{t('hosts.variable')}</th>
        <th scope="col" data-host="a">
          {names.a}
        </th>
        <th scope="col" data-host="b">
          {names.b}
        </th>
      </tr>
    </thead>
  );
}

/** A listener has a state and no numbers. */
function shown(view: TcpView | null, key: string, show: (view: TcpView) => ReactNode): ReactNode {
  return view && (view.state !== 'LISTEN' || key === 'state') ? show(view) : '—';
}

const relative = (from: number, sequence: number): string => formatCount((sequence - from) >>> 0);
const time = (us: number | null): string => (us === null ? '—' : formatDuration(us));
const high = (octets: number): string => (octets >= ARBITRARILY_HIGH ? '∞' : formatCount(octets));

/** Names are those of the RFCs, in every language. */
const ROWS: readonly (readonly [string, (view: TcpView) => ReactNode])[] = [
  ['state', ({ state }) => <b data-tone={toneOf(state)}>{state}</b>],
  ['snd.una', ({ iss, sndUna }) => relative(iss, sndUna)],
  ['snd.nxt', ({ iss, sndNxt }) => relative(iss, sndNxt)],
  ['snd.wnd', ({ sndWnd }) => <Window octets={sndWnd} />],
  ['rcv.nxt', ({ irs, rcvNxt, peer }) => (peer ? relative(irs, rcvNxt) : '—')],
  ['rcv.wnd', ({ rcvWnd }) => <Window octets={rcvWnd} />],
  ['cwnd', ({ cwnd }) => high(cwnd)],
  ['ssthresh', ({ ssthresh }) => high(ssthresh)],
  ['flight', ({ flight }) => <span data-on={flight > 0}>{formatCount(flight)}</span>],
  ['queued', ({ queued }) => formatCount(queued)],
  ['unread', ({ unread }) => formatCount(unread)],
  ['dupacks', ({ duplicateAcks }) => <span data-on={duplicateAcks > 0}>{duplicateAcks}</span>],
  ['phase', ({ congestion }) => <span title={congestion}>{PHASES[congestion]}</span>],
  ['srtt', ({ srtt }) => time(srtt)],
  ['rttvar', ({ rttvar }) => time(rttvar)],
  ['rto', ({ rto }) => time(rto)],
];

/** Short enough for the column; the whole word is the tooltip. */
const PHASES: Readonly<Record<TcpView['congestion'], string>> = {
  'slow-start': 'slow-start',
  'congestion-avoidance': 'avoidance',
  'fast-recovery': 'recovery',
  loss: 'loss',
};

/** A closed window is what everybody overlooks. */
function Window({ octets }: { readonly octets: number }) {
  return <span data-zero={octets === 0}>{formatCount(octets)}</span>;
}

function Timers({ view, now }: { readonly view: TcpView; readonly now: number }) {
  if (view.timers.length === 0) return '—';
  return view.timers.map(({ timer, at }) => (
    <Fragment key={timer}>
      <span className={s.timer}>{timer}</span>
      <span className={s.timer}>{formatDuration(Math.max(0, at - now))}</span>
    </Fragment>
  ));
}
