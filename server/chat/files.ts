import { MAX_ALL_FILES_BYTES, MAX_FILE_BYTES, MAX_FILE_NAME_CHARS, MAX_FILES, UPLOAD_WITHIN_MS } from './limits.ts';

/** What may be uploaded, by media type; the rest of a type, such as `;codecs=opus`, does not count. */
export const FILE_TYPES: ReadonlySet<string> = new Set([
  'image/png',
  'image/jpeg',
  'image/gif',
  'image/webp',
  'audio/webm',
  'audio/ogg',
  'audio/mp4',
  'audio/mpeg',
  'audio/wav',
  'video/webm',
  'video/mp4',
  'text/plain',
  'application/pdf',
  'application/zip',
  'application/octet-stream',
]);

/** What somebody wants to upload. */
export interface FileFacts {
  readonly name: string;
  /** Media type. */
  readonly type: string;
  readonly sizeBytes: number;
}

/** A file, or the place for one. */
export interface StoredFile extends FileFacts {
  /** Nobody guesses it: who knows it may fetch the file. */
  readonly id: string;
  /** Path and name below the page's address. */
  readonly path: string;
  /** `null` until it is uploaded. */
  readonly bytes: Buffer | null;
}

/** Why there is no place for a file. */
export type FileRefusal = 'bad-file-name' | 'file-type' | 'file-size';

/** What became of an upload. */
export type UploadOutcome = 'stored' | 'no-such-file' | 'already-there' | 'file-size';

/**
 * Files that messages refer to, in memory. A place is reserved first, with name, type and size; then the octets are
 * put there once, by whoever speaks HTTP.
 */
export class Files {
  /** Longest file, in octets. */
  readonly maxFileBytes = MAX_FILE_BYTES;
  readonly #nowMs: () => number;
  readonly #random: (bytes: number) => Buffer;
  readonly #files = new Map<string, StoredFile & { readonly untilMs: number }>();
  #bytes = 0;

  constructor(nowMs: () => number, random: (bytes: number) => Buffer) {
    this.#nowMs = nowMs;
    this.#random = random;
  }

  /** Reserves a place, for UPLOAD_WITHIN_MS. */
  reserve(facts: FileFacts): StoredFile | { readonly refused: FileRefusal } {
    const refused = refusalOf(facts);
    if (refused) return { refused };
    if (this.#files.size >= MAX_FILES) this.#forgetOldest();
    const id = this.#random(16).toString('base64url');
    const path = `/api/files/${id}/${encodeURIComponent(facts.name)}`;
    const file = { ...facts, id, path, bytes: null, untilMs: this.#nowMs() + UPLOAD_WITHIN_MS };
    this.#files.set(id, file);
    return file;
  }

  /** Puts the octets where a place is reserved; exactly as many as were announced, and once. */
  put(id: string, bytes: Buffer): UploadOutcome {
    const file = this.#files.get(id);
    if (!file || (file.bytes === null && this.#nowMs() > file.untilMs)) return 'no-such-file';
    if (file.bytes !== null) return 'already-there';
    if (bytes.length !== file.sizeBytes) return 'file-size';
    while (this.#bytes + bytes.length > MAX_ALL_FILES_BYTES) this.#forgetOldest(id);
    this.#files.set(id, { ...file, bytes });
    this.#bytes += bytes.length;
    return 'stored';
  }

  /** A file that has been uploaded, or `null`. */
  get(id: string): (StoredFile & { readonly bytes: Buffer }) | null {
    const file = this.#files.get(id);
    return file?.bytes ? { ...file, bytes: file.bytes } : null;
  }

  /** A Map keeps the order of reserving. */
  #forgetOldest(except?: string): void {
    for (const [id, { bytes }] of this.#files) {
      if (id === except) continue;
      this.#files.delete(id);
      this.#bytes -= bytes?.length ?? 0;
      return;
    }
  }
}

function refusalOf({ name, type, sizeBytes }: FileFacts): FileRefusal | null {
  if (name.trim() === '' || name.length > MAX_FILE_NAME_CHARS || /[\p{Cc}\p{Cs}/\\]/u.test(name))
    return 'bad-file-name';
  if (!FILE_TYPES.has(type.split(';', 1)[0]?.trim().toLowerCase() ?? '')) return 'file-type';
  return sizeBytes >= 1 && sizeBytes <= MAX_FILE_BYTES && Number.isInteger(sizeBytes) ? null : 'file-size';
}
