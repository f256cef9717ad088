/**
 * - `connecting`: not opened yet; `open`: keys go to the shell;
 * - `lost`: the server is not reached; it is tried again by itself, and the shell waits there;
 * - `exited`: the shell ended; `outdated`: the tab must be reloaded;
 * - `refused`: the server would not open one more.
 */
export type TerminalStatus = 'connecting' | 'open' | 'lost' | 'exited' | 'outdated' | 'refused';

/** What the page shows of a terminal around its screen. */
export interface TerminalInfo {
  readonly status: TerminalStatus;
  /** Names the shell on the server, so that it can be resumed; `null` until it has opened once. */
  readonly shellId: string | null;
  /** The server's number for it; `null` until it has opened once. */
  readonly number: number | null;
  /** The program in the foreground; `null` at the prompt. */
  readonly running: string | null;
  /** `running`, or a command was just sent or waits to be. */
  readonly busy: boolean;
  /** A connection was lost and the server had forgotten the shell: this is a new one. */
  readonly fresh: boolean;
  /** The server's sentence about the last refused request, and its code. */
  readonly problem: { readonly code: string; readonly message: string } | null;
}

/** Before anything has happened. */
export const FIRST_INFO: TerminalInfo = {
  status: 'connecting',
  shellId: null,
  number: null,
  running: null,
  busy: false,
  fresh: false,
  problem: null,
};
