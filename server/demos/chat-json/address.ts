import { nameKey } from '../../chat/name.ts';

/** An address as it is written in this protocol, taken apart. */
export type ChatAddress =
  | { readonly type: 'user'; readonly name: string; readonly resource: string | null }
  | { readonly type: 'room'; readonly name: string; readonly nick: string | null };

/** `bob`, `bob/phone`, `#lobby`, `#lobby/ann`; `null` when it is none of them. */
export function parseAddress(text: string): ChatAddress | null {
  const isRoom = text.startsWith('#');
  const slash = text.indexOf('/');
  const name = nameKey(slash === -1 ? text.slice(isRoom ? 1 : 0) : text.slice(isRoom ? 1 : 0, slash));
  const rest = slash === -1 ? null : text.slice(slash + 1);
  if (name === null || rest === '') return null;
  return isRoom ? { type: 'room', name, nick: rest } : { type: 'user', name, resource: rest };
}

/** Writes an address. */
export function formatAddress(address: ChatAddress): string {
  const rest = address.type === 'room' ? address.nick : address.resource;
  const name = address.type === 'room' ? `#${address.name}` : address.name;
  return rest === null ? name : `${name}/${rest}`;
}
