import { saveBlob } from '../design/save-file.ts';
import { MAX_FILE_BYTES } from './limits.ts';
import { type Opened, openJson } from './recording-json.ts';
import { MARKER } from './recording-schema.ts';
import { refuse } from './refusal.ts';

/** End of a recording's file name. */
export const FILE_SUFFIX = '.porthole.json';

/** How every recording's file begins. */
const BEGINNING = JSON.stringify({ porthole: MARKER }).slice(0, -1);

/** What opening needs of a browser's `File`. */
export type ReadableFile = Pick<File, 'size' | 'text'>;

/** Opens a file. One past the bound is not even read. Never throws. */
export async function openFile(file: ReadableFile): Promise<Opened> {
  if (file.size > MAX_FILE_BYTES) return refuse('too-large');
  const text = await textOf(file);
  if (text === null) return refuse('unreadable');
  const opened = openJson(text);
  if (opened.ok || opened.code !== 'damaged') return opened;
  // What is no JSON may be any file at all, unless it begins as ours do: then it was one before it was cut or changed.
  return refuse(text.startsWith(BEGINNING) ? 'malformed' : 'no-recording');
}

async function textOf(file: ReadableFile): Promise<string | null> {
  try {
    return await file.text();
  } catch {
    // Gone, a folder, or not allowed: the browser's sentence about it is in no language of ours.
    return null;
  }
}

/** Name of a recording's file: of one conversation, or of everything; with the day and time it was made. */
export function fileName(conversation: number | null, madeWallMs: number): string {
  const what = conversation === null ? 'journal' : `conversation-${conversation}`;
  const when = new Date(madeWallMs).toISOString().slice(0, 19).replaceAll(':', '').replace('T', '-');
  return `${what}-${when}${FILE_SUFFIX}`;
}

/** Has the browser save a text as a file. */
export function saveFile(name: string, text: string): void {
  saveBlob(name, new Blob([text], { type: 'application/json' }));
}
