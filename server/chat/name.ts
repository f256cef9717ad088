import { MAX_NAME_CHARS } from './limits.ts';
import { nickKey } from './nick.ts';

/** What can stand before the @ of an address in every protocol (RFC 7622 §3.3.1 forbids `"&'/:<>@` and spaces). */
const ALLOWED = /^[\p{L}\p{N}][\p{L}\p{N}\p{M}_.~+=-]*$/u;
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/u;

/**
 * The key of an account's or room's name, by which the core knows it: composed and in lower case; `null` when nothing
 * can be called that.
 */
export function nameKey(name: string): string | null {
  if (name.length > MAX_NAME_CHARS * 2) return null;
  const key = nickKey(name.trim());
  if ([...key].length > MAX_NAME_CHARS) return null;
  return ALLOWED.test(key) && !INVISIBLE.test(key) ? key : null;
}
