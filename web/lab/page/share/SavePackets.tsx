import { Download } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../design/Button.tsx';
import { Menu } from '../../../design/Menu.tsx';
import { saveBlob } from '../../../design/save-file.ts';
import { toast } from '../../../design/toast-store.ts';
import { useLabState } from '../lab-context.tsx';
import { useNames } from '../use-names.ts';
import { pcapngOf } from './pcapng.ts';

/** Saves the packets as one of the hosts saw them. */
export function SavePackets() {
  const { t } = useTranslation('lab');
  const names = useNames();
  const run = useLabState((state) => state.run);
  const none = useLabState((state) => state.turn < 0 || state.run.packets.length === 0);
  const save = (id: string): void => {
    const host = id === 'b' ? 'b' : 'a';
    const file = `lab-${names[host]}.pcapng`;
    const parts = pcapngOf(run.packets, host, names[host]);
    saveBlob(file, new Blob(parts as BlobPart[], { type: 'application/x-pcapng' }));
    toast({ kind: 'good', text: t('save.saved', { name: file }) });
  };
  return (
    <Menu
      label={t('save.label')}
      items={(['a', 'b'] as const).map((id) => ({ id, label: t('save.view', { host: names[id] }), disabled: none }))}
      onSelect={save}
    >
      <Button size="sm" title={t('save.label')}>
        <Download aria-hidden /> <span>.pcapng</span>
      </Button>
    </Menu>
  );
}
