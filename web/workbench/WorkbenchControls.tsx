import { Eraser, Link2, Pause, Play, Radio, SlidersHorizontal } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from '../design/Button.tsx';
import { copyText } from '../design/clipboard.ts';
import { IconButton } from '../design/IconButton.tsx';
import { Tooltip } from '../design/Tooltip.tsx';
import { toast } from '../design/toast-store.ts';
import { withConversation } from '../session/deep-link.ts';
import { useIsRecording, useSelection, useSession, useWire } from '../session/react.tsx';
import { newestConversation } from '../session/selection.ts';
import { ShareButton } from '../share/ShareButton.tsx';
import { ConversationPicker } from './ConversationPicker.tsx';
import { ForgetButton } from './ForgetButton.tsx';
import { useView, useViewStore } from './view-context.tsx';
import { isFiltering } from './view-store.ts';
import s from './WorkbenchControls.module.css';

/** What can be done with the view: which conversation, stay with the newest, pause, clear, filter, link, share. */
export function WorkbenchControls() {
  const recording = useIsRecording();
  return (
    <div className={s.controls}>
      <ConversationPicker />
      <span className={s.buttons}>
        {recording ? null : (
          <>
            <FollowButton />
            <PauseButton />
          </>
        )}
        <span className={s.secondary}>
          <ClearButton />
        </span>
        <FilterButton />
        {recording ? null : (
          <>
            <span className={s.secondary}>
              <LinkButton />
            </span>
            <ShareButton />
            <ForgetButton />
          </>
        )}
      </span>
    </div>
  );
}

function FollowButton() {
  const { t } = useTranslation('workbench');
  const following = useSelection((state) => state.following);
  const conversation = useSelection((state) => state.conversation);
  const follow = useSelection((state) => state.followNewest);
  const select = useSelection((state) => state.selectConversation);
  const newest = useNewest();
  if (!following && newest !== null && newest !== conversation) {
    return (
      <Tooltip label={t('picker.notFollowing')}>
        <Button size="sm" className={s.newer} onClick={follow}>
          <Radio aria-hidden />
          {t('picker.newer', { id: newest })}
        </Button>
      </Tooltip>
    );
  }
  return (
    <IconButton
      size="sm"
      pressed={following}
      label={t(following ? 'picker.following' : 'picker.notFollowing')}
      icon={<Radio aria-hidden />}
      onClick={() => (following ? select(conversation) : follow())}
    />
  );
}

/** Id of the newest conversation that would be followed. */
function useNewest(): number | null {
  const followedDemo = useSelection((state) => state.followedDemo);
  return useWire((state) => newestConversation(state, followedDemo));
}

function PauseButton() {
  const { t } = useTranslation('workbench');
  const view = useViewStore();
  const { store } = useSession();
  const paused = useView((state) => state.pausedAtSeq !== null);
  return (
    <IconButton
      size="sm"
      pressed={paused}
      label={t(paused ? 'controls.resume' : 'controls.pause')}
      icon={paused ? <Play aria-hidden /> : <Pause aria-hidden />}
      onClick={() => view.setState({ pausedAtSeq: paused ? null : store.getState().log.lastSeq })}
    />
  );
}

function ClearButton() {
  const { t } = useTranslation('workbench');
  const view = useViewStore();
  const { store } = useSession();
  return (
    <IconButton
      size="sm"
      label={t('controls.clear')}
      icon={<Eraser aria-hidden />}
      onClick={() => view.setState({ clearedSeq: store.getState().log.lastSeq })}
    />
  );
}

function FilterButton() {
  const { t } = useTranslation('workbench');
  const view = useViewStore();
  const open = useView((state) => state.filterOpen);
  const filtering = useView(isFiltering);
  return (
    <IconButton
      size="sm"
      pressed={open || filtering}
      aria-expanded={open}
      label={t('controls.filter')}
      icon={<SlidersHorizontal aria-hidden />}
      onClick={() => view.setState({ filterOpen: !open })}
    />
  );
}

function LinkButton() {
  const { t } = useTranslation('workbench');
  const conversation = useSelection((state) => state.conversation);
  const select = useSelection((state) => state.selectConversation);
  const run = useWire((state) => state.run);
  const copy = async () => {
    const { origin, pathname, search } = window.location;
    const link = conversation === null ? null : { conversation, run };
    const copied = await copyText(origin + pathname + withConversation(search, link));
    // Picking it by hand puts it into the address bar, from where it can always be copied.
    if (!copied) select(conversation);
    toast(copied ? { kind: 'good', text: t('controls.linkCopied') } : { kind: 'info', text: t('controls.linkFailed') });
  };
  return (
    <IconButton
      size="sm"
      disabled={conversation === null}
      label={t('controls.link')}
      icon={<Link2 aria-hidden />}
      onClick={() => void copy()}
    />
  );
}
