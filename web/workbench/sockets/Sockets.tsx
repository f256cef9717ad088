import { useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { DemoAddress } from '#protocol/demos.ts';
import { MAX_SOCKET_ROWS } from '#protocol/limits.ts';
import type { SocketRow, TcpCounters } from '#protocol/wire.ts';
import { EmptyState } from '../../design/EmptyState.tsx';
import { EvidenceBadge } from '../../design/EvidenceBadge.tsx';
import { useSelection, useSession, useWire } from '../../session/react.tsx';
import { formatEndpoint } from '../format.ts';
import { useView } from '../view-context.tsx';
import s from './Sockets.module.css';
import {
  changedRows,
  MAX_SHOWN_ROWS,
  matchesByEndpoints,
  matchOf,
  meaningOf,
  orderRows,
  pagePorts,
  type RowMatch,
  rowKey,
  withoutPorts,
} from './socket-rows.ts';

/** The kernel's socket table for our ports, asked for only while this is in view. */
export function Sockets() {
  const { t } = useTranslation('workbench');
  const session = useSession();
  const table = useWire((state) => state.sockets);
  useEffect(() => session.watchSockets(), [session]);
  if (!table) return <EmptyState title={t('sockets.loading')} />;
  if (!table.rows) {
    const title = table.reason ? t('sockets.unavailableReason', { reason: table.reason }) : t('sockets.unavailable');
    return <EmptyState title={title} />;
  }
  return <SocketTable rows={table.rows} wallMs={table.wallMs} />;
}

interface SocketTableProps {
  readonly rows: readonly SocketRow[];
  readonly wallMs: number;
}

function SocketTable({ rows: all, wallMs }: SocketTableProps) {
  const { t } = useTranslation('workbench');
  const rows = useWithoutPage(all);
  const demos = useWire((state) => state.demos);
  const matches = useMatches();
  const changed = useChanged(rows);
  const listening = useMemo(() => new Set(demos.map((demo) => demo.port)), [demos]);
  const ordered = useMemo(() => orderRows(rows, matches, listening), [rows, matches, listening]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <div className={s.box} tabIndex={0}>
      <table className={s.table}>
        <Head wallMs={wallMs} />
        <tbody>
          {ordered.slice(0, MAX_SHOWN_ROWS).map((row, index) => (
            <Row
              // Two sockets may share an address (SO_REUSEPORT).
              key={`${rowKey(row)} ${rowKey(row) === rowKey(ordered[index - 1] ?? NO_ROW) ? index : ''}`}
              row={row}
              match={matchOf(row, matches)}
              demo={demoOf(demos, row)}
              // Another poll in which it changed flashes again.
              flash={changed.has(rowKey(row)) ? wallMs : null}
            />
          ))}
        </tbody>
      </table>
      {ordered.length === 0 ? <p className={s.note}>{t('sockets.none')}</p> : null}
      <NotShown total={all.length} ofPage={all.length - rows.length} more={ordered.length - MAX_SHOWN_ROWS} />
    </div>
  );
}

function Head({ wallMs }: { readonly wallMs: number }) {
  const { t } = useTranslation('workbench');
  return (
    <>
      <caption className={s.caption}>
        <span className={s.captionLine}>
          {t('sockets.caption')}
          <EvidenceBadge evidence="kernel" />
          <span>{t('sockets.read', { time: new Date(wallMs).toLocaleTimeString() })}</span>
        </span>
      </caption>
      <thead>
        <tr>
          <th scope="col">{t('sockets.transport')}</th>
          <th scope="col">{t('sockets.local')}</th>
          <th scope="col">{t('sockets.remote')}</th>
          <th scope="col">{t('sockets.state')}</th>
          <th scope="col">{t('sockets.conversation')}</th>
          <th scope="col">{t('sockets.queues')}</th>
        </tr>
      </thead>
    </>
  );
}

interface NotShownProps {
  /** Rows that the kernel was asked for. */
  readonly total: number;
  /** Of them, those of the page's own connections. */
  readonly ofPage: number;
  /** Rows beyond those that are shown; 0 or less for none. */
  readonly more: number;
}

function NotShown({ total, ofPage, more }: NotShownProps) {
  const { t } = useTranslation('workbench');
  return (
    <>
      {ofPage > 0 ? <p className={s.note}>{t('sockets.pageHidden', { count: ofPage })}</p> : null}
      {more > 0 ? (
        <p className={s.note}>
          {total < MAX_SOCKET_ROWS
            ? t('sockets.more', { count: more })
            : t('sockets.moreAtLeast', { count: more, limit: MAX_SOCKET_ROWS })}
        </p>
      ) : null}
    </>
  );
}

const NO_ROW: SocketRow = {
  transport: 'tcp',
  local: { address: '', port: 0 },
  remote: null,
  state: '',
  receiveQueue: null,
  sendQueue: null,
};

function demoOf(demos: readonly DemoAddress[], { transport, local }: SocketRow): string | null {
  return demos.find((demo) => demo.transport === transport && demo.port === local.port)?.id ?? null;
}

/** Porthole's own page has connections too; they are shown where its conversations are. */
function useWithoutPage(rows: readonly SocketRow[]): readonly SocketRow[] {
  const conversations = useWire((state) => state.conversations);
  const showPage = useView((view) => view.showPage);
  return useMemo(
    () => (showPage ? rows : withoutPorts(rows, pagePorts(conversations.values()))),
    [rows, showPage, conversations],
  );
}

/** Conversations by endpoints; they change with the revision. */
function useMatches(): ReadonlyMap<string, RowMatch> {
  const conversations = useWire((state) => state.conversations);
  const revision = useWire((state) => state.revision);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the map stays the same object while it changes
  return useMemo(() => matchesByEndpoints(conversations.values()), [conversations, revision]);
}

function useChanged(rows: readonly SocketRow[]): ReadonlySet<string> {
  const before = useRef<readonly SocketRow[] | null>(null);
  const changed = useMemo(() => changedRows(before.current, rows), [rows]);
  useEffect(() => {
    before.current = rows;
  }, [rows]);
  return changed;
}

interface RowProps {
  readonly row: SocketRow;
  readonly match: RowMatch | null;
  readonly demo: string | null;
  /** When it changed, in wall milliseconds; `null` when the last poll found it as it was. */
  readonly flash: number | null;
}

function Row({ row, match, demo, flash }: RowProps) {
  const { t } = useTranslation('workbench');
  const selected = useSelection((state) => state.conversation);
  const select = useSelection((state) => state.selectConversation);
  return (
    <tr className={s.row} data-selected={match !== null && match.conversation === selected}>
      <td>{row.transport.toUpperCase()}</td>
      <td className={s.mono}>{formatEndpoint(row.local)}</td>
      <td className={s.mono}>{row.remote ? formatEndpoint(row.remote) : <i>{t('sockets.anyone')}</i>}</td>
      <td>
        <span key={flash} className={s.state} data-state={row.state} data-changed={flash !== null}>
          {row.state}
        </span>
        <span className={s.meaning}>{t(`meaning.${meaningOf(row)}`, { defaultValue: t('meaning.other') })}</span>
        {row.counters ? <Counters counters={row.counters} /> : null}
      </td>
      <td>
        {match ? (
          <button
            type="button"
            className={s.select}
            aria-pressed={match.conversation === selected}
            title={t('sockets.select', { id: match.conversation })}
            onClick={() => select(match.conversation)}
          >
            #{match.conversation} {t(match.end === 'client' ? 'sockets.clientEnd' : 'sockets.serverEnd')}
          </button>
        ) : (
          demo !== null && <span className={s.dim}>{t('sockets.listens', { demo })}</span>
        )}
      </td>
      <td className={s.queues}>
        <Queues row={row} />
      </td>
    </tr>
  );
}

/** Octets that wait; of a listener, connections that wait to be accepted, and how many may. */
function Queues({ row: { state, receiveQueue, sendQueue } }: { readonly row: SocketRow }) {
  const { t } = useTranslation('workbench');
  const [inwards, outwards] =
    state === 'LISTEN'
      ? (['sockets.toAccept', 'sockets.atMost'] as const)
      : (['sockets.queuesIn', 'sockets.queuesOut'] as const);
  return (
    <>
      {receiveQueue === null ? null : <span>{t(inwards, { count: receiveQueue })}</span>}{' '}
      {sendQueue === null ? null : <span>{t(outwards, { count: sendQueue })}</span>}
    </>
  );
}

/** What the kernel counts of a connection, in the abbreviations of ss; each explains itself. */
function Counters({ counters }: { readonly counters: TcpCounters }) {
  const { t } = useTranslation('workbench');
  const facts = [
    ['rtt', counters.rttMs === null ? null : `${counters.rttMs} ms`],
    ['rto', counters.rtoMs === null ? null : `${counters.rtoMs} ms`],
    ['cwnd', counters.congestionWindow],
    ['mss', counters.mss],
    ['retrans', counters.retransmitted],
  ] as const;
  return (
    <span className={s.counters}>
      {facts.map(([name, value]) =>
        value === null ? null : (
          <span key={name} title={t(`counter.${name}`)}>
            {name} {value}
          </span>
        ),
      )}
      <span title={t('counter.congestion')}>{counters.congestion}</span>
    </span>
  );
}
