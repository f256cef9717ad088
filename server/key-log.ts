/**
 * The TLS key log: the secrets of each connection, in NSS form, for programs that decrypt a capture. Off unless asked for.
 * https://www.ietf.org/archive/id/draft-ietf-tls-keylogfile-02.html
 */
import { chmod, type FileHandle, open } from 'node:fs/promises';

/** Longest key log, in octets: about a hundred thousand connections. */
const MAX_KEY_LOG_BYTES = 64 * 1024 * 1024;

/** A key log that is written. */
export interface KeyLog {
  /** Adds one line. */
  write(line: Uint8Array): void;
  /** Resolves when all lines are on disk. */
  close(): Promise<void>;
}

/** The key log can't be written. */
class KeyLogError extends Error {
  readonly code = 'key-log';
}

/**
 * Opens it for appending, readable by this user only. Rejects with a KeyLogError.
 * @param warn told that it is written, and once, when it is full or can't be written any more
 */
export async function openKeyLog(path: string, warn: (sentence: string) => void): Promise<KeyLog> {
  const file = await openFile(path);
  warn(`The secrets of TLS connections are written to ${path}. Whoever reads it can decrypt a capture of them.`);
  let bytes = (await file.stat()).size;
  let failed = false;
  let last: Promise<unknown> = Promise.resolve();
  const fail = (why: string): void => {
    if (!failed) warn(`The key log ${path} ${why}; the secrets of later connections are not in it.`);
    failed = true;
  };
  return {
    write(line) {
      bytes += line.length;
      if (bytes > MAX_KEY_LOG_BYTES) fail('is full');
      if (!failed)
        last = last.then(() => file.appendFile(line)).catch((error: Error) => fail(`failed: ${error.message}`));
    },
    async close() {
      await last;
      await file.close();
    },
  };
}

async function openFile(path: string): Promise<FileHandle> {
  try {
    const file = await open(path, 'a', 0o600);
    await refuseFolder(file);
    // It may have been there, and readable by others.
    await chmod(path, 0o600);
    return file;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new KeyLogError(`The key log can't be written: ${reason}. Name another file with --keylog FILE.`, {
      cause: error,
    });
  }
}

/** Windows may open a folder as if it were a file. */
async function refuseFolder(file: FileHandle): Promise<void> {
  const stats = await file.stat();
  if (!stats.isDirectory()) return;
  await file.close();
  throw new Error('it is a folder');
}
