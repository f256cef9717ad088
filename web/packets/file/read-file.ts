import { CaptureReader } from '#packets/capture-reader.ts';
import { MAX_CAPTURE_FILE_BYTES, MAX_FILE_PACKETS, READ_STEP_BYTES } from './limits.ts';
import { ColumnsBuilder, type PacketColumns } from './packet-columns.ts';

/** Why nothing of a file is shown. */
export type FileRefusal = 'not-a-capture' | 'too-large' | 'unreadable' | 'empty';

/** What came of reading a file: its packets, or why there are none. */
export type ReadFile =
  | { readonly ok: true; readonly columns: PacketColumns }
  | { readonly ok: false; readonly refusal: FileRefusal };

/**
 * Reads a capture file step by step, telling how much of it is read (0 to 1). A file that stops making sense is shown as
 * far as it made some. Never throws.
 */
export async function readFile(
  file: Pick<Blob, 'size' | 'slice'>,
  progress: (part: number) => void,
): Promise<ReadFile> {
  if (file.size > MAX_CAPTURE_FILE_BYTES) return { ok: false, refusal: 'too-large' };
  const builder = new ColumnsBuilder();
  const reader = new CaptureReader({
    frame: (frame) => {
      if (builder.count < MAX_FILE_PACKETS) builder.add(frame);
    },
    interface: (described) => builder.describe(described),
  });
  for (let at = 0; at < file.size && builder.count < MAX_FILE_PACKETS; at += READ_STEP_BYTES) {
    const step = await octetsOf(file.slice(at, at + READ_STEP_BYTES));
    if (step === null) return { ok: false, refusal: 'unreadable' };
    if (reader.push(step)) break;
    progress(Math.min(1, (at + READ_STEP_BYTES) / file.size));
  }
  const problem =
    builder.count < MAX_FILE_PACKETS
      ? reader.end()
      : { problem: 'too-large' as const, at: 0, message: `more than ${MAX_FILE_PACKETS} packets` };
  if (builder.count === 0)
    return { ok: false, refusal: problem?.problem === 'not-a-capture' ? 'not-a-capture' : 'empty' };
  return { ok: true, columns: builder.done(problem) };
}

async function octetsOf(part: Blob): Promise<Uint8Array | null> {
  try {
    return new Uint8Array(await part.arrayBuffer());
  } catch {
    return null;
  }
}
