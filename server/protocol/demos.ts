import * as z from 'zod/mini';
import { transportSchema } from './wire.ts';

/** One address that a demo really listens on; `GET /api/demos` answers all of them, as `demos`. */
export const demoAddressSchema = z.object({
  /** Demo id, e.g. `echo`. */
  id: z.string(),
  transport: transportSchema,
  host: z.string(),
  port: z.int(),
});
export type DemoAddress = z.infer<typeof demoAddressSchema>;

/** What this machine can show: what `GET /api/machine` answers. */
export const machineSchema = z.object({
  version: z.string(),
  /** Node's `process.platform`. */
  platform: z.string(),
  /** Whether the demos also listen on ::1. */
  ipv6: z.boolean(),
  /** Whether the kernel's socket table can be read here. */
  socketTable: z.boolean(),
  /** SHA-256 of the certificate that the TLS demos show, as openssl writes it. */
  certificateFingerprint: z.string(),
  /** Clients found on the PATH, by name: telnet, nc, ncat, socat, curl, python3 … */
  tools: z.record(z.string(), z.boolean()),
  /** Receive buffer that the system granted to UDP demos, in octets, by demo id. */
  udpReceiveBuffer: z.record(z.string(), z.int()),
});
export type Machine = z.infer<typeof machineSchema>;
