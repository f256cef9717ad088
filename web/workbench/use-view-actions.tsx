import { Eraser, Link2, Share2, SlidersHorizontal, Trash2 } from 'lucide-react';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { copyText } from '../design/clipboard.ts';
import { toast } from '../design/toast-store.ts';
import { withConversation } from '../session/deep-link.ts';
import { useIsRecording, useSelection, useSession, useWire } from '../session/react.tsx';
import { useView, useViewStore } from './view-context.tsx';
import { isFiltering } from './view-store.ts';

/** A dialog that an action opens. */
export type ViewDialog = 'share' | 'forget';

/** Something that can be done with the view, as a button or as an entry of a menu. */
export interface ViewAction {
  readonly id: 'clear' | 'filter' | 'link' | ViewDialog;
  readonly label: string;
  readonly icon: ReactElement;
  readonly run: () => void;
  readonly disabled?: boolean;
  /** Of what is switched on and off. */
  readonly pressed?: boolean;
  /** Of what opens something in the page. */
  readonly expanded?: boolean;
  /** It opens a dialog. */
  readonly dialog?: true;
}

/**
 * What can be done besides choosing a conversation and following it, in the order in which it is shown.
 *
 * @param open Opens one of the dialogs.
 */
export function useViewActions(open: (dialog: ViewDialog) => void): readonly ViewAction[] {
  const inView = [useClear(), useFilter()];
  const live = [useLink(), useShare(open), useForget(open)];
  return useIsRecording() ? inView : [...inView, ...live];
}

function useClear(): ViewAction {
  const { t } = useTranslation('workbench');
  const view = useViewStore();
  const { store } = useSession();
  return {
    id: 'clear',
    label: t('controls.clear'),
    icon: <Eraser aria-hidden />,
    run: () => view.setState({ clearedSeq: store.getState().log.lastSeq }),
  };
}

function useFilter(): ViewAction {
  const { t } = useTranslation('workbench');
  const view = useViewStore();
  const open = useView((state) => state.filterOpen);
  const filtering = useView(isFiltering);
  return {
    id: 'filter',
    label: t('controls.filter'),
    icon: <SlidersHorizontal aria-hidden />,
    pressed: open || filtering,
    expanded: open,
    run: () => view.setState({ filterOpen: !open }),
  };
}

function useLink(): ViewAction {
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
  return {
    id: 'link',
    label: t('controls.link'),
    icon: <Link2 aria-hidden />,
    disabled: conversation === null,
    run: () => void copy(),
  };
}

function useShare(open: (dialog: ViewDialog) => void): ViewAction {
  const { t } = useTranslation(['workbench', 'share']);
  return {
    id: 'share',
    label: t('share:button'),
    icon: <Share2 aria-hidden />,
    dialog: true,
    run: () => open('share'),
  };
}

function useForget(open: (dialog: ViewDialog) => void): ViewAction {
  const { t } = useTranslation('workbench');
  const nothing = useWire((state) => state.log.length === 0);
  return {
    id: 'forget',
    label: t('forget.button'),
    icon: <Trash2 aria-hidden />,
    dialog: true,
    disabled: nothing,
    run: () => open('forget'),
  };
}
