import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { Button } from '../design/Button.tsx';
import s from './TerminalPanel.module.css';
import type { TerminalsState, TerminalTab } from './terminals.ts';

/** Props of {@link TerminalNotice}. */
export interface TerminalNoticeProps {
  readonly tab: TerminalTab;
  readonly refusal: TerminalsState['refusal'];
}

interface Notice {
  readonly tone: 'info' | 'bad';
  readonly text: string;
  readonly action?: { readonly label: string; readonly run: () => void };
}

type Words = TFunction<'terminal'>;

/** What is the matter with the shown terminal, in the line that otherwise says how to leave it. */
export function TerminalNotice({ tab, refusal }: TerminalNoticeProps) {
  const { t } = useTranslation('terminal');
  const notice = noticeOf(t, tab, refusal);
  if (!notice) return null;
  return (
    <span className={s.notice} data-tone={notice.tone}>
      {notice.text}
      {notice.action ? (
        <Button size="sm" onClick={notice.action.run}>
          {notice.action.label}
        </Button>
      ) : null}
    </span>
  );
}

function noticeOf(t: Words, tab: TerminalTab, refusal: TerminalsState['refusal']): Notice | null {
  if (refusal) return { tone: 'bad', text: t(refusal === 'all-busy' ? 'allBusy' : 'tooLong') };
  return statusNotice(t, tab) ?? questionNotice(t, tab);
}

function statusNotice(t: Words, { status, session, problem }: TerminalTab): Notice | null {
  const reopen = () => session.reopen();
  switch (status) {
    case 'connecting':
      return { tone: 'info', text: t('connecting') };
    case 'lost':
      return { tone: 'bad', text: t('lost'), action: { label: t('retry'), run: reopen } };
    case 'exited':
      return { tone: 'info', text: t('exited'), action: { label: t('newShell'), run: reopen } };
    case 'outdated':
      return { tone: 'bad', text: t('outdated'), action: { label: t('reload'), run: () => window.location.reload() } };
    case 'refused':
      return {
        tone: 'bad',
        text: problem?.message ? t('refusedBecause', { reason: problem.message }) : t('refused'),
        action: { label: t('retry'), run: reopen },
      };
    case 'open':
      return null;
    default:
      return status satisfies never;
  }
}

function questionNotice(t: Words, { problem, fresh }: TerminalTab): Notice | null {
  if (problem) return { tone: 'bad', text: problem.message || problem.code };
  return fresh ? { tone: 'info', text: t('fresh') } : null;
}
