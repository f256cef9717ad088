import * as z from 'zod/mini';
import { type Relay, type RelayFaults, type RelayRequest, relaySchema, relaysSchema } from '#protocol/relay.ts';

/** The reason when no answer came, or one that makes no sense; every other reason is a sentence of the server's. */
export const UNREACHABLE = 'unreachable';

/** What the server answers: what was asked for, or a reason. */
export type Answer<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly reason: string };

type Fetch = (path: string, init?: RequestInit) => Promise<Response>;

/** `/api/relays`, typed. Nothing here throws: no network is a reason like any other. */
export function createRelayClient(fetch: Fetch) {
  const ask = async <T>(method: string, path: string, schema: z.ZodMiniType<T>, body?: unknown): Promise<Answer<T>> => {
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
  return {
    list: (): Promise<Answer<readonly Relay[]>> => ask('GET', '/api/relays', listSchema),
    add: (request: RelayRequest): Promise<Answer<Relay>> => ask('POST', '/api/relays', relaySchema, request),
    setFaults: (id: number, faults: RelayFaults): Promise<Answer<Relay>> =>
      ask('PUT', `/api/relays/${id}/faults`, relaySchema, faults),
    remove: (id: number): Promise<Answer<null>> => ask('DELETE', `/api/relays/${id}`, z.null()),
  };
}

export type RelayClient = ReturnType<typeof createRelayClient>;

const refusalSchema = z.object({ code: z.string(), message: z.string() });
const listSchema = z.pipe(
  relaysSchema,
  z.transform(({ relays }) => relays),
);
