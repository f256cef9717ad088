import { ChevronDown } from 'lucide-react';
import { Popover } from 'radix-ui';
import { type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { VisuallyHidden } from '../design/VisuallyHidden.tsx';
import { useConversation, useSelection, useWire } from '../session/react.tsx';
import { ConversationLine } from './ConversationLine.tsx';
import s from './ConversationPicker.module.css';
import { type ConversationList, listConversations } from './conversation-list.ts';
import { useView } from './view-context.tsx';

/** Shows which conversation is in view, and opens the list of the others. */
export function ConversationPicker() {
  const { t } = useTranslation('workbench');
  const [open, setOpen] = useState(false);
  const id = useSelection((state) => state.conversation);
  const conversation = useConversation(id);
  const any = useListed().shown.length > 0;
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger className={s.trigger}>
        <VisuallyHidden>{t('picker.label')} </VisuallyHidden>
        {conversation ? (
          <ConversationLine conversation={conversation} />
        ) : (
          <span className={s.none}>
            {id === null ? t(any ? 'picker.choose' : 'picker.none') : t('picker.gone', { id })}
          </span>
        )}
        <ChevronDown aria-hidden className={s.chevron} />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className={s.popover}
          align="end"
          sideOffset={4}
          collisionPadding={8}
          aria-label={t('picker.list')}
        >
          <Choices selected={id} onDone={() => setOpen(false)} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

function Choices({ selected, onDone }: { readonly selected: number | null; readonly onDone: () => void }) {
  const { t } = useTranslation('workbench');
  const select = useSelection((state) => state.selectConversation);
  const { shown, older } = useListed();
  if (shown.length === 0) return <p className={s.empty}>{t('picker.noMatch')}</p>;
  return (
    <>
      <ul className={s.list} onKeyDown={moveFocus}>
        {shown.map((conversation) => (
          <li key={conversation.id}>
            <button
              type="button"
              className={s.choice}
              aria-current={conversation.id === selected}
              // The list opens at what is selected, or at the newest.
              // biome-ignore lint/a11y/noAutofocus: the popover was opened to choose from this list
              autoFocus={conversation.id === (selected ?? shown[0]?.id)}
              onClick={() => {
                select(conversation.id);
                onDone();
              }}
            >
              <ConversationLine conversation={conversation} />
            </button>
          </li>
        ))}
      </ul>
      {older > 0 ? <p className={s.empty}>{t('picker.older', { count: older })}</p> : null}
    </>
  );
}

/** The conversations that fit the filter; listed anew with every batch while the list is open. */
function useListed(): ConversationList {
  useWire((state) => state.revision);
  const conversations = useWire((state) => state.conversations);
  const demo = useView((view) => view.demo);
  const showPage = useView((view) => view.showPage);
  return listConversations(conversations, { demo, showPage });
}

/** Arrow keys, Home and End move the focus through the list, as in a menu. */
function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const choices = [...event.currentTarget.querySelectorAll('button')];
  const at = choices.findIndex((choice) => choice.matches(':focus'));
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: choices.length - 1 }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  choices[Math.max(0, Math.min(choices.length - 1, to))]?.focus();
}
