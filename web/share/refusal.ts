/**
 * Why something was not opened; the words are in `strings.ts`.
 * - `no-recording`: there is none in it; `damaged`: a part is lost or changed; `malformed`: one, but not what it should be;
 * - `too-large`: past a bound; `too-new`: made by a newer Porthole; `unreadable`: the file could not be read;
 * - `unsupported`: this browser cannot unpack.
 */
export type RefusalCode =
  | 'no-recording'
  | 'damaged'
  | 'malformed'
  | 'too-large'
  | 'too-new'
  | 'unreadable'
  | 'unsupported';

/** A refusal; nothing of what was refused is kept. */
export interface Refusal {
  readonly ok: false;
  readonly code: RefusalCode;
  /** Where in the recording, for whoever made it by hand: `events.3.kind`. Empty where there is no such place. */
  readonly where: string;
}

/** Refuses. */
export function refuse(code: RefusalCode, where = ''): Refusal {
  return { ok: false, code, where };
}
