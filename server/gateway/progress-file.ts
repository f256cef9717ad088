import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EMPTY_PROGRESS, mergeProgress, type Progress, progressSchema } from '#protocol/progress.ts';

const FILE_NAME = 'progress.json';

/**
 * The learner's progress in the data folder, so that another browser or a moved port does not lose it. Written whole
 * and renamed into place; a file that can't be understood is kept beside it under another name.
 */
export class ProgressFile {
  readonly #folder: string;
  readonly #warn: (sentence: string) => void;
  #known: Progress | null = null;
  #last: Promise<unknown> = Promise.resolve();

  /** @param warn told in a sentence when a file had to be set aside. */
  constructor(folder: string, warn: (sentence: string) => void) {
    this.#folder = folder;
    this.#warn = warn;
  }

  /** What is stored; empty when nothing is. */
  read(): Promise<Progress> {
    return this.#queue(() => this.#load());
  }

  /** Merges `theirs` in, the newer copy of each lesson winning, and returns the whole. */
  merge(theirs: Progress): Promise<Progress> {
    return this.#queue(async () => {
      const merged = mergeProgress(await this.#load(), theirs);
      await this.#store(merged);
      return merged;
    });
  }

  /** One after the other: two tabs that save at once must not undo each other. */
  #queue<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#last.then(work, work);
    this.#last = result.catch(() => null);
    return result;
  }

  async #load(): Promise<Progress> {
    this.#known ??= await this.#parse();
    return this.#known;
  }

  async #parse(): Promise<Progress> {
    const text = await this.#text();
    if (text === null) return EMPTY_PROGRESS;
    const parsed = progressSchema.safeParse(parseJson(text));
    if (parsed.success) return parsed.data;
    await this.#setAside();
    return EMPTY_PROGRESS;
  }

  async #text(): Promise<string | null> {
    try {
      return await readFile(join(this.#folder, FILE_NAME), 'utf8');
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
      throw error;
    }
  }

  async #setAside(): Promise<void> {
    const aside = join(this.#folder, `progress.broken-${Date.now()}.json`);
    await rename(join(this.#folder, FILE_NAME), aside);
    this.#warn(`The progress file could not be understood. It was kept as ${aside}, and a new one begins.`);
  }

  async #store(progress: Progress): Promise<void> {
    const path = join(this.#folder, FILE_NAME);
    await mkdir(this.#folder, { recursive: true });
    await writeFile(`${path}.new`, JSON.stringify(progress, null, 2), { mode: 0o600 });
    await rename(`${path}.new`, path);
    this.#known = progress;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
