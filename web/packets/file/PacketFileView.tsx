import { ArrowLeft, ListTree } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../design/Button.tsx';
import { Switch } from '../../design/Switch.tsx';
import { PacketLadder } from '../PacketLadder.tsx';
import { PacketList } from '../PacketList.tsx';
import { PacketViews } from '../PacketViews.tsx';
import { flowRows } from '../packet-rows.ts';
import s from './PacketFileView.module.css';
import type { PacketFile } from './packet-file.ts';

/** A file's packets: all in a list, or those of one flow as a ladder; below, the chosen packet. */
export function PacketFileView({ file }: { readonly file: PacketFile }) {
  const [selected, setSelected] = useState(0);
  const [followed, setFollowed] = useState<number | null>(() => (isOneFlow(file) ? 0 : null));
  const [absolute, setAbsolute] = useState(false);
  const flow = useMemo(() => (followed === null ? null : file.flowAt(followed)), [file, followed]);
  const rows = useMemo(() => flow && flowRows(flow.flow, flow.packets, []), [flow]);
  const held = file.packetAt(selected);
  const hasFlow = (file.columns.flow[selected] ?? 0) > 0;
  return (
    <div className={s.view}>
      {flow ? (
        <FlowTools back={() => setFollowed(null)} absolute={absolute} onAbsolute={setAbsolute} />
      ) : (
        <ListTools canFollow={hasFlow} follow={() => setFollowed(selected)} />
      )}
      <PacketViews id="packet-file" held={held}>
        {flow && rows ? (
          <PacketLadder
            flow={flow.flow}
            rows={rows}
            conversation={null}
            selected={selected + 1}
            onSelect={(number) => setSelected(number - 1)}
            absolute={absolute}
          />
        ) : (
          <PacketList
            count={file.count}
            packetAt={file.packetAt}
            selected={selected}
            onSelect={setSelected}
            follows={false}
          />
        )}
      </PacketViews>
    </div>
  );
}

interface FlowToolsProps {
  readonly back: () => void;
  readonly absolute: boolean;
  readonly onAbsolute: (absolute: boolean) => void;
}

function FlowTools({ back, absolute, onAbsolute }: FlowToolsProps) {
  const { t } = useTranslation('packets');
  return (
    <div className={s.tools}>
      <Button size="sm" onClick={back}>
        <ArrowLeft aria-hidden /> {t('file.back')}
      </Button>
      <Switch label={t('absolute')} checked={absolute} onCheckedChange={onAbsolute} />
    </div>
  );
}

function ListTools({ canFollow, follow }: { readonly canFollow: boolean; readonly follow: () => void }) {
  const { t } = useTranslation('packets');
  return (
    <div className={s.tools}>
      <Button size="sm" disabled={!canFollow} onClick={follow}>
        <ListTree aria-hidden /> {t('list.follow')}
      </Button>
    </div>
  );
}

/** A file of more packets is shown as a list first. */
const MAX_FOLLOWED_AT_ONCE = 100;

/** Whether a file is one conversation and nothing else. A fragment without ports belongs to none, and has to be seen, too. */
function isOneFlow(file: PacketFile): boolean {
  return file.count <= MAX_FOLLOWED_AT_ONCE && file.flowAt(0)?.packets.length === file.count;
}
