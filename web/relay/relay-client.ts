import * as z from 'zod/mini';
import { type Relay, type RelayFaults, type RelayRequest, relaySchema, relaysSchema } from '#protocol/relay.ts';
import { type Answer, createJsonApi, type Fetch } from '../session/json-api.ts';

/** `/api/relays`, typed. Nothing here throws: no network is a reason like any other. */
export function createRelayClient(fetch: Fetch) {
  const ask = createJsonApi(fetch);
  return {
    list: (): Promise<Answer<readonly Relay[]>> => ask('GET', '/api/relays', listSchema),
    add: (request: RelayRequest): Promise<Answer<Relay>> => ask('POST', '/api/relays', relaySchema, request),
    setFaults: (id: number, faults: RelayFaults): Promise<Answer<Relay>> =>
      ask('PUT', `/api/relays/${id}/faults`, relaySchema, faults),
    remove: (id: number): Promise<Answer<null>> => ask('DELETE', `/api/relays/${id}`, z.null()),
  };
}

/** What the page asks the server about relays. */
export type RelayClient = ReturnType<typeof createRelayClient>;

const listSchema = z.pipe(
  relaysSchema,
  z.transform(({ relays }) => relays),
);
