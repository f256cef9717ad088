import '@xterm/xterm/css/xterm.css';
import { useEffect, useRef } from 'react';
import { mountScreen, type Screen } from './screen.ts';
import s from './TerminalScreen.module.css';
import type { TerminalSession } from './terminal-session.ts';

/** What the panel's buttons do with the screen that is shown. */
export interface ScreenHandle {
  /** The selected text, or empty. */
  selection(): string;
  paste(text: string): void;
  focus(): void;
  /** Whether it has the keyboard. */
  hasFocus(): boolean;
}

/** Props of {@link TerminalScreen}. */
export interface TerminalScreenProps {
  readonly session: TerminalSession;
  /** Accessible name of its input. */
  readonly label: string;
  /** Id of the line that says how to leave. */
  readonly hintId: string;
  readonly screenReaderMode: boolean;
  /** What a screen reader says where there is too much output to read out. */
  readonly tooMuchOutput: string;
  /** The keys for copying were pressed. */
  readonly onCopy: () => void;
  /** Called with the screen once it is on the page, and with `null` when it goes. */
  readonly onReady: (handle: ScreenHandle | null) => void;
}

/** The xterm component: mount, fit, dispose, nothing else. Output never passes through React. */
export function TerminalScreen(props: TerminalScreenProps) {
  const { session, label, hintId, screenReaderMode } = props;
  const parent = useRef<HTMLDivElement>(null);
  const screen = useRef<Screen>(null);
  const latest = useRef(props);
  latest.current = props;

  useEffect(() => {
    if (!parent.current) return;
    const mounted = mountScreen(parent.current, {
      session,
      copy: () => latest.current.onCopy(),
      screenReaderMode: latest.current.screenReaderMode,
      tooMuchOutput: latest.current.tooMuchOutput,
    });
    screen.current = mounted;
    latest.current.onReady(handleOf(mounted));
    return () => {
      latest.current.onReady(null);
      mounted.dispose();
    };
  }, [session]);

  useEffect(() => {
    if (screen.current) screen.current.terminal.options.screenReaderMode = screenReaderMode;
  }, [screenReaderMode]);

  useEffect(() => {
    const input = screen.current?.terminal.textarea;
    input?.setAttribute('aria-label', label);
    input?.setAttribute('aria-describedby', hintId);
  }, [label, hintId]);

  return <div ref={parent} className={s.screen} />;
}

function handleOf({ terminal }: Screen): ScreenHandle {
  return {
    selection: () => terminal.getSelection(),
    paste: (text) => terminal.paste(text),
    focus: () => terminal.focus(),
    hasFocus: () => document.activeElement === terminal.textarea,
  };
}
