/** Messages of `/ws/terminal`, JSON, one a WebSocket message. One WebSocket carries one terminal. */
import * as z from 'zod/mini';
import { MAX_TERMINAL_INPUT_CHARS } from './limits.ts';

const columns = z.int().check(z.minimum(2), z.maximum(1_000));
const rows = z.int().check(z.minimum(1), z.maximum(1_000));
const text = z.string().check(z.maxLength(MAX_TERMINAL_INPUT_CHARS));

/** Browser → server. */
export const terminalRequestSchema = z.discriminatedUnion('type', [
  /** First message. `session` resumes a terminal whose WebSocket was lost. */
  z.object({
    type: z.literal('open'),
    version: z.int(),
    columns,
    rows,
    session: z.optional(z.string().check(z.maxLength(64))),
    /** Output the browser already has, in UTF-16 units since the session began; with `session` only. */
    received: z.optional(z.int().check(z.minimum(0))),
  }),
  /** Keys, as xterm sends them. */
  z.object({ type: z.literal('input'), data: text }),
  /** Types `command` and Enter, as `Run ▸` does. While a program runs it is refused with a notice. */
  z.object({ type: z.literal('run'), command: text }),
  z.object({ type: z.literal('resize'), columns, rows }),
  /** The learner closed the terminal: its programs end now, not after the grace that a lost WebSocket is given. */
  z.object({ type: z.literal('close') }),
  /** Asks for a sign of life, after a while in which nothing came. */
  z.object({ type: z.literal('ping') }),
]);
export type TerminalRequest = z.infer<typeof terminalRequestSchema>;

/** Server → browser. */
export const terminalMessageSchema = z.discriminatedUnion('type', [
  /** Answer to `open`. `number` is the terminal's name for people; `resumed` false means a fresh shell. */
  z.object({ type: z.literal('opened'), session: z.string(), number: z.int(), resumed: z.boolean() }),
  z.object({ type: z.literal('reload'), version: z.int() }),
  /** Text for xterm, already safe to write: network octets have been made visible. */
  z.object({ type: z.literal('output'), data: z.string() }),
  /** Name of the program that runs in the foreground, or `null` at the prompt. */
  z.object({ type: z.literal('running'), command: z.nullable(z.string()) }),
  /** The shell ended (`exit`, Ctrl-D at the prompt). */
  z.object({ type: z.literal('exited'), code: z.int() }),
  /** Answer to `ping`. */
  z.object({ type: z.literal('pong') }),
  z.object({ type: z.literal('error'), code: z.string(), message: z.string() }),
]);
export type TerminalMessage = z.infer<typeof terminalMessageSchema>;
