import { Check, CircleDashed, Eye, Unplug } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { isSeenOnlyByOurClient, looksAtPackets } from '#lessons/checks.ts';
import type { Evidence } from '#protocol/wire.ts';
import { EvidenceBadge } from '../design/EvidenceBadge.tsx';
import { useWire } from '../session/react.tsx';
import { FactsProvider, type TaskView, useLessonState } from './lesson-context.tsx';
import { Hint, only, Seen, SeenWithout, Waiting, WithoutCapture, wordsOf } from './slots.tsx';
import s from './TaskProof.module.css';

/** Props of the parts of a card that show what is seen. */
export interface TaskProofProps {
  readonly view: TaskView;
  /** All that the card has; the parts are picked out of it. */
  readonly children: ReactNode;
}

/**
 * What a step waits for, the near miss that was seen instead, or what was seen when it was done. All of them lie upon each other,
 * so that the card keeps its height while one gives way to another.
 */
export function TaskProof({ view, children }: TaskProofProps) {
  if (view.status === 'done') return <WhatWasSeen view={view}>{children}</WhatWasSeen>;
  const missed = view.nearMiss !== null && only(children, Hint).some(({ props }) => props.id === view.nearMiss?.id);
  return (
    <>
      <div className={s.proof} data-missed={missed}>
        <WaitingFor view={view}>{children}</WaitingFor>
        <NearMisses view={view}>{children}</NearMisses>
      </div>
      <OnlyHere view={view} />
    </>
  );
}

/** Says so where what is waited for shows only in the page's own terminal, also beside a near miss. */
function OnlyHere({ view }: { readonly view: TaskView }) {
  const { t } = useTranslation('lessons');
  const captures = useWire((state) => state.capture?.state === 'on');
  return isSeenOnlyByOurClient(view.task.check, captures) ? <p className={s.note}>{t('onlyHere')}</p> : null;
}

function WaitingFor({ view, children }: TaskProofProps) {
  const { t } = useTranslation('lessons');
  const watching = useLessonState((state) => state.watching);
  const capture = useWire((state) => state.capture?.state);
  const isRefused = capture === 'refused' && looksAtPackets(view.task.check);
  return (
    <div className={s.waiting} data-testid="waiting" data-watching={watching}>
      {watching ? <CircleDashed aria-hidden className={s.turning} /> : <Unplug aria-hidden />}
      <div>{watching ? wordsOf(children, isRefused ? WithoutCapture : Waiting) : <p>{t('notWatching')}</p>}</div>
    </div>
  );
}

function NearMisses({ view, children }: TaskProofProps) {
  const { t } = useTranslation('lessons');
  const hints = only(children, Hint);
  const shown = view.nearMiss;
  if (hints.length === 0) return null;
  return (
    <div className={s.hints} role="status">
      {hints.map((hint) => {
        const isShown = shown?.id === hint.props.id;
        return (
          <FactsProvider key={hint.props.id} value={isShown ? (shown?.facts ?? null) : null}>
            <div
              className={s.hint}
              data-shown={isShown}
              data-hint={isShown ? hint.props.id : undefined}
              aria-hidden={!isShown}
            >
              <Eye aria-hidden />
              <div>
                <strong>{t('nearMiss')}</strong> {hint.props.children}
              </div>
            </div>
          </FactsProvider>
        );
      })}
    </div>
  );
}

function WhatWasSeen({ view, children }: TaskProofProps) {
  const { t, i18n } = useTranslation('lessons');
  const when = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'medium', timeStyle: 'short' });
  return (
    <div className={s.seen} data-testid="seen">
      <Check aria-hidden strokeWidth={3} />
      {view.witness ? (
        <FactsProvider value={view.witness.facts}>
          <div>
            <strong>{t('seen')}</strong> {wordsOf(children, wasWithout(view) ? SeenWithout : Seen)}
            <Evidences of={view.witness.evidence ?? []} />
          </div>
        </FactsProvider>
      ) : (
        <p>{t('doneElsewhere', { when: when.format(view.doneMs ?? 0) })}</p>
      )}
    </div>
  );
}

/** Whether a step that looks at packets was done where there were none. */
function wasWithout({ task, witness }: TaskView): boolean {
  return witness?.captures === false && looksAtPackets(task.check);
}

/** How it is known, where it is more than what our sockets said. */
function Evidences({ of }: { readonly of: readonly Evidence[] }) {
  if (of.every((each) => each === 'observed')) return null;
  return (
    <span className={s.evidences}>
      {of.map((evidence) => (
        <EvidenceBadge key={evidence} evidence={evidence} />
      ))}
    </span>
  );
}
