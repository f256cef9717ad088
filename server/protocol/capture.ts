/** Packets that a capture took off an interface, and how that capture fares. Evidence is always `captured`. */
import * as z from 'zod/mini';

/** Ports that one viewer may ask for besides Porthole's own: those a lesson's step names, and the learner's. */
export const MAX_WATCHED_PORTS = 16;

/** One frame as the capture program handed it over. */
export const capturedFrameSchema = z.object({
  /** Position among the frames of this server's run, from 1, without gaps. */
  number: z.int(),
  /** When the kernel stamped it: seconds since 1970-01-01 UTC, and nanoseconds of that second. */
  seconds: z.int(),
  nanoseconds: z.int(),
  /** The same moment in the journal's time (microseconds): derived, for the two come from different clocks of one machine. */
  timeUs: z.number(),
  interface: z.string(),
  /** Number of the link-layer type, as in a capture file. */
  linkType: z.int(),
  /** The octets, base64. */
  bytes: z.string(),
  /** Octets that the frame had; more than `bytes` holds when it was cut. */
  originalLength: z.int(),
});
export type CapturedFrame = z.infer<typeof capturedFrameSchema>;

/**
 * Why there is no capture:
 * - `no-tool`: neither tcpdump nor dumpcap is installed;
 * - `not-permitted`: the system does not let this user capture;
 * - `failed`: the program ended for another reason, which `detail` gives in its own words.
 */
const captureRefusalSchema = z.enum(['no-tool', 'not-permitted', 'failed']);

const stateSchema = z.enum(['off', 'starting', 'on', 'refused']);

/** How the capture fares. */
export const captureStatusSchema = z.object({
  /** `off`: nobody looks; `refused`: see `refusal`. */
  state: stateSchema,
  /** Program that captures or was tried last: `tcpdump`, `dumpcap`. */
  tool: z.nullable(z.string()),
  interface: z.string(),
  /** What the kernel is asked for, in the language of pcap-filter(7): nothing else is ever seen or kept. */
  filter: z.string(),
  /** Frames since the server began, and those that the kernel dropped because they were not read in time; `null`: not said. */
  captured: z.int(),
  dropped: z.nullable(z.int()),
  refusal: z.nullable(captureRefusalSchema),
  detail: z.nullable(z.string()),
  /** Commands that would allow it on this system, one a line, to be run once by somebody who may. */
  remedy: z.array(z.string()),
  /** Interfaces captured besides `interface`: Porthole listens there, or somebody chose them. `detail`: why one is refused. */
  also: z.array(z.object({ interface: z.string(), state: stateSchema, detail: z.nullable(z.string()) })),
  /** Interfaces of this machine that may be chosen. */
  interfaces: z.array(z.string()),
});
export type CaptureStatus = z.infer<typeof captureStatusSchema>;

/** Names of the interfaces that are captured now. */
export function capturedInterfaces({ state, interface: device, also }: CaptureStatus): readonly string[] {
  const others = also.filter((each) => each.state === 'on').map((each) => each.interface);
  return state === 'on' ? [device, ...others] : others;
}
