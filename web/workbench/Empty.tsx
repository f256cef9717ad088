import { Play, Waves } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { DemoAddress } from '#protocol/demos.ts';
import { Button } from '../design/Button.tsx';
import { CodeLine } from '../design/CodeLine.tsx';
import { EmptyState } from '../design/EmptyState.tsx';
import { useMachine, useSelection, useWire } from '../session/react.tsx';
import { type ConversationLink, newestConversation } from '../session/selection.ts';
import { runCommand } from '../terminal/terminals-store.ts';
import s from './Empty.module.css';

/** What a view shows while there is no conversation: why, and what to do; never a made-up ladder. */
export function NoConversation() {
  const { t } = useTranslation('workbench');
  const connecting = useWire((state) => state.status === 'connecting');
  const id = useSelection((state) => state.conversation);
  const elsewhere = useSelection((state) => state.elsewhere);
  const run = useWire((state) => state.run);
  const followedDemo = useSelection((state) => state.followedDemo);
  const any = useWire((state) => newestConversation(state, null) !== null);
  const fitting = useWire((state) => newestConversation(state, followedDemo) !== null);
  if (connecting) return <EmptyState title={t('empty.connecting')} />;
  if (elsewhere !== null && run !== null) return <OfAnotherRun link={elsewhere} />;
  if (id !== null) return <NotHere title={t('empty.gone', { id })}>{t('empty.goneBody')}</NotHere>;
  if (any && !fitting) return <EmptyState title={t('empty.noMatch')}>{t('empty.noMatchBody')}</EmptyState>;
  if (any) return <NotHere title={t('empty.unchosen')} />;
  return <NothingYet />;
}

/** Whatever has that number in this run is not what was picked. */
function OfAnotherRun({ link: { conversation: id, run } }: { readonly link: ConversationLink }) {
  const { t } = useTranslation('workbench');
  if (run === null)
    return <NotHere title={t('empty.runNotNamed', { id })}>{t('empty.runNotNamedBody', { id })}</NotHere>;
  return <NotHere title={t('empty.otherRun', { id })}>{t('empty.otherRunBody', { id })}</NotHere>;
}

/** Others are there, but not the one that was asked for. */
function NotHere({ title, children }: { readonly title: string; readonly children?: string }) {
  const { t } = useTranslation('workbench');
  const follow = useSelection((state) => state.followNewest);
  return (
    <EmptyState title={title}>
      {children ? <p>{children}</p> : null}
      <Button size="sm" onClick={follow}>
        {t('empty.newest')}
      </Button>
    </EmptyState>
  );
}

/** What to type, with the real port. */
function NothingYet() {
  const { t } = useTranslation('workbench');
  const status = useWire((state) => state.status);
  const demos = useWire((state) => state.demos);
  const hasTelnet = useMachine().machine?.tools.telnet;
  const command = firstCommand(demos);
  return (
    <EmptyState icon={<Waves aria-hidden />} title={t('empty.title')}>
      {status === 'lost' ? <p>{t('empty.lost')}</p> : null}
      {command === null ? null : (
        <div className={s.try}>
          <p>{t('empty.body')}</p>
          <CodeLine
            text={command}
            copyLabel={t('empty.copyLabel', { command })}
            actions={
              <Button
                size="sm"
                variant="primary"
                aria-label={t('empty.runLabel', { command })}
                onClick={() => runCommand(command)}
              >
                {t('empty.run')}
                <Play aria-hidden />
              </Button>
            }
          />
          <p className={s.own}>{hasTelnet === undefined ? null : t(hasTelnet ? 'empty.own' : 'empty.ownWithout')}</p>
        </div>
      )}
    </EmptyState>
  );
}

/** The command to begin with: to the echo demo where it runs, at the port that it really has. */
function firstCommand(demos: readonly DemoAddress[]): string | null {
  const tcp = demos.filter((demo) => demo.transport === 'tcp');
  const demo = tcp.find((each) => each.id === 'echo') ?? tcp[0];
  return demo ? `telnet localhost ${demo.port}` : null;
}
