/** Reads a capture file off the page's thread: `{ file }` in; `{ progress }` and, once, the result out. */
import { transferables } from './packet-columns.ts';
import { type ReadFile, readFile } from './read-file.ts';

/** What the worker says. */
export type WorkerMessage = { readonly progress: number } | { readonly result: ReadFile };

const scope = globalThis as unknown as {
  postMessage(message: WorkerMessage, transfer?: Transferable[]): void;
  onmessage: ((event: MessageEvent<{ readonly file: File }>) => void) | null;
};

scope.onmessage = async ({ data }) => {
  const result = await readFile(data.file, (progress) => scope.postMessage({ progress }));
  scope.postMessage({ result }, result.ok ? transferables(result.columns) : []);
};
