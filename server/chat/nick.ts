import { MAX_NICK_CHARS } from './limits.ts';

/** Why a nick is refused by itself, whoever is in the room. */
export type NickProblem = 'nick-empty' | 'nick-too-long' | 'nick-characters' | 'nick-reserved';

/** Names that would pass for the room itself or for everybody. */
const RESERVED_KEYS: ReadonlySet<string> = new Set(['server', 'system', 'room', 'porthole', 'everyone', 'all', 'you']);

/** Letters and digits of any script, then also combining marks, `_`, `-` and `.`. */
const ALLOWED = /^[\p{L}\p{N}][\p{L}\p{N}\p{M}_.-]*$/u;

/** Letters that show nothing, such as U+3164 HANGUL FILLER. */
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/u;

/** The nick as it is shown: composed (NFC), without surrounding space. */
export function tidyNick(typed: string): string {
  return typed.trim().normalize('NFC');
}

/** What two nicks share when they differ only in case or compatibility form; unique in a room. */
export function nickKey(nick: string): string {
  // Up and down again: `ß` and `SS`, `ς` and `σ` are the same then.
  return nick.normalize('NFKC').toUpperCase().toLowerCase().normalize('NFKC');
}

/** Why `nick` can't be anybody's, or `null` when it can. */
export function nickProblem(nick: string): NickProblem | null {
  if (nick === '') return 'nick-empty';
  // UTF-16 units first: a line of kilobytes is not worth counting.
  if (nick.length > MAX_NICK_CHARS * 2 || [...nick].length > MAX_NICK_CHARS) return 'nick-too-long';
  if (!ALLOWED.test(nick) || INVISIBLE.test(nick)) return 'nick-characters';
  return RESERVED_KEYS.has(nickKey(nick)) ? 'nick-reserved' : null;
}
