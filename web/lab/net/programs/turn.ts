/**
 * What goes back and forth between a program and its host. A turn hands a program one event; the program runs until it
 * has nothing more to do, and answers with calls. Sockets and timers are numbered by the program.
 */

/** What a program is told. */
export type ProgramEvent =
  | { readonly event: 'start' }
  | { readonly event: 'listening'; readonly socket: number; readonly port: number }
  | {
      readonly event: 'connection';
      readonly server: number;
      /** Chosen by the host: below 0. */
      readonly socket: number;
      readonly address: string;
      readonly port: number;
    }
  | { readonly event: 'connect'; readonly socket: number; readonly localPort: number }
  | { readonly event: 'data'; readonly socket: number; readonly bytes: Uint8Array }
  /** The peer will send no more. */
  | { readonly event: 'end'; readonly socket: number }
  /** Everything written has gone into the send buffer. */
  | { readonly event: 'drain'; readonly socket: number }
  | { readonly event: 'close'; readonly socket: number }
  | { readonly event: 'error'; readonly socket: number; readonly code: string; readonly syscall: string }
  | {
      readonly event: 'message';
      readonly socket: number;
      readonly bytes: Uint8Array;
      readonly address: string;
      readonly port: number;
    }
  | { readonly event: 'timer'; readonly timer: number };

/** What a program asks for. */
export type ProgramCall =
  | { readonly call: 'listen'; readonly socket: number; readonly port: number; readonly backlog: number }
  /** `host`: an address, a host's name, or `null` for the other host. */
  | { readonly call: 'connect'; readonly socket: number; readonly port: number; readonly host: string | null }
  | { readonly call: 'write'; readonly socket: number; readonly bytes: Uint8Array }
  | { readonly call: 'end'; readonly socket: number }
  | { readonly call: 'close'; readonly socket: number }
  | { readonly call: 'reset'; readonly socket: number }
  | { readonly call: 'pause'; readonly socket: number }
  | { readonly call: 'resume'; readonly socket: number }
  | { readonly call: 'no-delay'; readonly socket: number; readonly on: boolean }
  | { readonly call: 'keep-alive'; readonly socket: number; readonly on: boolean; readonly idleMs: number }
  | { readonly call: 'bind'; readonly socket: number; readonly port: number }
  | {
      readonly call: 'send';
      readonly socket: number;
      readonly bytes: Uint8Array;
      readonly port: number;
      readonly host: string | null;
    }
  | { readonly call: 'set-timer'; readonly timer: number; readonly afterMs: number }
  | { readonly call: 'clear-timer'; readonly timer: number }
  | { readonly call: 'print'; readonly text: string }
  /** The program threw, or asked for more than it may have; `line` from 1 in its own text, where it is known. */
  | { readonly call: 'fail'; readonly text: string; readonly line: number | null };

/** One turn, addressed. */
export interface Turn {
  readonly host: 'a' | 'b';
  readonly program: number;
  /** Microseconds since the run began. */
  readonly now: number;
  readonly event: ProgramEvent;
}
