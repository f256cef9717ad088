/** Helpers for tests of progress: storage and a server without a browser and without a network. */
import { EMPTY_PROGRESS, mergeProgress, type Progress, progressSchema } from '#protocol/progress.ts';

/** A browser's storage. */
export function fakeStorage(stored: Readonly<Record<string, string>> = {}): Pick<Storage, 'getItem' | 'setItem'> {
  const entries = new Map(Object.entries(stored));
  return {
    getItem: (key) => entries.get(key) ?? null,
    setItem: (key, value) => void entries.set(key, value),
  };
}

/** A server that keeps progress as the real one does. */
export interface FakeServer {
  readonly fetch: (address: string, init?: RequestInit) => Promise<Response>;
  readonly progress: Progress;
  readonly requests: number;
  has(progress: Progress): void;
  down(): void;
  up(): void;
  /** Answers with this text, whatever is asked. */
  answers(text: string): void;
}

/** One that is up and has nothing. */
export function fakeServer(): FakeServer {
  let progress = EMPTY_PROGRESS;
  let isUp = true;
  let fixed: string | null = null;
  let requests = 0;
  return {
    async fetch(_address, init) {
      requests += 1;
      if (!isUp) throw new TypeError('fetch failed');
      if (fixed !== null) return new Response(fixed);
      progress = mergeProgress(progress, progressSchema.parse(JSON.parse(String(init?.body))));
      return Response.json(progress);
    },
    get progress() {
      return progress;
    },
    get requests() {
      return requests;
    },
    has: (known) => {
      progress = known;
    },
    down: () => {
      isUp = false;
    },
    up: () => {
      isUp = true;
    },
    answers: (text) => {
      fixed = text;
    },
  };
}

/** Lets promises that are already settled take their turn. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
}
