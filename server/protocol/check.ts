/** Challenges: what the checker says of a server, or a client, that the learner wrote. What `/api/check` speaks. */
import * as z from 'zod/mini';
import { endpointSchema, transportSchema } from './wire.ts';

/** One text in every language of the page. */
const wordsSchema = z.object({ en: z.string(), 'zh-CN': z.string() });
export type Words = z.infer<typeof wordsSchema>;

/** One thing that a challenge asks for. */
const stageSchema = z.object({
  /** Unique in its challenge, and in people's progress files: never change it. */
  id: z.string(),
  points: z.int(),
  title: wordsSchema,
});
export type StageInfo = z.infer<typeof stageSchema>;

/** What a learner is asked to write. */
const challengeSchema = z.object({
  /** In people's progress files, as `challenge-<id>`: never change it. */
  id: z.string(),
  transport: transportSchema,
  /** Which end the learner writes. Of a `client`, Porthole is the server. */
  writes: z.enum(['server', 'client']),
  title: wordsSchema,
  /** What octets come in and what octets go out, exactly. Paragraphs are parted by an empty line. */
  protocol: wordsSchema,
  stages: z.array(stageSchema),
});
export type ChallengeInfo = z.infer<typeof challengeSchema>;

/** Body of `GET /api/check`. */
export const catalogueSchema = z.object({ challenges: z.array(challengeSchema) });

/** What happened on one of the checker's sockets. */
const transcriptEntrySchema = z.object({
  /** Since the stage began, in milliseconds. */
  atMs: z.number(),
  /** The checker's sockets, numbered from 1 in the order they were opened in the stage. */
  peer: z.int(),
  /** `sent` and `received` as the checker sees it; `fin` is the end of one direction, `note` a time waited. */
  kind: z.enum(['connected', 'sent', 'received', 'fin-sent', 'fin-received', 'reset-sent', 'reset-received', 'waited']),
  /** Octets sent or received in this one write, read or datagram; for `waited`, milliseconds; else 0. */
  length: z.int(),
  /** The first of the octets, base64. */
  bytes: z.string(),
});
export type TranscriptEntry = z.infer<typeof transcriptEntrySchema>;

/** Why a stage failed: a stable code and, in every language, what happened and what to try. */
const failureSchema = z.object({ code: z.string(), sentence: wordsSchema });
export type Failure = z.infer<typeof failureSchema>;

/**
 * - `waiting`: not begun; `running`; `passed`; `failed`;
 * - `left-out`: an earlier stage failed, or the check was stopped.
 */
const stageStateSchema = z.enum(['waiting', 'running', 'passed', 'failed', 'left-out']);
export type StageState = z.infer<typeof stageStateSchema>;

/** How one stage fares. */
const stageReportSchema = z.object({
  id: z.string(),
  points: z.int(),
  title: wordsSchema,
  state: stageStateSchema,
  /** How long it took, in milliseconds; `null` while it has not ended. */
  ms: z.nullable(z.number()),
  failure: z.nullable(failureSchema),
  transcript: z.array(transcriptEntrySchema),
  /** Entries that the transcript had no room for. */
  omitted: z.int(),
  /** Does in a shell what the stage does, as far as a shell can; empty where the learner writes the client. */
  command: z.string(),
});
export type StageReport = z.infer<typeof stageReportSchema>;

/** One run of a challenge's stages, in order, up to the first that fails. */
export const checkRunSchema = z.object({
  id: z.int(),
  challenge: z.string(),
  /** The learner's server; where the learner writes the client, the port that Porthole listens on. */
  target: endpointSchema,
  /** `stopped`: by somebody, before it ended. */
  state: z.enum(['running', 'passed', 'failed', 'stopped']),
  /** Octets and the places where they are cut are drawn from it: the same seed gives the same check. */
  seed: z.int(),
  stages: z.array(stageReportSchema),
});
export type CheckRun = z.infer<typeof checkRunSchema>;

/** Body of `POST /api/check/runs`. */
export const checkRequestSchema = z.object({
  challenge: z.string().check(z.maxLength(64)),
  /** Where the learner's server listens: a name or an IP address. Not used where the learner writes the client. */
  host: z.string().check(z.minLength(1), z.maxLength(253)),
  /** Port of the learner's server; where the learner writes the client, the port to listen on, 0 for any. */
  port: z.int().check(z.minimum(0), z.maximum(65_535)),
  seed: z.optional(z.int().check(z.minimum(0), z.maximum(0xffff_ffff))),
});
export type CheckRequest = z.infer<typeof checkRequestSchema>;

/** A port of this machine on which something that is not Porthole listens. */
const listenerSchema = z.object({ transport: transportSchema, address: z.string(), port: z.int() });
export type Listener = z.infer<typeof listenerSchema>;

/** Body of `GET /api/check/listeners`; `null` where this system's socket table can't be read. */
export const listenersSchema = z.object({ listeners: z.nullable(z.array(listenerSchema)) });

/** The key of a challenge in the progress file. */
export function progressKey(challenge: string): string {
  return `challenge-${challenge}`;
}
