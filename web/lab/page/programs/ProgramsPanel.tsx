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
  const names = useNames();
  const { programs, index, program, show, add, remove, replace } = usePrograms(host);
  const failure = useFailure(host, index);
  return (
    <section className={s.host} aria-label={t('program.of', { host: names[host] })} data-host={host}>
      <header className={s.head}>
        <h3>{names[host]}</h3>
        {programs.length > 1 ? <WhichChoice programs={programs} index={index} show={show} /> : null}
        <ReadyChoice name={program?.name ?? 'none'} choose={(id) => replace({ name: id, text: readyText(id) })} />
        <ProgramButtons
          name={names[host]}
          add={programs.length < MAX_PROGRAMS ? add : null}
          remove={program ? remove : null}
        />
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

/** A host's programs, and which of them is shown. */
function usePrograms(host: HostId) {
  const desk = useDesk();
  const programs = useStore(desk.store, (state) => state.draft.programs[host]);
  const [shown, show] = useState(0);
  const index = Math.min(shown, programs.length - 1);
  return {
    programs,
    index,
    program: programs[index],
    show,
    add: (): void => {
      desk.setPrograms(host, [...programs, OWN]);
      show(programs.length);
    },
    remove: (): void =>
      desk.setPrograms(
        host,
        programs.filter((_, at) => at !== index),
      ),
    replace: (next: ProgramText): void =>
      desk.setPrograms(host, programs.length === 0 ? [next] : programs.map((each, at) => (at === index ? next : each))),
  };
}

interface ProgramButtonsProps {
  /** Name of the host. */
  readonly name: string;
  /** `null`: it can't be done. */
  readonly add: (() => void) | null;
  readonly remove: (() => void) | null;
}

function ProgramButtons({ name, add, remove }: ProgramButtonsProps) {
  const { t } = useTranslation('lab');
  const desk = useDesk();
  const run = (): void => {
    desk.restart();
    desk.session.play();
  };
  return (
    <span className={s.buttons}>
      <IconButton
        size="sm"
        label={t('program.add', { host: name })}
        icon={<Plus aria-hidden />}
        disabled={!add}
        onClick={() => add?.()}
      />
      <IconButton
        size="sm"
        label={t('program.remove', { host: name })}
        icon={<X aria-hidden />}
        disabled={!remove}
        onClick={() => remove?.()}
      />
      <Button size="sm" variant="primary" onClick={run}>
        <Play aria-hidden /> {t('program.run')}
      </Button>
    </span>
  );
}

interface WhichChoiceProps {
  readonly programs: readonly ProgramText[];
  readonly index: number;
  readonly show: (index: number) => void;
}

function WhichChoice({ programs, index, show }: WhichChoiceProps) {
  const { t } = useTranslation('lab');
  return (
    <select aria-label={t('program.which')} value={index} onChange={(event) => show(Number(event.target.value))}>
      {programs.map((each, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: programs are numbered
        <option key={at} value={at}>
          {at + 1}. {programName(t, each.name)}
        </option>
      ))}
    </select>
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
