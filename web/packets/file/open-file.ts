import { PacketFile } from './packet-file.ts';
import type { FileRefusal } from './read-file.ts';
import type { WorkerMessage } from './worker.ts';

/** What came of opening a file. */
export type OpenedFile =
  | { readonly ok: true; readonly file: PacketFile }
  | { readonly ok: false; readonly refusal: FileRefusal };

/** A file that is being read. */
export interface Opening {
  readonly result: Promise<OpenedFile>;
  /** Gives it up; `result` then never settles. */
  cancel(): void;
}

/** Reads a file in a worker of its own, so that the page goes on. */
export function openCapture(file: File, progress: (part: number) => void): Opening {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
  const result = new Promise<OpenedFile>((resolve) => {
    worker.onmessage = ({ data }: MessageEvent<WorkerMessage>) => {
      if ('progress' in data) {
        progress(data.progress);
        return;
      }
      worker.terminate();
      const { result: read } = data;
      resolve(read.ok ? { ok: true, file: new PacketFile(file.name, file.size, read.columns) } : read);
    };
    // Out of memory, or a bug of ours: the page is told, and lives on.
    worker.onerror = () => {
      worker.terminate();
      resolve({ ok: false, refusal: 'unreadable' });
    };
  });
  worker.postMessage({ file });
  return { result, cancel: () => worker.terminate() };
}
