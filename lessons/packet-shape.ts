import * as z from 'zod/mini';
import { FLAG_NAMES, MARK_NAMES } from './packet-checks.ts';
import { count, end, id, kind, known, port, text } from './shape-parts.ts';

/** Control bits by name. */
export const flags = z.array(z.enum(FLAG_NAMES));

const packetExpected = known({
  from: end,
  flags: z.optional(flags),
  only: z.optional(z.literal(true)),
  length: z.optional(z.int().check(z.minimum(0, 'must not be negative'))),
  minLength: z.optional(count),
  sequence: z.optional(z.int()),
  acknowledgment: z.optional(z.int()),
  minAcknowledgment: z.optional(z.int()),
  mark: z.optional(z.enum(MARK_NAMES)),
  unanswered: z.optional(z.literal(true)),
});
const socketExpected = known({ at: z.enum(['client', 'server']), state: text, minWaiting: z.optional(count) });

/** Checks of packets, and of rows of the socket table. */
export const capturedChecks = [
  known({
    kind: kind('packets'),
    demo: z.optional(id),
    port: z.optional(port),
    transport: z.optional(z.enum(['tcp', 'udp'])),
    inOrder: z.array(packetExpected).check(z.minLength(1, 'must name at least one packet')),
  }),
  known({
    kind: kind('sockets'),
    demo: z.optional(id),
    port: z.optional(port),
    rows: z.array(socketExpected),
    none: z.optional(z.array(socketExpected)),
  }),
] as const;
