/** What a stream brings, piece by piece, for `for await`. https://nodejs.org/api/stream.html#readablesymbolasynciterator */
import type { Listener } from './emitter.ts';

/** A stream as far as reading it goes. */
export interface ReadableStream {
  readonly destroyed: boolean;
  on(event: string, listener: Listener): this;
  pause(): unknown;
  resume(): unknown;
}

/** Reads on only when what came has been taken; throws the error that the stream ends with. */
export async function* chunksOf(stream: ReadableStream): AsyncGenerator<unknown, void> {
  const chunks: unknown[] = [];
  let wake: () => void = () => {};
  let done = false;
  let failure: unknown = null;
  stream.on('data', (chunk: unknown) => {
    chunks.push(chunk);
    stream.pause();
    wake();
  });
  const finish = (error?: unknown): void => {
    done = true;
    failure = error instanceof Error ? error : failure;
    wake();
  };
  stream
    .on('end', finish)
    .on('error', finish)
    .on('close', () => finish());
  for (;;) {
    const chunk = chunks.shift();
    if (chunk !== undefined) {
      yield chunk;
      if (!stream.destroyed) stream.resume();
    } else if (failure) throw failure;
    else if (done) return;
    else await new Promise<void>((resolve) => (wake = resolve));
  }
}
