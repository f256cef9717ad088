import { ChevronDown, Copy, Download } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Conversation, WireEvent } from '#protocol/wire.ts';
import { Button } from '../../design/Button.tsx';
import { copyText } from '../../design/clipboard.ts';
import { Menu } from '../../design/Menu.tsx';
import { toast } from '../../design/toast-store.ts';
import { useSelection, useSession } from '../../session/react.tsx';
import { formatOctets } from '../format.ts';
import { byteCount } from '../words.ts';
import s from './BytesTools.module.css';
import { type CopyFormat, exportBytes } from './byte-export.ts';
import { type Collected, collect, eventsInScope, MAX_EXPORT_BYTES, type Scope } from './collect.ts';

/** Props of {@link BytesTools}. */
export interface BytesToolsProps {
  readonly conversation: Conversation;
  readonly events: readonly WireEvent[];
}

/** Legend of the bytes view, and taking octets away: as text, hex, a C array, a file. */
export function BytesTools({ conversation, events }: BytesToolsProps) {
  const { t } = useTranslation('workbench');
  const [wanted, setWanted] = useState<Scope>('selected');
  const selected = useSelection((state) => state.event);
  const carries = eventsInScope(selected === null ? [] : events, 'selected', selected).length > 0;
  const scope = wanted === 'selected' && !carries ? 'to-server' : wanted;
  const take = useTake(conversation, () => eventsInScope(events, scope, selected));
  return (
    <div className={s.tools}>
      <span className={s.legend}>
        <span data-kind="control">LF {t('hex.legendControl')}</span>
        <span data-kind="invalid">· {t('hex.legendInvalid')}</span>
        <span data-kind="split">{t('hex.legendSplit')}</span>
      </span>
      <label className={s.scope}>
        {t('hex.what')}{' '}
        <select value={scope} onChange={(event) => setWanted(scopeOf(event.target.value))}>
          {carries ? <option value="selected">{t('hex.selected')}</option> : null}
          <option value="to-server">{t('direction.to-server')}</option>
          <option value="to-client">{t('direction.to-client')}</option>
        </select>
      </label>
      <Menu
        label={t('hex.copy')}
        items={[
          { id: 'text', label: t('hex.copyText'), icon: <Copy aria-hidden /> },
          { id: 'hex', label: t('hex.copyHex'), icon: <Copy aria-hidden /> },
          { id: 'c', label: t('hex.copyC'), icon: <Copy aria-hidden /> },
          { id: 'save', label: t('hex.save'), icon: <Download aria-hidden /> },
        ]}
        onSelect={(id) => void (id === 'save' ? take.save(scope) : take.copy(formatOf(id)))}
      >
        <Button size="sm">
          {t('hex.copy')}
          <ChevronDown aria-hidden />
        </Button>
      </Menu>
    </div>
  );
}

const scopeOf = (value: string): Scope => (value === 'to-server' || value === 'to-client' ? value : 'selected');
const formatOf = (id: string): CopyFormat => (id === 'hex' || id === 'c' ? id : 'text');

function useTake({ id }: Conversation, events: () => readonly WireEvent[]) {
  const { t } = useTranslation('workbench');
  const session = useSession();
  const gather = async (): Promise<Collected | null> => {
    const collected = await collect(session, events());
    if (!collected) toast({ kind: 'bad', text: t('hex.tooLarge', { size: formatOctets(MAX_EXPORT_BYTES) }) });
    else if (collected.bytes.length === 0) toast({ kind: 'info', text: t('hex.nothing') });
    return collected && collected.bytes.length > 0 ? collected : null;
  };
  const done = (key: 'hex.copied' | 'hex.saved', { bytes, missing }: Collected) => {
    const size = formatOctets(bytes.length);
    const text = t(key, { size });
    if (missing === 0) toast({ kind: 'good', text });
    else
      toast({
        kind: 'info',
        text: t('hex.incomplete', { size: text.replace(/[.。]$/u, ''), missing: byteCount(t, missing) }),
      });
  };
  return {
    async copy(format: CopyFormat) {
      const collected = await gather();
      if (!collected) return;
      if (await copyText(exportBytes(collected.bytes, format))) done('hex.copied', collected);
      else toast({ kind: 'bad', text: t('hex.copyFailed') });
    },
    async save(scope: Scope) {
      const collected = await gather();
      if (!collected) return;
      saveFile(`conversation-${id}-${scope}.bin`, collected.bytes);
      done('hex.saved', collected);
    },
  };
}

function saveFile(name: string, bytes: Uint8Array<ArrayBuffer>): void {
  const url = URL.createObjectURL(new Blob([bytes], { type: 'application/octet-stream' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The download has its own hold on the blob once it has begun.
  setTimeout(() => URL.revokeObjectURL(url), 0);
}
