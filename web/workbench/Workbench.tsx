import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Conversation } from '#protocol/wire.ts';
import { lazily } from '../design/lazily.tsx';
import { TabPanel, Tabs } from '../design/Tabs.tsx';
import { useIsHttp } from '../http/use-http.ts';
import { useConversation, useIsRecording, useSelection, useWire } from '../session/react.tsx';
import { Bytes } from './bytes/Bytes.tsx';
import { NoConversation } from './Empty.tsx';
import { FilterBar } from './FilterBar.tsx';
import { Ladder } from './ladder/Ladder.tsx';
import { Sockets } from './sockets/Sockets.tsx';
import { useView, useViewStore, ViewProvider } from './view-context.tsx';
import { createViewStore, forNewJournal, type WorkbenchTab } from './view-store.ts';
import s from './Workbench.module.css';
import { WorkbenchControls } from './WorkbenchControls.tsx';
import { WorkbenchNotes } from './WorkbenchNotes.tsx';

const PacketsTab = lazily(async () => (await import('../packets/PacketsTab.tsx')).PacketsTab, ['packets', 'workbench']);

const HttpTab = lazily(async () => (await import('../http/HttpTab.tsx')).HttpTab, ['http']);

const TABS: readonly WorkbenchTab[] = ['ladder', 'bytes', 'http', 'packets', 'sockets'];
/** The kernel's table is of this machine and this moment: a recording has none. */
const RECORDED_TABS: readonly WorkbenchTab[] = ['ladder', 'bytes', 'http'];

/** The panels beside a lesson: what happened in the selected conversation, as ladder, octets, packets and kernel sockets. */
export function Workbench() {
  const [store] = useState(createViewStore);
  return (
    <ViewProvider store={store}>
      <Panels />
    </ViewProvider>
  );
}

function Panels() {
  const { t } = useTranslation('workbench');
  const view = useViewStore();
  const tab = useView((state) => state.tab);
  const conversation = useConversation(useSelection((state) => state.conversation));
  const items = useTabItems(conversation);
  useForgetWithJournal();
  useFollowFilter();
  return (
    <section className={s.workbench} aria-label={t('label')}>
      <Tabs
        className={s.tabs ?? ''}
        label={t('tabs.label')}
        items={items}
        value={tab}
        onValueChange={(id) => view.setState({ tab: TABS.find((each) => each === id) ?? 'ladder' })}
        end={<WorkbenchControls />}
      >
        <FilterBar />
        <WorkbenchNotes />
        <TabPanel id="ladder" className={s.panel ?? ''}>
          <Shown conversation={conversation} view={Ladder} />
        </TabPanel>
        <TabPanel id="bytes" className={s.panel ?? ''}>
          <Shown conversation={conversation} view={Bytes} />
        </TabPanel>
        <TabPanel id="http" className={s.panel ?? ''}>
          <Shown conversation={conversation} view={HttpTab} />
        </TabPanel>
        <TabPanel id="packets" className={s.panel ?? ''}>
          <PacketsTab conversation={conversation} />
        </TabPanel>
        <TabPanel id="sockets" className={s.panel ?? ''}>
          <Sockets />
        </TabPanel>
      </Tabs>
    </section>
  );
}

function useTabItems(conversation: Conversation | undefined) {
  const { t } = useTranslation('workbench');
  // A tab that is open stays, though the next conversation may carry no HTTP: nothing jumps.
  const isOpen = useView(({ tab }) => tab === 'http');
  const hasHttp = useIsHttp(conversation) || isOpen;
  const tabs = (useIsRecording() ? RECORDED_TABS : TABS).filter((id) => id !== 'http' || hasHttp);
  // The log is the same object while it grows.
  const packets = useWire((state) => (state.packetRevision > 0 ? state.packets.all.length : 0));
  return tabs.map((id) => ({
    id,
    label: t(`tabs.${id}`),
    ...(id === 'packets' && packets > 0 && { count: packets }),
  }));
}

interface ShownProps {
  readonly conversation: Conversation | undefined;
  readonly view: (props: { readonly conversation: Conversation }) => React.ReactNode;
}

function Shown({ conversation, view: View }: ShownProps) {
  return conversation ? <View conversation={conversation} /> : <NoConversation />;
}

/** Another run of the server numbers its events anew. */
function useForgetWithJournal(): void {
  const view = useViewStore();
  const journal = useWire((state) => state.journal);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the journal is the reason
  useEffect(() => view.setState(forNewJournal), [view, journal]);
}

/** What the filter leaves out of the list is not followed, either. */
function useFollowFilter(): void {
  const demo = useView((state) => state.demo);
  const followOnly = useSelection((state) => state.followOnly);
  useEffect(() => {
    followOnly(demo);
    return () => followOnly(null);
  }, [demo, followOnly]);
}
