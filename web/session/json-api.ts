import * as z from 'zod/mini';

/** The reason when no answer came, or one that makes no sense; every other reason is a sentence of the server's. */
export const UNREACHABLE = 'unreachable';

/** What the server answers: what was asked for, or a reason. */
export type Answer<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly reason: string };

/** `window.fetch`, as far as it is needed. */
export type Fetch = (path: string, init?: RequestInit) => Promise<Response>;

/** Asks the server's HTTP API; an empty answer is `null`. Nothing here throws: no network is a reason like any other. */
export function createJsonApi(fetch: Fetch) {
  return async <T>(method: string, path: string, schema: z.ZodMiniType<T>, body?: unknown): Promise<Answer<T>> => {
    try {
      const response = await fetch(path, {
        method,
        ...(body !== undefined && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
      });
      const text = await response.text();
      const answer: unknown = text === '' ? null : JSON.parse(text);
      if (!response.ok) return { ok: false, reason: refusalSchema.parse(answer).message };
      return { ok: true, value: schema.parse(answer) };
    } catch {
      return { ok: false, reason: UNREACHABLE };
    }
  };
}

const refusalSchema = z.object({ code: z.string(), message: z.string() });
