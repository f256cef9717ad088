import { X } from 'lucide-react';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import { Button } from '../design/Button.tsx';
import { IconButton } from '../design/IconButton.tsx';
import { Segmented } from '../design/Segmented.tsx';
import { conversationPath } from '../session/deep-link.ts';
import { useWire } from '../session/react.tsx';
import { USERS } from './browser-seats.ts';
import { CallPanel } from './CallPanel.tsx';
import { Composer } from './Composer.tsx';
import { Messages } from './Messages.tsx';
import s from './SeatPanel.module.css';
import type { Seat } from './seat.ts';
import { LOBBY } from './speakers/speaker.ts';
import { useCalm } from './use-calm.ts';
import { WirePane } from './WirePane.tsx';

/** Props of {@link SeatPanel}. */
export interface SeatPanelProps {
  readonly seat: Seat;
  readonly linePorts: ReadonlyMap<string, number>;
  /** Takes the column away; default: it stays. */
  readonly remove?: () => void;
}

/** One user: who it is, what it speaks, what is said, and the wire under it. */
export function SeatPanel({ seat, linePorts, remove }: SeatPanelProps) {
  const { t } = useTranslation('chat');
  const { user, protocol, status } = useSeat(seat);
  const isOff = status === 'off';
  return (
    <section className={s.panel} aria-label={t('seat', { user, protocol: t(`protocols.${protocol}`) })}>
      <Header seat={seat} {...(remove && { remove })} />
      {isOff ? <Problem seat={seat} /> : null}
      <Conversations seat={seat} />
      <Messages seat={seat} />
      <CallPanel seat={seat} />
      <Composer seat={seat} />
      <WirePane seat={seat}>
        {protocol === 'lines' && status === 'on' ? <WorkbenchLink port={linePorts.get(user)} /> : null}
      </WirePane>
    </section>
  );
}

function useSeat(seat: Seat) {
  return useStore(
    seat.store,
    useShallow(({ user, protocol, status }) => ({ user, protocol, status })),
  );
}

/** Who speaks what, and whether the connection is there. */
function Header({ seat, remove }: Pick<SeatPanelProps, 'seat' | 'remove'>) {
  const { t } = useTranslation('chat');
  const { user, protocol, status } = useSeat(seat);
  const isOff = status === 'off';
  return (
    <header className={s.header}>
      <UserChoice seat={seat} />
      <Segmented
        label={t('protocol')}
        items={seat.protocols.map((id) => ({ id, label: t(`protocols.${id}`) }))}
        value={protocol}
        onValueChange={(id) => speak(seat, id)}
      />
      {remove ? (
        <span className={s.remove}>
          <IconButton size="sm" label={t('remove', { user })} icon={<X aria-hidden />} onClick={remove} />
        </span>
      ) : null}
      <span className={s.state}>
        <span className={s.status} data-status={status} role="status">
          {t(`status.${status}`)}
        </span>
        <Button
          size="sm"
          variant={isOff ? 'primary' : 'secondary'}
          onClick={() => (isOff ? seat.connect() : seat.disconnect())}
        >
          {t(isOff ? 'connect' : 'disconnect')}
        </Button>
      </span>
    </header>
  );
}

/** Another protocol is another connection. */
function speak(seat: Seat, id: string): void {
  const chosen = seat.protocols.find((each) => each === id);
  if (!chosen || chosen === seat.store.getState().protocol) return;
  seat.disconnect();
  seat.choose({ protocol: chosen });
}

/** Why the connection came to nothing, or ended. */
function Problem({ seat }: { readonly seat: Seat }) {
  const { t, i18n } = useTranslation('chat');
  const { problem, unreachable, mechanisms } = useStore(seat.store);
  if (!unreachable && !mechanisms && problem === '') return null;
  const ended = (): string =>
    mechanisms
      ? t('noPlain', { mechanisms: new Intl.ListFormat(i18n.language).format(mechanisms) })
      : t('ended', { reason: problem });
  return (
    <p className={s.problem} role="alert">
      {unreachable ? t('unreachable') : ended()}
    </p>
  );
}

function UserChoice({ seat }: { readonly seat: Seat }) {
  const { t } = useTranslation('chat');
  const user = useStore(seat.store, (state) => state.user);
  const status = useStore(seat.store, (state) => state.status);
  const id = useId();
  return (
    <span className={s.user}>
      <label htmlFor={id}>{t('user')}</label>
      <select
        id={id}
        value={user}
        disabled={status !== 'off'}
        onChange={(event) => seat.choose({ user: event.target.value })}
      >
        {USERS.map((name) => (
          <option key={name}>{name}</option>
        ))}
      </select>
    </span>
  );
}

function Conversations({ seat }: { readonly seat: Seat }) {
  const { t } = useTranslation('chat');
  const { conversation, people, lines, unread } = useCalm(seat.store);
  const known = new Set([LOBBY, ...people, ...lines.map((line) => line.with), conversation]);
  return (
    <fieldset className={s.conversations} aria-label={t('conversation')}>
      {[...known].map((each) => (
        <button
          key={each}
          type="button"
          className={s.conversation}
          aria-pressed={each === conversation}
          onClick={() => seat.look(each)}
        >
          {each === LOBBY ? t('room') : each}
          {unread.includes(each) ? <span className={s.unread}> · {t('unread')}</span> : null}
        </button>
      ))}
    </fieldset>
  );
}

/** The TCP connection behind a chat by lines is a conversation like any other. */
function WorkbenchLink({ port }: { readonly port: number | undefined }) {
  const { t } = useTranslation('chat');
  const run = useWire((state) => state.run);
  const id = useWire(({ conversations }) => {
    for (const [key, each] of conversations) if (each.demo === 'chat-lines' && each.client.port === port) return key;
    return null;
  });
  if (id === null) return null;
  return <Link href={conversationPath({ conversation: id, run })}>{t('inWorkbench')}</Link>;
}
