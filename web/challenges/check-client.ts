import * as z from 'zod/mini';
import {
  type ChallengeInfo,
  type CheckRequest,
  type CheckRun,
  catalogueSchema,
  checkRunSchema,
  type Listener,
  listenersSchema,
} from '#protocol/check.ts';
import { type Answer, createJsonApi, type Fetch } from '../session/json-api.ts';

/** `/api/check`, typed. Nothing here throws: no network is a reason like any other. */
export function createCheckClient(fetch: Fetch) {
  const ask = createJsonApi(fetch);
  return {
    catalogue: (): Promise<Answer<readonly ChallengeInfo[]>> => ask('GET', '/api/check', challenges),
    listeners: (): Promise<Answer<readonly Listener[] | null>> => ask('GET', '/api/check/listeners', listeners),
    start: (request: CheckRequest): Promise<Answer<CheckRun>> =>
      ask('POST', '/api/check/runs', checkRunSchema, request),
    run: (id: number): Promise<Answer<CheckRun>> => ask('GET', `/api/check/runs/${id}`, checkRunSchema),
    remove: (id: number): Promise<Answer<null>> => ask('DELETE', `/api/check/runs/${id}`, z.null()),
  };
}

/** What the page asks the server about checks. */
export type CheckClient = ReturnType<typeof createCheckClient>;

const challenges = z.pipe(
  catalogueSchema,
  z.transform((body) => body.challenges),
);
const listeners = z.pipe(
  listenersSchema,
  z.transform((body) => body.listeners),
);
