import { useTranslation } from 'react-i18next';
import { type CommandSet, ownCommand } from '#lessons/commands.ts';
import type { Experiment, Step } from '#lessons/schema.ts';
import { resolveTemplate } from '#lessons/templates.ts';
import { Button } from '../design/Button.tsx';
import { CopyButton } from '../design/CopyButton.tsx';
import { useMachine, useWire } from '../session/react.tsx';
import { CopyBlock } from './CopyBlock.tsx';
import { useLesson, useTask } from './lesson-context.tsx';
import s from './RunCommand.module.css';

/** What the step around asks for: a command to run here or to copy for one's own terminal, or a scene of the lab to play. */
export function Run() {
  const task = useTask();
  if (!task || task.status === 'upcoming') return null;
  if (task.task.lab) return <Play task={task.task} urgent={task.status === 'active'} />;
  if (!task.task.command) return null;
  return <Command commands={task.task.command} urgent={task.status === 'active'} />;
}

/** A step that is done in the lab: its scene is played from the beginning. */
function Play({ task, urgent }: { readonly task: Step | Experiment; readonly urgent: boolean }) {
  const { t } = useTranslation('lessons');
  const { play } = useLesson();
  return (
    <div className={s.run}>
      <Button variant={urgent ? 'primary' : 'secondary'} onClick={() => play(task.id)}>
        {t(task.lab?.paused ? 'setScene' : 'playScene')} <span aria-hidden="true">▸</span>
      </Button>
    </div>
  );
}

function Command({ commands, urgent }: { readonly commands: CommandSet; readonly urgent: boolean }) {
  const { t } = useTranslation('lessons');
  const { run } = useLesson();
  const demos = useWire((state) => state.demos);
  const ours = resolveTemplate(commands.ours, demos);
  const own = useOwnCommand(commands);
  const copyLabel = t('copyLabel', { command: own?.text });
  if (!ours.ok) return <p className={s.missing}>{t('notRunning', { demo: ours.missing.join(', ') })}</p>;
  return (
    <div className={s.run}>
      <div className={s.line}>
        <pre className={s.command}>
          <code>{ours.text}</code>
        </pre>
        <div className={s.deeds}>
          <Button
            variant={urgent ? 'primary' : 'secondary'}
            aria-label={t('runLabel', { command: ours.text })}
            onClick={() => run(ours.text)}
          >
            {t('run')} <span aria-hidden="true">▸</span>
          </Button>
          {own?.text === ours.text ? <CopyButton text={own.text} label={copyLabel} /> : null}
        </div>
      </div>
      {own && own.text !== ours.text ? <OwnCommand own={own} copyLabel={copyLabel} /> : null}
    </div>
  );
}

interface Own {
  readonly text: string;
  /** Why it is another command than ours. */
  readonly reason: 'missing' | 'windows' | 'other';
  readonly missing: string;
}

/** What to type in a terminal of this machine, with the clients that it has; `null` until that is known. */
function useOwnCommand(commands: CommandSet): Own | null {
  const { machine } = useMachine();
  const demos = useWire((state) => state.demos);
  if (!machine) return null;
  const found = ownCommand(commands, machine);
  const resolved = found && resolveTemplate(found.command, demos, window.location.hostname);
  if (!resolved?.ok) return null;
  const missing = commands.ours.split(' ')[0] ?? '';
  const lacks = machine.tools[missing] === false;
  const reason = !lacks ? 'other' : machine.platform === 'win32' && found?.tool === 'node' ? 'windows' : 'missing';
  return { text: resolved.text, reason, missing };
}

const REASONS = { missing: 'own', windows: 'ownWindows', other: 'ownOther' } as const;

function OwnCommand({ own, copyLabel }: { readonly own: Own; readonly copyLabel: string }) {
  const { t } = useTranslation('lessons');
  return (
    <>
      <p className={s.own}>{t(REASONS[own.reason], { missing: own.missing })}</p>
      <CopyBlock text={own.text} copyLabel={copyLabel} />
    </>
  );
}
