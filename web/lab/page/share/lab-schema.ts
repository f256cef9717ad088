/** What a link, or the browser's storage, may say of a run: shape and bounds of everything in it. */
import * as z from 'zod/mini';
import { MAX_ACTIONS } from '../../net/limits.ts';
import type { LinkSettings } from '../../net/link-settings.ts';
import type { Action, RunSetup } from '../../net/run-setup.ts';
import { PACKET_KINDS, type WireRule } from '../../net/wire-rule.ts';
import type { TcpOptions } from '../../stack/options.ts';
import { MAX_NAME_CHARS, MAX_PROGRAM_CHARS, MAX_PROGRAMS, MAX_RULES } from './limits.ts';

/** Marks what it is, whatever its version. */
export const LAB_MARKER = 'lab';

/** Version of its shape. */
export const LAB_VERSION = 1;

const HOUR_US = 3_600_000_000;
const DAY_US = 24 * HOUR_US;
const MAX_UINT32 = 0xffff_ffff;
const GIGABIT = 1_000_000_000;

const between = (least: number, most: number) => z.int().check(z.minimum(least), z.maximum(most));
const rate = z.number().check(z.minimum(0), z.maximum(1));
const timeUs = between(0, DAY_US);
const name = z.string().check(z.minLength(1), z.maxLength(MAX_NAME_CHARS));
const packet = between(0, MAX_UINT32);
const copy = between(0, 7);

const linkSchema = z.object({
  delayUs: between(0, 10_000_000),
  jitterUs: between(0, 10_000_000),
  bandwidthBps: z.nullable(between(1_000, GIGABIT)),
  queueBytes: between(0, 16 * 1024 * 1024),
  loss: rate,
  reorder: rate,
  reorderUs: between(0, 10_000_000),
  duplicate: rate,
  corrupt: rate,
  mtu: between(68, 65_535),
}) satisfies z.ZodMiniType<LinkSettings>;

const tcpSchema = z.object({
  mss: z.nullable(between(1, 65_495)),
  windowScale: z.boolean(),
  windowShift: z.nullable(between(0, 14)),
  timestamps: z.boolean(),
  sack: z.boolean(),
  nagle: z.boolean(),
  delayedAck: z.boolean(),
  delayedAckUs: between(0, 500_000),
  congestionControl: z.enum(['reno', 'cubic', 'none']),
  icmpErrors: z.enum(['ignore', 'hard', 'all']),
  initialWindowSegments: between(1, 100),
  slowStartSegments: between(1, 100),
  fastRetransmit: z.boolean(),
  sillyWindowAvoidance: z.boolean(),
  sendBufferBytes: between(1, 16 * 1024 * 1024),
  receiveBufferBytes: between(1, 16 * 1024 * 1024),
  initialRtoUs: between(1_000, HOUR_US),
  minRtoUs: between(1_000, HOUR_US),
  maxRtoUs: between(1_000, HOUR_US),
  synRetries: between(0, 100),
  dataRetries: between(0, 100),
  mslUs: between(0, HOUR_US),
  keepAlive: z.boolean(),
  keepAliveIdleUs: between(1_000, DAY_US),
  keepAliveIntervalUs: between(1_000, DAY_US),
  keepAliveProbes: between(1, 100),
  challengeAck: z.boolean(),
  pathMtuDiscovery: z.boolean(),
}) satisfies z.ZodMiniType<TcpOptions>;

const IPV4 = /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?!$)|$)){4}$/;
const hostSchema = z.object({
  name,
  address: z.string().check(z.maxLength(15, { abort: true }), z.regex(IPV4)),
  tcp: tcpSchema,
});

const programSchema = z.object({ name, text: z.string().check(z.maxLength(MAX_PROGRAM_CHARS)) });
const programsSchema = z.array(programSchema).check(z.maxLength(MAX_PROGRAMS));
const hostId = z.enum(['a', 'b']);

const ruleSchema = z.object({
  from: hostId,
  kind: z.enum(PACKET_KINDS),
  nth: between(1, MAX_UINT32),
  count: between(1, MAX_UINT32),
  deed: z.discriminatedUnion('deed', [
    z.object({ deed: z.literal('drop') }),
    z.object({ deed: z.literal('delay'), byUs: timeUs }),
    z.object({ deed: z.literal('duplicate') }),
    z.object({ deed: z.literal('corrupt') }),
  ]),
}) satisfies z.ZodMiniType<WireRule>;

const setupSchema = z.object({
  seed: between(0, MAX_UINT32),
  hosts: z.object({ a: hostSchema, b: hostSchema }),
  wire: z.object({ a: linkSchema, b: linkSchema }),
  rules: z.array(ruleSchema).check(z.maxLength(MAX_RULES)),
  programs: z.object({ a: programsSchema, b: programsSchema }),
}) satisfies z.ZodMiniType<RunSetup>;

const actionSchema = z.object({
  afterTick: between(0, MAX_UINT32),
  at: timeUs,
  deed: z.discriminatedUnion('deed', [
    z.object({ deed: z.literal('drop'), packet, copy }),
    z.object({ deed: z.literal('delay'), packet, copy, byUs: timeUs }),
    z.object({ deed: z.literal('swap'), packet, copy, withPacket: packet, withCopy: copy }),
    z.object({ deed: z.literal('wire'), from: hostId, settings: linkSchema }),
  ]),
}) satisfies z.ZodMiniType<Action>;

/** The first thing that is looked at. */
export const labHeadSchema = z.object({ porthole: z.literal(LAB_MARKER), version: between(1, MAX_UINT32) });

/** Everything. */
export const labSchema = z.object({
  porthole: z.literal(LAB_MARKER),
  version: z.literal(LAB_VERSION),
  experiment: z.string().check(z.maxLength(MAX_NAME_CHARS, { abort: true }), z.regex(/^[\w-]+$/)),
  setup: setupSchema,
  actions: z.array(actionSchema).check(z.maxLength(MAX_ACTIONS)),
  /** How far the run had come. */
  at: timeUs,
});
