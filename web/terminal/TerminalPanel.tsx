import type { TFunction } from 'i18next';
import { Accessibility, ClipboardPaste, Copy, Plus, X } from 'lucide-react';
import { useCallback, useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { MAX_TERMINALS } from '#protocol/limits.ts';
import { Button } from '../design/Button.tsx';
import { EmptyState } from '../design/EmptyState.tsx';
import { IconButton } from '../design/IconButton.tsx';
import { lazily } from '../design/lazily.tsx';
import { TabPanel, Tabs } from '../design/Tabs.tsx';
import { VisuallyHidden } from '../design/VisuallyHidden.tsx';
import { clipboardKeys } from './keys.ts';
import { focusIfAsked, type Screens, useFocusRequests } from './screens.ts';
import { storedScreenReaderMode, storeScreenReaderMode } from './settings.ts';
import { TerminalNotice } from './TerminalNotice.tsx';
import s from './TerminalPanel.module.css';
import type { ScreenHandle } from './TerminalScreen.tsx';
import type { TerminalTab } from './terminals.ts';
import { terminals, useTerminals } from './terminals-store.ts';
import { useClipboard } from './use-clipboard.ts';

const TerminalScreen = lazily(
  async () => {
    // xterm measures the font when it opens: a font that comes later would leave gaps between the letters.
    const [{ TerminalScreen: screen }] = await Promise.all([import('./TerminalScreen.tsx'), fontLoaded()]);
    return screen;
  },
  [],
  Loading,
);

async function fontLoaded(): Promise<void> {
  const family = getComputedStyle(document.documentElement).getPropertyValue('--font-mono').split(',')[0];
  // Without the font the fallback is measured, which is right as well.
  await document.fonts.load(`13px ${family}`).catch(() => []);
}

/** Terminals as tabs, each a shell of the server. The first opens by itself. */
export function TerminalPanel() {
  const { t } = useTranslation('terminal');
  const tabs = useTerminals((state) => state.tabs);
  const active = useTerminals((state) => state.active);
  const [screenReaderMode, toggleScreenReader] = useScreenReaderMode();
  const screens = useRef(new Map<number, ScreenHandle>());
  const clipboard = useClipboard(screens);
  useFocusRequests(screens);
  // Once: whoever closes the last terminal wants none.
  useEffect(() => terminals.ensure(), []);
  if (tabs.length === 0) return <NoTerminal />;
  return (
    <section className={s.panel} aria-label={t('label')}>
      <Tabs
        label={t('label')}
        items={tabs.map((tab) => ({ id: String(tab.id), label: <TabLabel tab={tab} /> }))}
        value={String(active)}
        onValueChange={(id) => terminals.activate(Number(id))}
        after={<OpenButton count={tabs.length} />}
        end={
          <Tools
            clipboard={clipboard}
            screenReaderMode={screenReaderMode}
            toggleScreenReader={toggleScreenReader}
            close={() => active !== null && terminals.close(active)}
          />
        }
      >
        {tabs.map((tab) => (
          <TabPanel key={tab.id} id={String(tab.id)} keepMounted className={s.tabPanel ?? ''}>
            <OneTerminal tab={tab} screens={screens} screenReaderMode={screenReaderMode} onCopy={clipboard.copy} />
          </TabPanel>
        ))}
      </Tabs>
    </section>
  );
}

function useScreenReaderMode(): readonly [on: boolean, toggle: () => void] {
  const [on, set] = useState(storedScreenReaderMode);
  const toggle = (): void => {
    storeScreenReaderMode(!on);
    set(!on);
  };
  return [on, toggle];
}

interface ToolsProps {
  readonly clipboard: ReturnType<typeof useClipboard>;
  readonly screenReaderMode: boolean;
  readonly toggleScreenReader: () => void;
  readonly close: () => void;
}

/** What is done with the terminal that is shown. */
function Tools({ clipboard, screenReaderMode, toggleScreenReader, close }: ToolsProps) {
  const { t } = useTranslation('terminal');
  return (
    <>
      <IconButton size="sm" label={t('copy')} icon={<Copy aria-hidden />} onClick={clipboard.copy} />
      <IconButton size="sm" label={t('paste')} icon={<ClipboardPaste aria-hidden />} onClick={clipboard.paste} />
      <IconButton
        size="sm"
        label={t('screenReader')}
        pressed={screenReaderMode}
        icon={<Accessibility aria-hidden />}
        onClick={toggleScreenReader}
      />
      <IconButton size="sm" label={t('close')} icon={<X aria-hidden />} onClick={close} />
    </>
  );
}

interface OneTerminalProps {
  readonly tab: TerminalTab;
  readonly screens: Screens;
  readonly screenReaderMode: boolean;
  readonly onCopy: () => void;
}

function OneTerminal({ tab, screens, screenReaderMode, onCopy }: OneTerminalProps) {
  const { t } = useTranslation('terminal');
  const hintId = useId();
  const refusal = useTerminals((state) => state.refusal);
  const { id } = tab;
  const onReady = useCallback(
    (handle: ScreenHandle | null) => {
      if (handle) screens.current.set(id, handle);
      else screens.current.delete(id);
      if (handle) focusIfAsked(screens.current);
    },
    [screens, id],
  );
  return (
    <>
      <div className={s.well}>
        <TerminalScreen
          session={tab.session}
          label={nameOf(t, tab)}
          hintId={hintId}
          screenReaderMode={screenReaderMode}
          tooMuchOutput={t('tooMuchOutput')}
          onCopy={onCopy}
          onReady={onReady}
        />
      </div>
      <Foot tab={tab} refusal={refusal} hintId={hintId} />
    </>
  );
}

function Loading() {
  const { t } = useTranslation('terminal');
  return <p className={s.loading}>{t('loading')}</p>;
}

function Foot({ tab, refusal, hintId }: { tab: TerminalTab; refusal: 'all-busy' | 'too-long' | null; hintId: string }) {
  const { t } = useTranslation('terminal');
  return (
    <p className={s.foot}>
      <span role="status" className={s.status}>
        <TerminalNotice tab={tab} refusal={refusal} />
      </span>
      <span id={hintId} className={s.hint}>
        {t('leave')}
        <span className={s.parts}>{t('nextPart')}</span>
        <span className={s.keys}>{t('copyHint', clipboardKeys(navigator.platform))}</span>
      </span>
    </p>
  );
}

function nameOf(t: TFunction<'terminal'>, tab: TerminalTab): string {
  return tab.number === null ? t('nameless') : t('name', { number: tab.number });
}

function TabLabel({ tab }: { readonly tab: TerminalTab }) {
  const { t } = useTranslation('terminal');
  return (
    <span className={s.tab} data-status={tab.status}>
      {nameOf(t, tab)}
      {tab.running === null ? null : (
        <span className={s.running}>
          <span aria-hidden>▸ {tab.running}</span>
          <VisuallyHidden>, {t('runs', { command: tab.running })}</VisuallyHidden>
        </span>
      )}
    </span>
  );
}

function OpenButton({ count }: { readonly count: number }) {
  const { t } = useTranslation('terminal');
  const full = count >= MAX_TERMINALS;
  return (
    <IconButton
      size="sm"
      label={full ? t('tooMany', { count }) : t('open')}
      disabled={full}
      icon={<Plus aria-hidden />}
      onClick={() => terminals.open()}
    />
  );
}

function NoTerminal() {
  const { t } = useTranslation('terminal');
  return (
    <section className={s.panel} aria-label={t('label')}>
      <EmptyState title={t('none')}>
        <Button onClick={() => terminals.open()}>{t('openFirst')}</Button>
      </EmptyState>
    </section>
  );
}
