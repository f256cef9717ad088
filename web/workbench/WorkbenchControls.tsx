import { Ellipsis, Pause, Play, Radio } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../design/Button.tsx';
import { IconButton } from '../design/IconButton.tsx';
import { lazily } from '../design/lazily.tsx';
import { Menu } from '../design/Menu.tsx';
import { Tooltip } from '../design/Tooltip.tsx';
import { useIsRecording, useSelection, useSession, useWire } from '../session/react.tsx';
import { newestConversation } from '../session/selection.ts';
import { ConversationPicker } from './ConversationPicker.tsx';
import { ForgetDialog } from './ForgetDialog.tsx';
import { useViewActions, type ViewAction, type ViewDialog } from './use-view-actions.tsx';
import { useView, useViewStore } from './view-context.tsx';
import s from './WorkbenchControls.module.css';

const ShareDialog = lazily(async () => (await import('../share/ShareDialog.tsx')).ShareDialog, ['share']);

/** What can be done with the view: which conversation, stay with the newest, pause, clear, filter, link, share. */
export function WorkbenchControls() {
  const recording = useIsRecording();
  const [dialog, setDialog] = useState<ViewDialog | null>(null);
  const actions = useViewActions(setDialog);
  const close = () => setDialog(null);
  return (
    <div className={s.controls}>
      <ConversationPicker />
      <span className={s.buttons}>
        {recording ? null : (
          <>
            <FollowButton />
            <PauseButton />
            <MoreMenu actions={actions} />
          </>
        )}
        <span className={recording ? undefined : s.roomy}>
          {actions.map((action) => (
            <ActionButton key={action.id} action={action} />
          ))}
        </span>
      </span>
      {dialog === 'share' ? <ShareDialog onClose={close} /> : null}
      {dialog === 'forget' ? <ForgetDialog onClose={close} /> : null}
    </div>
  );
}

function ActionButton({ action }: { readonly action: ViewAction }) {
  const { label, icon, disabled, pressed, dialog, run } = action;
  return (
    <IconButton
      size="sm"
      label={label}
      icon={icon}
      onClick={run}
      {...(disabled && { disabled })}
      {...(pressed !== undefined && { pressed })}
      {...(action.expanded !== undefined && { 'aria-expanded': action.expanded })}
      {...(dialog && { 'aria-haspopup': 'dialog' as const })}
    />
  );
}

/** The same where there is no room for a row of buttons. */
function MoreMenu({ actions }: { readonly actions: readonly ViewAction[] }) {
  const { t } = useTranslation('workbench');
  return (
    <span className={s.more}>
      <Menu
        label={t('controls.more')}
        items={actions}
        onSelect={(id) => actions.find((action) => action.id === id)?.run()}
      >
        <IconButton size="sm" label={t('controls.more')} icon={<Ellipsis aria-hidden />} />
      </Menu>
    </span>
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
