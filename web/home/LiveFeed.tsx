import { ArrowLeft, ArrowRight, CircleDot } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Transport, WireEventKind } from '#protocol/wire.ts';
import { CodeLine } from '../design/CodeLine.tsx';
import { EvidenceBadge } from '../design/EvidenceBadge.tsx';
import { useClient } from '../playground/client-store.ts';
import { demoCommand } from '../playground/demo-commands.ts';
import { groupDemos } from '../playground/demo-groups.ts';
import { useCommandSetting } from '../playground/use-setting.ts';
import { conversationPath } from '../session/deep-link.ts';
import { useSession, useWire } from '../session/react.tsx';
import { formatCount, formatOctets } from '../workbench/format.ts';
import { FEED_LINES, type FeedLine, newestLines } from './feed.ts';
import s from './LiveFeed.module.css';

/** The newest events of the journal as they happen: the page's promise, kept on its first screen. */
export function LiveFeed() {
  const { t } = useTranslation('home');
  const { store } = useSession();
  const revision = useWire((state) => state.revision);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the log is the same object while it grows; the revision says when
  const lines = useMemo(() => newestLines(store.getState()), [store, revision]);
  return (
    <section className={s.feed} aria-labelledby="feed-title">
      <header className={s.header}>
        <h2 id="feed-title">{t('feed.title')}</h2>
        <EvidenceBadge evidence="observed" />
      </header>
      <div className={s.body} style={{ minHeight: `${FEED_LINES * 1.75}rem` }}>
        {lines.length === 0 ? <Nothing /> : <Lines lines={lines} />}
      </div>
    </section>
  );
}

function Nothing() {
  const { t } = useTranslation('home');
  const addresses = useWire((state) => state.demos);
  const setting = useCommandSetting();
  const client = useClient(setting, false);
  const echo = groupDemos(addresses)[0];
  const offer = echo?.offers[0];
  const command = echo && offer ? demoCommand(client, echo.id, offer, setting) : null;
  return (
    <div className={s.nothing}>
      <p>{t('feed.none')}</p>
      {command ? (
        <CodeLine text={command.text} copyLabel={t('playground:copyLabel', { command: command.text })} />
      ) : null}
    </div>
  );
}

function Lines({ lines }: { readonly lines: readonly FeedLine[] }) {
  const { t } = useTranslation('home');
  const run = useWire((state) => state.run);
  return (
    <ol className={s.lines} aria-label={t('feed.label')}>
      {lines.map((line) => (
        <li key={line.event.seq}>
          <Link href={conversationPath({ conversation: line.conversation.id, run })} className={s.line}>
            <Way line={line} />
            <What line={line} />
          </Link>
        </li>
      ))}
    </ol>
  );
}

const WAYS = {
  'to-server': { icon: ArrowRight, words: 'feed.toServer' },
  'to-client': { icon: ArrowLeft, words: 'feed.toClient' },
  none: { icon: CircleDot, words: null },
} as const;

function Way({ line: { event, conversation } }: { readonly line: FeedLine }) {
  const { t } = useTranslation('home');
  const demo = conversation.demo ?? String(conversation.server.port);
  const { icon: Icon, words } = WAYS[event.direction ?? 'none'];
  return (
    <span className={s.way} data-direction={event.direction ?? 'none'}>
      <Icon aria-hidden />
      {words === null ? demo : t(words, { demo })}
    </span>
  );
}

const WORDS: Readonly<Record<Exclude<WireEventKind, 'data' | 'datagram'>, string>> = {
  opened: 'feed.opened',
  'half-closed': 'feed.halfClosed',
  closed: 'feed.closed',
  reset: 'feed.reset',
  error: 'feed.error',
  failed: 'feed.error',
  skipped: 'feed.skipped',
  detached: 'feed.detached',
};

/** UDP opens no connection: what is seen first of a flow is its first datagram. */
function wordOf(kind: keyof typeof WORDS, transport: Transport): string {
  return kind === 'opened' && transport === 'udp' ? 'feed.flow' : WORDS[kind];
}

function What({ line: { event, conversation, text } }: { readonly line: FeedLine }) {
  const { t } = useTranslation('home');
  if (event.kind === 'data' || event.kind === 'datagram') {
    return (
      <>
        {event.length === 0 ? (
          <span className={s.word}>{t('feed.empty')}</span>
        ) : (
          <code className={s.text}>{text}</code>
        )}
        <span className={s.size}>{formatOctets(event.length)}</span>
      </>
    );
  }
  return (
    <>
      <span className={s.word}>
        {t(wordOf(event.kind, conversation.transport), {
          count: event.count,
          n: formatCount(event.count),
          bytes: formatCount(event.length),
        })}{' '}
        {event.code ? <code>{event.code}</code> : null}
      </span>
      <span className={s.size}>:{conversation.client.port}</span>
    </>
  );
}
