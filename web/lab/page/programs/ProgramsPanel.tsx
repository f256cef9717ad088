import { Play, Plus, X } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { Button } from '../../../design/Button.tsx';
import { IconButton } from '../../../design/IconButton.tsx';
import type { HostId } from '../../net/link-settings.ts';
import { READY_PROGRAMS, readyProgram } from '../../net/programs/ready-programs.ts';
import type { ProgramText } from '../../net/run-setup.ts';
import { useDesk, useLabState } from '../lab-context.tsx';
import { OutputPanel } from '../panels/OutputPanel.tsx';
import { MAX_PROGRAMS } from '../share/limits.ts';
import { useNames } from '../use-names.ts';
import { CodeEditor } from './CodeEditor.tsx';
import type { Failure } from './code-problems.ts';
import s from './ProgramsPanel.module.css';

/** The programs of both hosts: ready ones to begin with, the learner's own, and what they print. */
export function ProgramsPanel() {
  return (
    <div className={s.panel}>
      <HostPrograms host="a" />
      <HostPrograms host="b" />
    </div>
  );
}

const OWN: ProgramText = { name: 'own', text: "import net from 'node:net';\n\n" };

function HostPrograms({ host }: { readonly host: HostId }) {
  const { t } = useTranslation('lab');
  const desk = useDesk();
  const names = useNames();
  const programs = useStore(desk.store, (state) => state.draft.programs[host]);
  const [shown, setShown] = useState(0);
  const index = Math.min(shown, programs.length - 1);
  const program = programs[index];
  const failure = useFailure(host, index);
  const replace = (next: ProgramText): void =>
    desk.setPrograms(host, programs.length === 0 ? [next] : programs.map((each, at) => (at === index ? next : each)));
  const add = (): void => {
    desk.setPrograms(host, [...programs, OWN]);
    setShown(programs.length);
  };
  const run = (): void => {
    desk.restart();
    desk.session.play();
  };
  return (
    <section className={s.host} aria-label={t('program.of', { host: names[host] })} data-host={host}>
      <header className={s.head}>
        <h3>{names[host]}</h3>
        {programs.length > 1 ? (
          <select
            aria-label={t('program.which')}
            value={index}
            onChange={(event) => setShown(Number(event.target.value))}
          >
            {programs.map((each, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: programs are numbered
              <option key={at} value={at}>
                {at + 1}. {programName(t, each.name)}
              </option>
            ))}
          </select>
        ) : null}
        <ReadyChoice name={program?.name ?? 'none'} choose={(id) => replace({ name: id, text: readyText(id) })} />
        <span className={s.buttons}>
          <IconButton
            size="sm"
            label={t('program.add', { host: names[host] })}
            icon={<Plus aria-hidden />}
            disabled={programs.length >= MAX_PROGRAMS}
            onClick={add}
          />
          <IconButton
            size="sm"
            label={t('program.remove', { host: names[host] })}
            icon={<X aria-hidden />}
            disabled={!program}
            onClick={() =>
              desk.setPrograms(
                host,
                programs.filter((_, at) => at !== index),
              )
            }
          />
          <Button size="sm" variant="primary" onClick={run}>
            <Play aria-hidden /> {t('program.run')}
          </Button>
        </span>
      </header>
      {program ? (
        <CodeEditor
          key={`${host}${index}`}
          label={t('program.text', { host: names[host] })}
          text={program.text}
          failure={failure}
          onChange={(text) => text !== program.text && replace({ name: nameFor(program.name, text), text })}
        />
      ) : (
        <p className={s.none}>{t('program.none')}</p>
      )}
      <OutputPanel host={host} />
    </section>
  );
}

function ReadyChoice({ name, choose }: { readonly name: string; readonly choose: (id: string) => void }) {
  const { t } = useTranslation('lab');
  const isReady = READY_PROGRAMS.some(({ id }) => id === name);
  return (
    <select
      aria-label={t('program.ready')}
      value={isReady ? name : ''}
      onChange={(event) => choose(event.target.value)}
    >
      <option value="">{t('program.own')}</option>
      {READY_PROGRAMS.map(({ id }) => (
        <option key={id} value={id}>
          {programName(t, id)}
        </option>
      ))}
    </select>
  );
}

function readyText(id: string): string {
  const found = READY_PROGRAMS.find((each) => each.id === id);
  return found ? readyProgram(found.id) : OWN.text;
}

/** A ready program that was changed is the learner's own. */
function nameFor(name: string, text: string): string {
  return READY_PROGRAMS.some((each) => each.id === name && each.text !== text) ? OWN.name : name;
}

function programName(t: ReturnType<typeof useTranslation<'lab'>>['t'], name: string): string {
  return t(`program.names.${name}`, { defaultValue: name === OWN.name ? t('program.own') : name });
}

/** Where the program failed in the run that is shown. */
function useFailure(host: HostId, program: number): Failure | null {
  return useLabState(({ run }) => {
    const event = run.events.findLast(
      (each) => each.kind === 'output' && each.failed && each.host === host && each.program === program,
    );
    return event?.kind === 'output' ? event : null;
  });
}
