import type { FastifyInstance, FastifyReply } from 'fastify';
import {
  type Relay,
  type RelayFaults,
  type RelayRequest,
  relayFaultsSchema,
  relayRequestSchema,
} from '#protocol/relay.ts';
import { answerOrRefuse } from './refusals.ts';

/** The relays, as the gateway sees them. What they reject with carries a `code` and a message for people. */
export interface RelayDesk {
  list(): Relay[];
  add(request: RelayRequest): Promise<Relay>;
  /** `null`: there is no such relay. */
  setFaults(id: number, faults: RelayFaults): Relay | null;
  remove(id: number): Promise<boolean>;
}

/** Statuses of the refusals that are not the request's fault in form. */
const STATUSES: Readonly<Record<string, number>> = {
  'not-allowed': 403,
  'leads-to-page': 403,
  'leads-to-relay': 403,
  'port-taken': 409,
  'too-many-relays': 409,
  'unknown-target': 422,
  'wrong-transport': 422,
};

/** `GET`, `POST /api/relays`; `PUT /api/relays/:id/faults`; `DELETE /api/relays/:id`. */
export function addRelayApi(app: FastifyInstance, relays: RelayDesk): void {
  app.get('/api/relays', () => ({ relays: relays.list() }));
  app.post('/api/relays', async (request, reply) => {
    const parsed = relayRequestSchema.safeParse(request.body);
    if (!parsed.success) return malformed(reply, 'A relay needs a transport, a port, and a target with host and port.');
    return answerOrRefuse(reply, STATUSES, () => relays.add(parsed.data));
  });
  app.put<{ Params: { id: string } }>('/api/relays/:id/faults', async (request, reply) => {
    const parsed = relayFaultsSchema.safeParse(request.body);
    if (!parsed.success)
      return malformed(reply, 'These are no faults of a relay, or one of them is out of its bounds.');
    return answerOrRefuse(
      reply,
      STATUSES,
      async () => relays.setFaults(Number(request.params.id), parsed.data) ?? gone(reply),
    );
  });
  app.delete<{ Params: { id: string } }>('/api/relays/:id', async (request, reply) => {
    return (await relays.remove(Number(request.params.id))) ? reply.code(204).send() : gone(reply);
  });
}

function malformed(reply: FastifyReply, message: string): FastifyReply {
  return reply.code(400).send({ code: 'malformed-relay', message });
}

function gone(reply: FastifyReply): FastifyReply {
  return reply.code(404).send({ code: 'no-such-relay', message: 'There is no such relay any more.' });
}
