import type { FastifyInstance, FastifyReply } from 'fastify';
import {
  type ChallengeInfo,
  type CheckRequest,
  type CheckRun,
  checkRequestSchema,
  type Listener,
} from '#protocol/check.ts';
import { answerOrRefuse } from './refusals.ts';

/** The checks, as the gateway sees them. What they reject with carries a `code` and a message for people. */
export interface CheckDesk {
  catalogue(): ChallengeInfo[];
  start(request: CheckRequest): Promise<CheckRun>;
  /** `null`: it is not remembered. */
  find(id: number): CheckRun | null;
  remove(id: number): Promise<boolean>;
  /** Ports on which something else than Porthole listens; `null` where that can't be known. */
  listeners(): Promise<Listener[] | null>;
}

/** Statuses of the refusals that are not the request's fault in form. */
const STATUSES: Readonly<Record<string, number>> = {
  'no-such-challenge': 404,
  'no-port': 400,
  'unknown-target': 422,
  'not-allowed': 403,
  'own-port': 403,
  'port-taken': 409,
  'too-many-checks': 409,
};

/** `GET /api/check`, `GET /api/check/listeners`; `POST /api/check/runs`, `GET`, `DELETE /api/check/runs/:id`. */
export function addCheckApi(app: FastifyInstance, checks: CheckDesk): void {
  app.get('/api/check', () => ({ challenges: checks.catalogue() }));
  app.get('/api/check/listeners', async () => ({ listeners: await checks.listeners() }));
  app.post('/api/check/runs', async (request, reply) => {
    const parsed = checkRequestSchema.safeParse(request.body);
    if (!parsed.success)
      return reply
        .code(400)
        .send({ code: 'malformed-check', message: 'A check needs a challenge, a host and a port.' });
    return answerOrRefuse(reply, STATUSES, () => checks.start(parsed.data));
  });
  app.get<{ Params: { id: string } }>('/api/check/runs/:id', async (request, reply) => {
    return checks.find(Number(request.params.id)) ?? gone(reply);
  });
  app.delete<{ Params: { id: string } }>('/api/check/runs/:id', async (request, reply) => {
    return (await checks.remove(Number(request.params.id))) ? reply.code(204).send() : gone(reply);
  });
}

function gone(reply: FastifyReply): FastifyReply {
  return reply
    .code(404)
    .send({ code: 'no-such-check', message: 'This check is not remembered any more. Run it again.' });
}
