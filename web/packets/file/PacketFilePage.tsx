import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'wouter';
import { Button } from '../../design/Button.tsx';
import { useBreadcrumb } from '../../page/breadcrumb.ts';
import { formatCount, formatOctets } from '../../workbench/format.ts';
import { MAX_CAPTURE_FILE_BYTES } from './limits.ts';
import { OpenCapture } from './OpenCapture.tsx';
import { type Opening, openCapture } from './open-file.ts';
import s from './PacketFilePage.module.css';
import { PacketFileView } from './PacketFileView.tsx';
import type { PacketFile } from './packet-file.ts';
import type { FileRefusal } from './read-file.ts';
import { TRACES, type TraceName, tracePath } from './traces.ts';

/** - `asking`: for a file; `reading`: one; `shown`: one. */
type State =
  | { readonly type: 'asking'; readonly refusal: FileRefusal | null }
  | { readonly type: 'reading'; readonly name: string; readonly part: number }
  | { readonly type: 'shown'; readonly file: PacketFile };

/** Opens capture files and shows them, read-only and without sending them anywhere. */
export function PacketFilePage() {
  const { t } = useTranslation('packets');
  useBreadcrumb([{ label: t('file.title') }]);
  const { state, open, ask, refuse } = useOpening();
  const trace = useTrace(open, () => refuse('unreadable'));
  const back = (): void => {
    trace.forget();
    ask();
  };
  useDroppedFile(open);
  if (state.type === 'shown') return <Shown file={state.file} another={back} />;
  return (
    <div className={s.page}>
      <h1>{t('file.heading')}</h1>
      <p className={s.lead}>{t('file.lead')}</p>
      <div role="alert">
        {state.type === 'asking' && state.refusal ? (
          <p className={s.refusal}>
            {t(`file.refused.${state.refusal}`, { limit: formatOctets(MAX_CAPTURE_FILE_BYTES) })}
          </p>
        ) : null}
      </div>
      {state.type === 'reading' ? (
        <Reading name={state.name} part={state.part} cancel={back} />
      ) : (
        <OpenCapture onFile={open} />
      )}
    </div>
  );
}

/** The one file that is read or shown. */
function useOpening() {
  const [state, setState] = useState<State>({ type: 'asking', refusal: null });
  const opening = useRef<Opening | null>(null);
  const open = useCallback((file: File) => {
    opening.current?.cancel();
    const name = file.name;
    setState({ type: 'reading', name, part: 0 });
    const started = openCapture(file, (part) => setState({ type: 'reading', name, part }));
    opening.current = started;
    void started.result.then((opened) =>
      setState(opened.ok ? { type: 'shown', file: opened.file } : { type: 'asking', refusal: opened.refusal }),
    );
  }, []);
  useEffect(() => () => opening.current?.cancel(), []);
  const ask = (): void => {
    opening.current?.cancel();
    setState({ type: 'asking', refusal: null });
  };
  const refuse = (refusal: FileRefusal): void => setState({ type: 'asking', refusal });
  return { state, open, ask, refuse };
}

function Reading({
  name,
  part,
  cancel,
}: {
  readonly name: string;
  readonly part: number;
  readonly cancel: () => void;
}) {
  const { t } = useTranslation('packets');
  const percent = Math.round(part * 100);
  return (
    <div className={s.reading}>
      <label>
        {t('file.reading', { name, percent })}
        <progress max={100} value={percent} />
      </label>
      <Button size="sm" onClick={cancel}>
        {t('file.cancel')}
      </Button>
    </div>
  );
}

function Shown({ file, another }: { readonly file: PacketFile; readonly another: () => void }) {
  const { t } = useTranslation('packets');
  const { problem } = file.columns;
  return (
    <div className={s.shown}>
      <header className={s.bar}>
        <h1>
          {t('file.facts', {
            count: file.count,
            name: file.name,
            packets: formatCount(file.count),
            size: formatOctets(file.size),
          })}
        </h1>
        <Button size="sm" onClick={another}>
          {t('file.another')}
        </Button>
        {problem ? (
          <p className={s.stopped}>{t('file.stopped', { at: problem.at, message: problem.message })}</p>
        ) : null}
      </header>
      <PacketFileView file={file} />
    </div>
  );
}

/** Opens the trace that the address names. */
function useTrace(open: (file: File) => void, failed: () => void) {
  const [search, setSearch] = useSearchParams();
  const wanted = TRACES.find((name) => name === search.get('trace')) ?? null;
  const latest = useRef(failed);
  latest.current = failed;
  useEffect(() => {
    if (wanted === null) return;
    const gone = new AbortController();
    void fetchTrace(wanted, gone.signal).then((file) => {
      if (gone.signal.aborted) return;
      if (file) open(file);
      else latest.current();
    });
    return () => gone.abort();
  }, [wanted, open]);
  return { forget: () => wanted !== null && setSearch({}, { replace: true }) };
}

async function fetchTrace(name: TraceName, signal: AbortSignal): Promise<File | null> {
  try {
    const response = await fetch(tracePath(name), { signal });
    return response.ok ? new File([await response.blob()], `${name}.pcapng`) : null;
  } catch {
    return null;
  }
}

/** A file may be dropped anywhere on the page. */
function useDroppedFile(open: (file: File) => void): void {
  useEffect(() => {
    const over = (event: DragEvent): void => {
      if (event.dataTransfer?.types.includes('Files')) event.preventDefault();
    };
    const drop = (event: DragEvent): void => {
      const file = event.dataTransfer?.files[0];
      if (!file) return;
      event.preventDefault();
      open(file);
    };
    document.addEventListener('dragover', over);
    document.addEventListener('drop', drop);
    return () => {
      document.removeEventListener('dragover', over);
      document.removeEventListener('drop', drop);
    };
  }, [open]);
}
