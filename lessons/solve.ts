/** What a solve does: the actions that prove a step can be done, told without naming a client. */

import type { LabDrop } from './lab-scene.ts';

/** One action. `as` names who does it: one terminal, or one socket of an external client. */
export type Action =
  /** Connects to a port, given as a template such as `{echo}`. `host`: default 127.0.0.1. */
  | { readonly do: 'connect'; readonly as: string; readonly to: string; readonly host?: string }
  /** Types a text and Enter. */
  | { readonly do: 'say'; readonly as: string; readonly text: string }
  /** Waits until the text has been received. */
  | { readonly do: 'hear'; readonly as: string; readonly text: string }
  /** Closes the connection in the ordinary way (FIN). */
  | { readonly do: 'hang-up'; readonly as: string }
  /**
   * Opens a socket to a port, given as a template such as `{echo}` or `{echo/udp}`, hands it each piece in a write of its own
   * (UDP: a datagram), and for TCP a FIN after the last. A piece is text, or octets. `pauseMs`: time before each but the first.
   */
  | {
      readonly do: 'send';
      readonly as: string;
      readonly to: string;
      readonly pieces: readonly Piece[];
      readonly pauseMs: number;
    }
  /**
   * Shakes hands by TLS with a port, asking for `localhost` by name; sends a line inside, waits until it has come back, and ends.
   * `version`: the only one offered.
   */
  | {
      readonly do: 'secure';
      readonly as: string;
      readonly to: string;
      readonly text: string;
      readonly version?: '1.2' | '1.3';
    }
  /** Runs a command in a terminal of the page and waits for its output: for what only our own client can see. */
  | { readonly do: 'run'; readonly as: string; readonly command: string; readonly until: string }
  /** Runs a command in a shell of the learner's own, waits for its output, and leaves it running. */
  | { readonly do: 'program'; readonly as: string; readonly command: string; readonly until: string }
  /** Plays the step's scene of the lab to its end, and takes these packets off the wire by hand, as soon as they are on it. */
  | { readonly do: 'play'; readonly grab: readonly LabDrop[] };

/** Text, or octets as numbers. */
export type Piece = string | readonly number[];

/** Every action, for messages that say what is allowed. */
export const ACTIONS = [
  'connect',
  'say',
  'hear',
  'hang-up',
  'send',
  'secure',
  'run',
  'program',
  'play',
] as const satisfies readonly Action['do'][];

/** See {@link Action}. */
export const connect = (as: string, to: string, host?: string): Action => ({
  do: 'connect',
  as,
  to,
  ...(host !== undefined && { host }),
});

/** See {@link Action}. */
export const say = (as: string, text: string): Action => ({ do: 'say', as, text });
/** See {@link Action}. */
export const hear = (as: string, text: string): Action => ({ do: 'hear', as, text });
/** See {@link Action}. */
export const hangUp = (as: string): Action => ({ do: 'hang-up', as });
/** See {@link Action}. */
export const send = (as: string, to: string, pieces: readonly Piece[], pauseMs = 0): Action => ({
  do: 'send',
  as,
  to,
  pieces,
  pauseMs,
});

/** See {@link Action}. */
export const secure = (as: string, to: string, text: string, version?: '1.2' | '1.3'): Action => ({
  do: 'secure',
  as,
  to,
  text,
  ...(version !== undefined && { version }),
});

/** See {@link Action}. */
export const run = (as: string, command: string, until: string): Action => ({ do: 'run', as, command, until });
/** See {@link Action}. */
export const program = (as: string, command: string, until: string): Action => ({ do: 'program', as, command, until });
/** See {@link Action}. */
export const play = (...grab: readonly LabDrop[]): Action => ({ do: 'play', grab });
